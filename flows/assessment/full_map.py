"""The map once more than the sketch is known: all five explanations, each with the word it has earned (A8).

Same four lines as the first map (what points to it, what points away, what is not known, what would change
it), and what stands beside them: harm, money, what goes on outside work.
"""

from __future__ import annotations

from collections.abc import Mapping

from flows.assessment.battery import BATTERY, attempts
from flows.assessment.certainty import dots, words
from flows.assessment.explanations import Explanation
from flows.assessment.inventory import INVENTORY
from flows.assessment.map import (
    QUOTED,
    QUOTED_ITEMS,
    SHORT_OF_CLEAR,
    layer,
    leads,
    map_says,
    rival,
    settling,
    strongest,
    sums,
)
from flows.assessment.rule import Answers, Rule
from flows.assessment.scored import Scored
from flows.assessment.sittings import SITTINGS, facts_of, next_sitting, scored
from flows.assessment.sketch import LOWEST_BASELINE, SKETCH
from flows.engine.asking import shown
from flows.engine.conversation import Conversation
from flows.engine.say import Fact, Label, Picture, Row, Say
from flows.reply import offer

Conversations = Mapping[str, Conversation]

PARTS = {"d1": "d1_energy", "i1": "i1_worst"}
"""Items put together of several questions, and the one whose answer is quoted."""

WORDED = QUOTED_ITEMS | {"CF3", "CF3b", "CF3c", "CF6", "CF7"}
"""Items with a quote of their own; the others are quoted by their short name."""

HARMED = "3"
"""The code of e1 for harm: then nothing is suggested that asks to stay (BR5)."""

MONEY_LIFTS = 0.6
"""From here on more pay lifts so much that money belongs in the picture (A5, CF6)."""


def current_map(conversations: Conversations, rule: Rule) -> tuple[Say, ...]:
    """Return the map as messages, as far as the sittings have come."""
    if INVENTORY.name not in conversations and BATTERY.name not in conversations:
        return map_says(conversations[SKETCH.name], rule)
    result = scored(conversations, rule)
    answers = facts_of(conversations).answers
    if _is_empty(result, conversations):
        return (Say("map.nothing_to_go_on"), *_beside(result, answers), _further(conversations))
    named = leads(result)
    pair = named[:2] if len(named) > 1 else _pair(result, named, answers, rule)
    harmed = answers.get("e1") == HARMED
    return (
        *((Say("map.harm"),) if harmed else ()),
        _headline(result, named, pair),
        _overview(result, named, conversations),
        _evidence(result, named, conversations) if named else _between(result, pair, conversations),
        _open(pair, conversations, harmed=harmed),
        *_beside(result, answers),
        _further(conversations),
    )


def _is_empty(result: Scored, conversations: Conversations) -> bool:
    """Whether there is nothing to go on: most was left open, and the rest points nowhere."""
    points_somewhere = any(piece.points > 0 for piece in result.evidence)
    asked = sum(len(flow.steps(conversations[flow.name])) for flow in SITTINGS if flow.name in conversations)
    return not points_somewhere and 2 * _left_open(conversations) > asked


def _pair(
    result: Scored, named: tuple[Explanation, ...], answers: Answers, rule: Rule
) -> tuple[Explanation, ...]:
    """What leads with its nearest rival, or the two that cannot be told apart."""
    if named:
        return named[0], rival(result, named[0])
    heaviness = answers.get("O2")
    heavy = isinstance(heaviness, int) and heaviness >= rule.picture.no_irritation_from
    out = {Explanation.IRR} if heavy else set()  # a heavy day is more than irritation (A7.6)
    return tuple(each for each in dict.fromkeys((*result.live, *_in_order(result))) if each not in out)[:2]


def _in_order(result: Scored) -> list[Explanation]:
    """The explanations, the strongest first; what leads stands before what only has points."""
    named = leads(result)
    return sorted(Explanation, key=lambda each: (each not in named, -result.points[each]))


def _headline(result: Scored, named: tuple[Explanation, ...], pair: tuple[Explanation, ...]) -> Say:
    if len(named) > 1:
        return Say("map.joint", {"layers": tuple(layer(each) for each in named)})
    if named:
        also = tuple(layer(each) for each in result.layers)
        facts: dict[str, Fact] = {"layer": layer(named[0]), "also": also}
        return Say(f"map.says.{words(result)[named[0]]}", facts)
    for reason, prompt in SHORT_OF_CLEAR.items():
        if reason in result.reasons:
            return Say(f"map.{prompt}")
    return Say("map.unclear", {"first": layer(pair[0]), "second": layer(pair[1])})


def _overview(result: Scored, named: tuple[Explanation, ...], conversations: Conversations) -> Say:
    """All five, as lines and as a picture; the words are the picture's caption, for whoever cannot see it."""
    order = _in_order(result)
    said = words(result)
    rows = tuple(
        Row(
            layer(each),
            Label("map.words", said[each].value),
            dots(said[each]),
            _reasons(result, each, conversations) if dots(said[each]) else (),
            each in named,
        )
        for each in order
    )
    flag = Say("map.outside_short") if result.out_flag else None
    picture = Picture(Say("map.title"), Say("map.subtitle"), rows, Say("map.footer"), flag)
    lines = tuple(_line(result, each) for each in order)
    return Say("map.overview", {"lines": lines}, apart=True, picture=picture)


