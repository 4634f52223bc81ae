"""What changed from one map to another, and which answers did it. Pure; a kept map stays as it was drawn.

Each changed answer is put into the old answers alone, and taken out of the new ones alone, and weighed under
the rule of today: the larger of the two is what it did. (Of two things that lift a Monday the lighter counts:
changed one at a time, neither would show.)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from flows.assessment.drawn import COVERAGE, ENERGY, LOGGED, RESOLVED, TRIED, facts_behind
from flows.assessment.evidence import score
from flows.assessment.explanations import Explanation, Word
from flows.assessment.fit import ITEM
from flows.assessment.quotes import layer
from flows.assessment.rule import Rule
from flows.assessment.sittings import SITTINGS
from flows.diary import Answered, DrawnMap
from flows.engine.asking import shown
from flows.engine.conversation import Conversation
from flows.engine.flow import Flow
from flows.engine.say import Fact, Label, Say

NAMED_AT_MOST = 3
LEAST = 0.5
"""Points that an answer must have moved to be named."""

TOGETHER: Mapping[str, tuple[str, ...]] = {ENERGY: (ENERGY, COVERAGE)}
"""What changes as one."""

IN_PARTS = frozenset({"d1", "e1", "i1"})
"""Items put together of several questions: their codes are no words of the person's."""

SHORT: Mapping[str, str] = {"d1": "d1_energy", "i1": "i1_worst"}

Conversations = Mapping[str, Conversation]
Answers = Mapping[str, Answered]


@dataclass(frozen=True, slots=True)
class Moved:
    """One changed answer, and by how much it alone moved the explanations that are looked at."""

    item: str
    before: Answered | None
    now: Answered | None
    shift: Mapping[Explanation, float]

    @property
    def most(self) -> Explanation:
        return max(self.shift, key=lambda each: abs(self.shift[each]))


def looks_the_same(before: DrawnMap, now: DrawnMap) -> bool:
    """Whether a person sees no difference: the same lead and the same words, whatever lies beneath."""
    return (before.lead, before.words, before.unclear) == (now.lead, now.words, now.unclear)


def lines_between(
    before: DrawnMap, now: DrawnMap, rule: Rule, conversations: Conversations
) -> tuple[Say, ...]:
    """Return what changed, as lines: the rule, what leads or its word, and the answers that moved it most."""
    weighed = (Say("changes.rule"),) if before.rule_version != now.rule_version else ()
    moved = moved_most(before, now, rule)[:NAMED_AT_MOST]
    answers = [_line(each, conversations) for each in moved]
    if len(moved) > 1 and _did_for_it(moved[0], before, now) > 0:
        answers[0] = Say("changes.most", {"what": answers[0]})
    return (*weighed, *_result(before, now), *answers)


def moved_most(before: DrawnMap, now: DrawnMap, rule: Rule) -> list[Moved]:
    """Return the changed answers that moved what is another now, the one that did most for it first."""
    looked_at = _looked_at(before, now)
    old, new = (_weights(drawn.answers, rule) for drawn in (before, now))
    found = []
    for item in _changed(before, now):
        keys = TOGETHER.get(item, (item,))
        put_in = _weights(_with(before.answers, now.answers, keys), rule)
        left_out = _weights(_with(now.answers, before.answers, keys), rule)
        shift = {each: _larger(put_in[each] - old[each], new[each] - left_out[each]) for each in looked_at}
        found.append(Moved(item, before.answers.get(item), now.answers.get(item), shift))
    told = [each for each in found if abs(each.shift[each.most]) >= LEAST]
    return sorted(told, key=lambda each: -_did_for_it(each, before, now))


def _with(answers: Answers, others: Answers, keys: Collection[str]) -> dict[str, Answered]:
    """Return the answers with some of them as they are among the others."""
    kept = {key: value for key, value in answers.items() if key not in keys}
    return kept | {key: others[key] for key in keys if key in others}


def _larger(one: float, other: float) -> float:
    return max(one, other, key=abs)


def _looked_at(before: DrawnMap, now: DrawnMap) -> list[Explanation]:
    """What leads now or led before; else what has another word; else all five."""
    another_lead = [each for each in Explanation if (each in now.lead) != (each in before.lead)]
    another_word = [each for each in Explanation if before.words.get(each) != now.words.get(each)]
    return another_lead or another_word or list(Explanation)


