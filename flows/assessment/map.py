"""The map after the sketch: what may be said so far, what speaks for it and against, and what is missing.

The words allowed come from `certainty` (assessment.md A8); here they become messages. After the sketch
that is at most "a first hunch", and "I can't tell yet" is a result of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from flows.assessment.certainty import Word, words
from flows.assessment.evidence import Evidence, Scored
from flows.assessment.explanations import Explanation
from flows.assessment.rule import Rule
from flows.assessment.sittings import CONFUSABLE, scored
from flows.assessment.sketch import SKETCH
from flows.assessment.what_ifs import LOW
from flows.engine.asking import shown
from flows.engine.conversation import Conversation
from flows.engine.say import Fact, Label, Say
from flows.quoting import SHORT
from flows.reply import offer

QUOTED = 3
"""Quotes on each side at the most (A8)."""

SHORT_OF_CLEAR: Mapping[str, str] = {
    LOW: "nothing_lifts",
    "flat_high": "everything_lifts",
    "too_many": "too_many",
}
"""Why it is not clear, where that has words of its own: reason to prompt."""

ON_LEAVE = "leave"
"""The code of a person's situation; also the name of the prompt for it."""

LIGHT = 3
"""Heaviness up to which nothing needs an explanation (O2, A3)."""

Pair = tuple[Explanation, Explanation]
"""What leads and its nearest rival, or the two that cannot be told apart."""

NOT_EVIDENCE = frozenset({"O1", "pace"})
QUOTED_ITEMS = frozenset(SKETCH.questions) - NOT_EVIDENCE - {"CF0"}


def leads(result: Scored) -> tuple[Explanation, ...]:
    """Return the explanations that may be named at this tier; none when it is not clear."""
    if result.unclear:
        return ()
    allowed = words(result)
    return tuple(lead for lead in result.lead if allowed[lead] is not Word.NOT_IN_PICTURE)


def map_says(sketch: Conversation, rule: Rule) -> tuple[Say, ...]:
    """Return the map as messages: what it leans to, the four lines, and what comes next."""
    result = scored({SKETCH.name: sketch}, rule)
    further = offer("map.next", ("sitting", "next"), ("answers", "answers"), ("help", "help"))
    if _is_empty(result, sketch):
        return (*_their_words(sketch), Say("map.nothing_to_go_on"), further)
    named = leads(result)
    live = (named[0], rival(result, named[0])) if named else _live(result, sketch, rule)
    return (
        *_their_words(sketch),
        _headline(result, named, live, sketch),
        _evidence(result, named, sketch) if named else _between(result, live, sketch),
        _open(live, sketch),
        *([Say("map.outside")] if result.out_flag and LOW not in result.reasons else []),
        further,
    )


def _their_words(sketch: Conversation) -> tuple[Say, ...]:
    """What the person began with, exactly as they wrote it, when it is short enough to be one detail."""
    words = sketch.value("O1")
    return (Say("map.began", {"words": words}),) if isinstance(words, str) and len(words) <= SHORT else ()


def _headline(result: Scored, named: tuple[Explanation, ...], live: Pair, sketch: Conversation) -> Say:
    """A Monday that nothing makes lighter is also how a low mood answers (A6): then a doctor comes first."""
    if named:
        return Say("map.hunch", {"layer": layer(named[0])})
    if is_light(sketch):
        return Say("map.light")
    if LOW in result.reasons:
        return Say("map.nothing_lifts")
    return Say("map.unclear", {"first": layer(live[0]), "second": layer(live[1])})


def _is_empty(result: Scored, sketch: Conversation) -> bool:
    """Whether there is nothing to go on: most was left open, and the rest points nowhere."""
    points_somewhere = any(piece.points > 0 for piece in result.evidence)
    return not points_somewhere and 2 * len(_left_open(sketch)) > len(SKETCH.steps(sketch))


def _left_open(sketch: Conversation) -> list[str]:
    return [step for step in SKETCH.steps(sketch) if sketch.value(step) is None]


