"""The page of the items: every question, its answers, and what each answer counts for under the rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from bot.rulebook import rulebook
from docs.asked import asks_for, english, label, sitting_of, worded
from docs.item_tables import energy, rest, scenarios, trials, what_pulls_apart
from docs.tables import paragraph, said, table
from flows.assessment.codes import SIGNS, WHAT_IFS
from flows.assessment.explanations import Explanation
from flows.assessment.rule_items import Item
from flows.assessment.sittings import SITTINGS, SMALL_ANNOYANCE
from flows.engine.flow import Flow
from flows.engine.questions import FreeText, Scale

TITLE = "# Every question, and what it counts for\n"
HEAD = (
    "This page is made from the [prompts](../../prompts/en) and the "
    "[rule](../../flows/assessment/rule_1.toml) that run: `.venv/bin/python -m docs.rewrite` writes it, "
    "and a test refuses another one. What becomes of the points, and why anybody should doubt them: [the "
    "method](../discussions/method.md).",
    "The points are steps of odds, **set by people and not estimated from data**; nobody is ever shown "
    "one. “Nothing” means that the answer was thought about and says nothing. The wording is the plain "
    "one; people who work for themselves, are on leave, between jobs, study or care for somebody read "
    "variants of it. Words in [brackets] are filled in with the person's own. Every question can be "
    "skipped, and a skipped one counts for nothing.",
)

TITLES = {"sketch": "First sitting: the sketch", "inventory": "Second sitting: the inventory"}
TITLES |= {"battery": "Third sitting: what if, and what was tried"}

PARTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "e1": (
        "e1",
        {
            "0": "None of these",
            "1": "One of them",
            "2": "Two or more",
            "3": "The last group, whatever else is marked; help comes before the map",
        },
    ),
    "d1": (
        "d1_energy",
        {
            "0": "None of what fills the week gives energy",
            "1": "One of it does",
            "2": "Two do",
            "3": "All three do",
        },
    ),
    "i1": (
        "i1_who",
        {
            "small": f"The worst is at most {SMALL_ANNOYANCE}; the person or their lead could fix most of it",
            "big": "Anything else",
        },
    ),
}
"""Items that are put together of marks or of several questions: the last of those, and the codes in words."""

ELSEWHERE = {
    "R3": "Counts together with the load on return: see [rest](#rest).",
    "R4": "Decides what a quick return means: see [rest](#rest).",
    "CF0": "What the scenarios are compared with. Counts for nothing by itself.",
    **dict.fromkeys(WHAT_IFS, "Its lift counts, not the number: see [scenarios](#scenarios)."),
    **dict.fromkeys(
        ("T1", "T2", "T3", "T4"), "Counts as an attempt from memory: see [what was tried](#what-was-tried)."
    ),
    "e1": "The marks are put together:",
    "d1": "The two lists of activities are put together:",
    "i1": "The list, its worst and who could fix it are put together:",
}
"""Where to read on about items whose answers do not count one by one."""

BEYOND = {"FIT": "fit.nearer"}
"""The prompts of items that are asked after a map."""

UNSCORED = "Counts for nothing in the map."


def items_page() -> str:
    """Return the page."""
    head = TITLE + "".join(paragraph(part) for part in HEAD) + _names()
    sittings = "".join(_sitting(flow) for flow in SITTINGS)
    return head + sittings + _beyond() + scenarios() + rest() + trials() + energy() + what_pulls_apart()


def _names() -> str:
    rows = [(each, label("map.layers", each)) for each in Explanation]
    return table(("in the tables", "in the chat"), rows)


def _sitting(flow: Flow) -> str:
    title = TITLES.get(flow.name, flow.name)
    signs = [name for name in flow.questions if name in SIGNS]
    others = "".join(_question(flow, name) for name in _asked_once(flow) if name not in SIGNS)
    return f"\n## {title}\n{_statements(flow, signs) if signs else ''}{others}"


def _beyond() -> str:
    """Items of the rule that no sitting asks for."""
    items = [item for item in rulebook().items if sitting_of(item.name) is None]
    return "\n## After the map\n" + "".join(_item_beyond(item) for item in items) if items else ""


def _item_beyond(item: Item) -> str:
    prompt = BEYOND.get(item.name, item.name)
    question = f"\n> {worded(prompt)}\n" if prompt in english().templates else ""
    rows = [(label(prompt, code), f"`{code}`", said(says)) for code, says in item.says.items()]
    return f"\n### `{item.name}`\n{question}" + table(("answer", "code", "counts for"), rows)


def _asked_once(flow: Flow) -> Iterator[str]:
    """Yield the questions; of those that share their words (T2 to T4 of each attempt) the first."""
    seen: set[str] = set()
    for name in flow.questions:
        if flow.prompt(name) not in seen:
            seen.add(flow.prompt(name))
            yield name


def _statements(flow: Flow, signs: list[str]) -> str:
    says = {item.name: item.says for item in rulebook().items if item.name in SIGNS}
    heads = [f"{label(flow.prompt(signs[0]), answer)} ({answer})" for answer in "43210"]
    rows = [
        (f"`{sign}`", _statement(flow, sign), *(said(says[sign].get(each, ())) for each in "43210"))
        for sign in signs
    ]
    return "\n### Statements\n" + table(("item", "statement", *heads), rows)


def _statement(flow: Flow, sign: str) -> str:
    """The statement alone, without what is said before the first and the last of them."""
    return worded(flow.prompt(sign)).split("\n\n")[-1]


def _question(flow: Flow, name: str) -> str:
    prompt = flow.prompt(name)
    question = "".join(f"> {line}".rstrip() + "\n" for line in worded(prompt).splitlines())
    shown = prompt.removeprefix(f"{flow.name}.")
    return f"\n### `{shown}`\n\n{question}{_answers(flow, name, shown)}"


def _answers(flow: Flow, name: str, shown: str) -> str:
    scored = {item.name: item for item in rulebook().items}
    composed = next((each for each, (last, _) in PARTS.items() if last == name), None)
    if composed:
        return _options(flow, name) + _note(composed) + _composed(scored[composed])
    part = next((each for each in PARTS if asks_for(each, name)), None)
    if part:
        return _options(flow, name) + f"\nA part of `{part}`, below.\n"
    if name in scored:
        return _bands(scored[name]) if isinstance(flow.questions[name], Scale) else _codes(flow, scored[name])
    return _options(flow, name) + _note(name, shown)


def _note(*names: str) -> str:
    outside = {"O6": _followed(), "O7": _ticked()}
    notes = (ELSEWHERE.get(name) or outside.get(name) for name in names)
    return f"\n{next((note for note in notes if note), UNSCORED)}\n"


def _followed() -> str:
    least = rulebook().outside.followed_from
    return f"From {least:g} on it raises the flag “something outside work”. It never adds points."


def _ticked() -> str:
    nothing = label("sketch.O7", rulebook().outside.nothing)
    return f"Any mark but “{nothing}” raises the flag “something outside work”. It never adds points."


def _options(flow: Flow, name: str) -> str:
    """The answers of a question that do not count one by one."""
    options = english().labels.get(flow.prompt(name), {})
    if options:
        return "\n" + " · ".join(options.values()) + "\n"
    question = flow.questions[name]
    if isinstance(question, Scale):
        return f"\nA number from {question.low} to {question.high}.\n"
    return "\nIn the person's own words.\n" if isinstance(question, FreeText) else ""


def _codes(flow: Flow, item: Item) -> str:
    prompt = flow.prompt(item.name)
    rows = [(label(prompt, code), f"`{code}`", said(says)) for code, says in item.says.items()]
    return table(("answer", "code", "counts for"), rows)


def _composed(item: Item) -> str:
    in_words = PARTS[item.name][1]
    rows = [(in_words.get(code, code), f"`{code}`", said(says)) for code, says in item.says.items()]
    return table(("put together", "code", "counts for"), rows)


def _bands(item: Item) -> str:
    """Neighbouring numbers that say the same, in one row."""
    numbers = sorted(item.says, key=int)
    bands = [(says, [*band]) for says, band in groupby(numbers, key=lambda each: said(item.says[each]))]
    rows = [(f"{band[0]} to {band[-1]}", says) for says, band in bands]
    between = "" if len(item.says) > 10 else "\nOther numbers: nothing.\n"
    return table(("answer", "counts for"), rows) + between