def _changed(before: DrawnMap, now: DrawnMap) -> list[str]:
    items = [
        item for item in dict.fromkeys((*before.answers, *now.answers)) if item not in (COVERAGE, RESOLVED)
    ]
    return [item for item in items if before.answers.get(item) != now.answers.get(item)]


def _weights(answers: Answers, rule: Rule) -> dict[Explanation, float]:
    """What the blocks add up to. Totals are clipped, and would hide a change above or below."""
    blocks = score(facts_behind(answers), rule).blocks
    return {each: sum(blocks[each].values()) for each in Explanation}


def _did_for_it(moved: Moved, before: DrawnMap, now: DrawnMap) -> float:
    """How much an answer did for what became of the explanations looked at, below 0 when it went against."""
    return sum(shift * _went(each, before, now) for each, shift in moved.shift.items())


def _went(explanation: Explanation, before: DrawnMap, now: DrawnMap) -> int:
    """Return 1 when it came up from one map to the other, -1 when it went down."""
    led, leads = (explanation in drawn.lead for drawn in (before, now))
    one, other = (drawn.words.get(explanation, "") for drawn in (before, now))
    more = now.points.get(explanation, 0.0) > before.points.get(explanation, 0.0)
    if led != leads:
        return 1 if leads else -1
    if one != other and one and other:
        more = list(Word).index(Word(other)) > list(Word).index(Word(one))
    return 1 if more else -1


def _result(before: DrawnMap, now: DrawnMap) -> Iterator[Say]:
    """Say that something else leads, or which words are others."""
    if before.lead == now.lead:
        yield from _other_words(before, now)
        return
    led, leads = (tuple(Label("map.layers", each) for each in drawn.lead) for drawn in (before, now))
    if led and leads:
        yield Say("changes.lead", {"before": led, "now": leads})
    elif leads:
        yield Say("changes.lead_new", {"now": leads})
    else:
        failed = "own_trial_failed" in now.reasons
        yield Say("changes.own_trial" if failed else "changes.lead_gone", {"before": led})


def _other_words(before: DrawnMap, now: DrawnMap) -> Iterator[Say]:
    for each in Explanation:
        one, other = before.words.get(each), now.words.get(each)
        if one and other and one != other:
            facts: dict[str, Fact] = {
                "layer": layer(each),
                "before": Label("map.words", one),
                "now": Label("map.words", other),
            }
            yield Say("changes.word", facts)


def _line(moved: Moved, conversations: Conversations) -> Say:
    facts: dict[str, Fact] = {"what": _what(moved, conversations), "layer": layer(moved.most)}
    return Say("changes.more" if moved.shift[moved.most] > 0 else "changes.less", facts)


def _what(moved: Moved, conversations: Conversations) -> Say:
    """The answer, with what it was before where that can be said in words."""
    if moved.item in (TRIED, LOGGED, ENERGY):
        return Say(f"changes.{moved.item}")
    asked = _asked(moved.item)
    if moved.item == ITEM or asked is None:
        return Say("changes.own_view" if moved.item == ITEM else "changes.no_longer_asked")
    flow, question = asked
    there = conversations.get(flow.name)
    name = flow.short(there, question) if there else Say(f"{flow.prompt(question)}.short")
    if moved.now is None:
        return Say("changes.gone", {"question": name})
    if moved.item in IN_PARTS or not _can_be_said(flow, question, moved):
        return Say("changes.part" if moved.before else "changes.part_new", {"question": name})
    now = shown(flow, question, moved.now)
    if moved.before is None:
        return Say("changes.new", {"question": name, "now": now})
    return Say("changes.went", {"question": name, "before": shown(flow, question, moved.before), "now": now})


def _asked(item: str) -> tuple[Flow, str] | None:
    """Where an item is asked; None for one that this release has no question for any more."""
    question = SHORT.get(item, item)
    return next(((flow, question) for flow in SITTINGS if question in flow.questions), None)


def _can_be_said(flow: Flow, question: str, moved: Moved) -> bool:
    """Whether both answers are still among those that the question offers."""
    return all(flow.questions[question].holds(value) for value in (moved.before, moved.now))