def is_light(sketch: Conversation) -> bool:
    heaviness = sketch.number("O2")
    return heaviness is not None and heaviness <= LIGHT


def _live(result: Scored, sketch: Conversation, rule: Rule) -> Pair:
    """The two that are nearest to the picture; a heavy day is more than irritation (A7.6)."""
    by_points = sorted(Explanation, key=lambda explanation: -result.points[explanation])
    heaviness = sketch.number("O2")
    heavy = heaviness is not None and heaviness >= rule.picture.no_irritation_from
    out = {Explanation.IRR} if heavy else set()
    first, second, *_ = (each for each in dict.fromkeys((*result.live, *by_points)) if each not in out)
    return first, (rival(result, first) if is_light(sketch) else second)


def rival(result: Scored, lead: Explanation) -> Explanation:
    """The strongest of those that a lead is easily taken for."""
    return max(CONFUSABLE[lead], key=lambda explanation: result.points[explanation])


def _evidence(result: Scored, named: tuple[Explanation, ...], sketch: Conversation) -> Say:
    """What speaks for the hunch, and what against it."""
    speaks = sums(result.evidence, named)
    facts: dict[str, Fact] = {
        "layer": layer(named[0]),
        "points_to": _quotes(strongest(speaks, 1), sketch) or (Say("map.nothing_for"),),
        "points_away": _quotes(strongest(speaks, -1), sketch) or (Say("map.nothing_against"),),
    }
    return Say("map.evidence", facts)


def _between(result: Scored, live: Pair, sketch: Conversation) -> Say:
    """What speaks for each of the two that cannot be told apart."""
    for_first, for_second = (
        _quotes(strongest(sums(result.evidence, (each,)), 1), sketch) or (Say("map.nothing_for"),)
        for each in live
    )
    facts: dict[str, Fact] = {
        "first": layer(live[0]),
        "for_first": for_first,
        "second": layer(live[1]),
        "for_second": for_second,
    }
    return Say("map.between", facts)


def strongest(speaks: Mapping[str, float], sign: int) -> list[str]:
    """Items that speak for (1) or against (-1), the strongest first."""
    heard = [item for item in speaks if speaks[item] * sign > 0]
    return sorted(heard, key=lambda item: -speaks[item] * sign)


def sums(evidence: Iterable[Evidence], named: tuple[Explanation, ...]) -> dict[str, float]:
    """Return how much each item says for the named explanations, by item."""
    speaks: defaultdict[str, float] = defaultdict(float)
    for piece in evidence:
        if piece.explanation in named:
            speaks[piece.item] += piece.points
    return speaks


def _quotes(items: list[str], sketch: Conversation) -> tuple[Say, ...]:
    return tuple(_quote(item, sketch) for item in items[:QUOTED])


def _quote(item: str, sketch: Conversation) -> Say:
    answer, load = (shown(SKETCH, each, sketch.value(each)) for each in (item, "R4"))
    facts = {**SKETCH.facts(sketch, item), "answer": answer, "load": load}
    return Say(f"quotes.{item}", facts, variant=sketch.about.get("situation", ""))


def _open(pair: Pair, sketch: Conversation) -> Say:
    """What is not known, and what would change this."""
    skipped = len(_left_open(sketch))
    facts: dict[str, Fact] = {
        "unknown": Say(f"map.unknown.{pair[0]}"),
        "skipped": Say("map.skipped" if skipped else "map.none_skipped", {"count": skipped}),
        "settles": Say(f"map.settle.{settling(pair, sketch)}"),
    }
    return Say("map.open", facts)


def settling(pair: Pair, sketch: Conversation) -> str:
    """What tells the two apart; on leave nothing is tried at work (BR11), and a light day needs nothing."""
    if sketch.about.get("situation") == ON_LEAVE:
        return "leave"
    if is_light(sketch):
        return "light"
    return "_".join(explanation for explanation in Explanation if explanation in pair)


def layer(explanation: Explanation) -> Label:
    return Label("map.layers", explanation.value)
