"""`tare check`: what an author can get wrong in flows, prompts and tables, found before it is shipped."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from bot.catalogue import Catalogue, load_catalogues
from bot.helplines import HelplinesError, check_helplines, load_helplines
from bot.prompt_rules import differences, template_mistakes
from bot.rulebook import rulebook
from flows.assessment.rule import RuleError
from flows.engine.checking import check
from flows.engine.flow import Flow, FlowError
from flows.engine.questions import Place
from flows.shelf import FLOWS

MODEL = "en"
"""The locale that the others are compared with."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found. Mistakes stop a release; warnings are for the next one."""

    mistakes: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def check_all(today: date, flows: Mapping[str, Flow] = FLOWS, prompts: Traversable | None = None) -> Checked:
    """Check what is shipped. Never raises for what an author wrote."""
    warnings, lines = _helplines(today)
    return Checked((*_in_flows_and_prompts(flows, prompts), *_in_the_rule(), *lines), warnings)


def _in_flows_and_prompts(flows: Mapping[str, Flow], prompts: Traversable | None) -> list[str]:
    try:
        catalogues = load_catalogues(prompts)
    except FlowError as slip:
        return [str(slip)]
    model, local = catalogues[MODEL], _places(flows)
    found = [
        f"prompts/{locale}: {mistake}"
        for locale, catalogue in catalogues.items()
        for mistake in (*template_mistakes(catalogue), *differences(catalogue, model, local))
    ]
    return [*_in_flows(flows, catalogues), *found, *unwritten(model)]


def _places(flows: Mapping[str, Flow]) -> set[str]:
    """Return the prompts of questions about places: which of these are offered differs by language."""
    return {
        flow.prompt(state)
        for flow in flows.values()
        for state, question in flow.questions.items()
        if isinstance(question, Place)
    }


def _in_flows(flows: Mapping[str, Flow], catalogues: Mapping[str, Catalogue]) -> list[str]:
    """A mistake in a flow's table shows in every locale and is told once."""
    found: dict[str, list[str]] = {}
    for locale, catalogue in catalogues.items():
        for flow in flows.values():
            for mistake in check(flow, catalogue.templates, catalogue.labels):
                found.setdefault(mistake, []).append(locale)
    return [
        mistake if len(locales) == len(catalogues) else f"prompts/{', '.join(locales)}: {mistake}"
        for mistake, locales in found.items()
    ]


def unwritten(catalogue: Catalogue) -> list[str]:
    """Return the prompts and labels that the code names outright and that nobody has written."""
    found: dict[str, None] = {}
    for module, prompt, code in _named_in_code():
        if code and code not in catalogue.labels.get(prompt, {}):
            found[f"{module}: the label {code} of {prompt} is missing; write it in every locale"] = None
        elif not code and prompt not in catalogue.templates and not _has_variants(catalogue, prompt):
            found[f"{module}: the prompt {prompt} is missing; write it in every locale"] = None
    return [*found]


def _has_variants(catalogue: Catalogue, prompt: str) -> bool:
    return any(name.startswith((f"{prompt}_", f"{prompt}.ask_")) for name in catalogue.templates)


@cache
def _named_in_code() -> list[tuple[str, str, str]]:
    """Return module, prompt and label ("": its words) of everything that a call of ours names outright."""
    return [
        (module, prompt, code)
        for package in ("flows", "bot")
        for module, source in _sources(files(package), package)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        for prompt, code in _named(node.func.id, node.args)
    ]


def _named(function: str, arguments: Sequence[ast.expr]) -> Iterator[tuple[str, str]]:
    match function, [_text(each) for each in arguments]:
        case "Say", [str(prompt), *_]:
            yield prompt, ""
        case "Label", [str(prompt), str(code), *_]:
            yield prompt, code
        case "offer" | "buttons", [str(prompt), *_]:
            if function == "offer":
                yield prompt, ""
            for pair in arguments[1:]:
                if isinstance(pair, ast.Tuple) and (label := _text(pair.elts[0])):
                    yield prompt, label


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _sources(folder: Traversable, above: str) -> Iterator[tuple[str, str]]:
    for place in sorted(folder.iterdir(), key=lambda each: each.name):
        if place.is_dir():
            yield from _sources(place, f"{above}/{place.name}")
        elif place.name.endswith(".py"):
            yield f"{above}/{place.name}", place.read_text("utf-8")


def _in_the_rule() -> tuple[str, ...]:
    try:
        rulebook()
    except RuleError as slip:
        return slip.complaints
    return ()


def _helplines(today: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    try:
        found = check_helplines(load_helplines(), today)
    except HelplinesError as slip:
        return (), (f"help lines: {slip}",)
    return (
        tuple(f"help lines, {warning}" for warning in found.warnings),
        tuple(f"help lines, {error}" for error in found.errors),
    )
