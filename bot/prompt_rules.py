"""What an author got wrong in the prompts of one locale, found before anybody reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from html import unescape

from jinja2 import Environment, TemplateSyntaxError, nodes

from bot.catalogue import Catalogue
from bot.channels.telegram_text import LONGEST, units
from flows.commands import SHOWN

FILTERS = {"small", "big", "stopped", "lines", "bullets", "join"}
TAGS = {"b", "i", "u", "s", "code", "pre", "a", "tg-spoiler", "blockquote"}
"""What Telegram knows of HTML (telegram.md)."""

MENU_AT_MOST = {f"menu.{name}": 256 for name in SHOWN} | {
    "menu.description": 512,
    "menu.short_description": 120,
}
"""UTF-16 units that Telegram takes for each text of the menu."""

ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)
DECISIONS = (nodes.If, nodes.CondExpr)
PROGRAMS = (nodes.For, nodes.Macro, nodes.Call, nodes.Assign, nodes.Include, nodes.Import, nodes.Extends)

Rule = Callable[[str], Iterator[str]]

_parser = Environment(autoescape=True)


def template_mistakes(catalogue: Catalogue) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong with one template by itself."""
    for name, source in _written(catalogue).items():
        for rule in RULES:
            yield from (f"{name}: {mistake}" for mistake in rule(source))
    for name, most in MENU_AT_MOST.items():
        text = catalogue.templates.get(name)
        if text is None:
            yield f"{name}: is missing; write it"
        elif units(unescape(text)) > most or "<" in text:
            yield f"{name}: has over {most} letters, or tags; shorten it to plain words"


def does_not_compile(source: str) -> Iterator[str]:
    """Templates that are none."""
    try:
        _parser.parse(source)
    except TemplateSyntaxError as slip:
        yield f"cannot be read: {slip.message}; mend it"


def decides_too_much(source: str) -> Iterator[str]:
    """Templates that hold more of a program than one `if`."""
    tree = _tree(source)
    if len([*tree.find_all(DECISIONS)]) > 1:
        yield "has more than one `if`; make two prompts of it"
    if any(tree.find_all(ARITHMETIC)):
        yield "calculates; let the code give the result as a fact"
    if any(tree.find_all(PROGRAMS)):
        yield "is a program; prompts only put facts into words"
    for unknown in sorted({each.name for each in tree.find_all(nodes.Filter)} - FILTERS):
        yield f"uses the filter {unknown}; there are only {', '.join(sorted(FILTERS))}"


def is_no_html(source: str) -> Iterator[str]:
    """Templates that Telegram would refuse: unknown tags, tags left open, a bare `<`."""
    open_tags: list[str] = []
    for closing, tag in re.findall(r"<(/?)([^\s>]*)[^>]*>?", re.sub(r"{[{%].*?[%}]}", "", source)):
        if tag not in TAGS:
            yield f"has <{closing}{tag}>, which Telegram does not know; use one of {', '.join(sorted(TAGS))}"
        elif not closing:
            open_tags.append(tag)
        elif not open_tags or open_tags.pop() != tag:
            yield f"has </{tag}> in the wrong place; close the tags in the order they were opened"
    for tag in open_tags:
        yield f"leaves <{tag}> open; close it"


def is_too_long(source: str) -> Iterator[str]:
    """Templates that could never be one message."""
    if units(source) > LONGEST:
        yield f"has over {LONGEST} letters, more than one message holds; part it"


RULES: tuple[Rule, ...] = (does_not_compile, decides_too_much, is_no_html, is_too_long)


def facts_in(source: str) -> set[str]:
    """Return the names of the facts that a template wants."""
    return {each.name for each in _tree(source).find_all(nodes.Name)}


def _tree(source: str) -> nodes.Template:
    """Return what a template consists of; nothing for one that cannot be read."""
    try:
        return _parser.parse(source)
    except TemplateSyntaxError:
        return _parser.parse("")


def differences(catalogue: Catalogue, model: Catalogue, local: Collection[str] = ()) -> Iterator[str]:
    """Yield what a locale has not in common with the model: prompts, labels (but `local` ones), facts."""
    yield from _missing_or_extra("prompt", set(_written(catalogue)), set(_written(model)), model.locale)
    for prompt in sorted({*catalogue.labels, *model.labels}.difference(local)):
        here, there = catalogue.labels.get(prompt, {}), model.labels.get(prompt, {})
        yield from _missing_or_extra(f"label of {prompt}", set(here), set(there), model.locale)
    for name, source in _written(catalogue).items():
        known = facts_in(model.templates.get(name, source))
        for fact in sorted(facts_in(source) - known):
            yield f"{name}: wants the fact {fact}, which {model.locale} does not have; mend the name"


def _written(catalogue: Catalogue) -> dict[str, str]:
    """Return each template once: the text `ask` of a prompt goes by the prompt's own name too."""
    return {name: text for name, text in catalogue.templates.items() if not name.endswith(".ask")}


def _missing_or_extra(what: str, here: set[str], there: set[str], model: str) -> Iterator[str]:
    for name in sorted(there - here):
        yield f"the {what} {name} is missing; translate it from {model}"
    for name in sorted(here - there):
        yield f"the {what} {name} is not in {model}; remove it, or write it there too"