def _reasons(result: Scored, explanation: Explanation, conversations: Conversations) -> tuple[Say, ...]:
    """The two strongest answers that speak for an explanation."""
    return _quotes(strongest(sums(result.evidence, (explanation,)), 1), conversations)[:2]


def _line(result: Scored, explanation: Explanation) -> Say:
    word = words(result)[explanation]
    full = dots(word)
    facts: dict[str, Fact] = {
        "dots": "\u25cf" * full + "\u25cb" * (5 - full),
        "layer": layer(explanation),
        "word": Label("map.words", word.value),
    }
    return Say("map.line", facts)


def _evidence(result: Scored, named: tuple[Explanation, ...], conversations: Conversations) -> Say:
    speaks = sums(result.evidence, named)
    facts: dict[str, Fact] = {
        "layer": layer(named[0]),
        "points_to": _quotes(strongest(speaks, 1), conversations) or (Say("map.nothing_for"),),
        "points_away": _quotes(strongest(speaks, -1), conversations) or (Say("map.nothing_against_after"),),
    }
    return Say("map.evidence" if len(named) == 1 else "map.evidence_joint", facts)


def _between(result: Scored, pair: tuple[Explanation, ...], conversations: Conversations) -> Say:
    """What speaks for each of the two; what speaks for both alike separates nothing and is left out."""
    first, second = (sums(result.evidence, (each,)) for each in pair)
    for_first = {item: points - max(second.get(item, 0.0), 0.0) for item, points in first.items()}
    for_second = {item: points - max(first.get(item, 0.0), 0.0) for item, points in second.items()}
    facts: dict[str, Fact] = {
        "first": layer(pair[0]),
        "for_first": _quotes(strongest(for_first, 1), conversations) or (Say("map.nothing_for"),),
        "second": layer(pair[1]),
        "for_second": _quotes(strongest(for_second, 1), conversations) or (Say("map.nothing_for"),),
    }
    return Say("map.between", facts)


def _quotes(items: list[str], conversations: Conversations) -> tuple[Say, ...]:
    quotes = (_quote(item, conversations) for item in items)
    return tuple(quote for quote in quotes if quote is not None)[:QUOTED]


def _quote(item: str, conversations: Conversations) -> Say | None:
    """Return one of the person's answers as the map quotes it; None for what is not an answer of theirs."""
    if item.startswith("tried:"):
        return _quote_of_an_attempt(item.removeprefix("tried:"), conversations)
    question = PARTS.get(item, item)
    for flow in SITTINGS:
        there = conversations.get(flow.name)
        if there is None or there.value(question) is None:
            continue
        answer = shown(flow, question, there.value(question))
        if item in WORDED:
            load = shown(SKETCH, "R4", there.value("R4"))
            facts = {**flow.facts(there, question), "answer": answer, "load": load}
            return Say(f"quotes.{item}", facts, variant=there.about.get("situation", ""))
        return Say("quotes.other", {"question": flow.short(there, question), "answer": answer})
    return None


def _quote_of_an_attempt(kind: str, conversations: Conversations) -> Say | None:
    battery = conversations[BATTERY.name]
    slot = attempts(battery).index(kind) + 1
    helped = battery.value(f"T3_{slot}") != "none"
    item = f"T4_{slot}" if helped else f"T3_{slot}"
    answer = shown(BATTERY, item, battery.value(item))
    return Say("quotes.tried", {"kind": Label("battery.T1", kind), "answer": answer})


def _open(pair: tuple[Explanation, ...], conversations: Conversations, *, harmed: bool) -> Say:
    """What is not known, and what would change this."""
    skipped = _left_open(conversations)
    asked = pair[0] in conversations.get(INVENTORY.name, conversations[SKETCH.name]).about.get("modules", "")
    settles = "harm" if harmed else settling((pair[0], pair[1]), conversations[SKETCH.name])
    unknown = Say("map.unknown.after") if asked else Say(f"map.unknown.{pair[0]}")
    facts: dict[str, Fact] = {
        "unknown": unknown,
        "skipped": Say("map.skipped" if skipped else "map.none_skipped", {"count": skipped}),
        "settles": Say(f"map.settle.{settles}"),
    }
    return Say("map.open", facts)


def _left_open(conversations: Conversations) -> int:
    return sum(
        conversations[flow.name].value(step) is None
        for flow in SITTINGS
        if flow.name in conversations
        for step in flow.steps(conversations[flow.name])
    )


def _beside(result: Scored, answers: Answers) -> tuple[Say, ...]:
    """What stands beside the picture: what goes on outside work, and money."""
    return (
        *((Say("map.outside"),) if result.out_flag else ()),
        *((Say("map.money"),) if _money_would_lift(answers) else ()),
    )


def _money_would_lift(answers: Answers) -> bool:
    """Whether more pay alone takes most of a Monday's weight away; a light Monday has none to take (A5)."""
    baseline, paid = answers.get("CF0"), answers.get("CF6")
    if not isinstance(baseline, int) or not isinstance(paid, int) or baseline < LOWEST_BASELINE:
        return False
    return (baseline - paid) / baseline >= MONEY_LIFTS


def _further(conversations: Conversations) -> Say:
    if next_sitting(conversations) is None:
        return offer("map.complete", ("answers", "answers"), ("help", "help"))
    return offer("map.last_sitting", ("sitting", "next"), ("answers", "answers"))
