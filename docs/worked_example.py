"""One vignette of the tests, worked out by the rule itself: a part of the page about the method."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.rulebook import rulebook
from docs.asked import label, sitting_of, worded
from docs.items import PARTS
from docs.rule_in_words import BLOCKS
from docs.tables import number, paragraph, signed, table
from flows.assessment.certainty import words
from flows.assessment.evidence import Facts, Scored, score
from flows.assessment.explanations import Block, Explanation
from flows.assessment.facts import Trial
from flows.assessment.rule_items import LOAD
from tests.assessment.vignettes import VIGNETTE

NAME = "P01"
TRIAL = Trial("purpose", "none")
"""The lead's own test, in full and without effect."""

REASONS = {
    "nothing_in_picture": "nothing is in the picture any more",
    "leader_contradicted": "a whole block speaks against what leads",
    "clashes": "blocks contradict each other",
    "own_trial_failed": "what led failed its own fair trial",
}


def worked_example() -> str:
    """Return the example: the answers, the sums, the verdict, and what a failed trial makes of it."""
    facts = VIGNETTE[NAME].facts
    before = score(facts, rulebook())
    lead = before.lead[0]
    after = score(replace(facts, trials=(TRIAL,)), rulebook())
    return (
        _what_speaks(facts, before, lead)
        + _all_five(before)
        + _verdict(before, lead)
        + _rest(facts, lead)
        + _trial(before, after, lead, len(facts.answers))
    )


def _what_speaks(facts: Facts, found: Scored, lead: Explanation) -> str:
    rows = [row for block in Block for row in _block(block, facts, found, lead)]
    return paragraph(
        f"`{NAME}` of the test suite is an invented person: a {_persona()}. This is everything that "
        f"speaks for or against {lead}, “{label('map.layers', lead)}”, block by block:"
    ) + table(("block", "asked", "answer", f"points for {lead}", "sum", "after the cap"), rows)


def _persona() -> str:
    return VIGNETTE[NAME].persona.partition(" (")[0]


def _block(block: Block, facts: Facts, found: Scored, lead: Explanation) -> Iterator[tuple[str, ...]]:
    evidence = [one for one in found.evidence if one.block == block and one.explanation is lead]
    for place, one in enumerate(evidence):
        total = sum(each.points for each in evidence)
        ends = place == len(evidence) - 1
        sums = (number(total), f"**{number(found.blocks[lead][block])}**") if ends else ("", "")
        yield (
            f"{block.value}: {BLOCKS[block]}" if place == 0 else "",
            f"`{one.item}` {_asked(one.item)}",
            _answer(facts, one.item),
            signed(one.points),
            *sums,
        )


def _asked(item: str) -> str:
    flow = sitting_of(item)
    question = PARTS[item][0] if item in PARTS else item
    return worded(f"{flow.prompt(question)}.short") if flow else ""


def _answer(facts: Facts, item: str) -> str:
    flow, code = sitting_of(item), facts.says(item) or ""
    if item in PARTS:
        return PARTS[item][1].get(code, code)
    answer = label(flow.prompt(item), code) if flow else code
    return (
        f"{number(facts.number('CF0') or 0)} becomes {code}"
        if item.startswith("CF") and code.isdigit()
        else answer
    )


def _all_five(found: Scored) -> str:
    rule = rulebook()
    used = [block for block in Block if any(found.blocks[each][block] for each in Explanation)]
    rows = [
        (
            f"{each}",
            number(rule.start[each]),
            *(number(found.blocks[each][block]) for block in used),
            number(_sum(found, each)),
            f"**{number(found.points[each])}**",
        )
        for each in Explanation
    ]
    return paragraph(
        "All five, with what each block says after its cap. Before any trial the sum is clipped to "
        f"between {number(rule.clip(0).least)} and {number(rule.clip(0).most)}:"
    ) + table(("", "start", *(block.value for block in used), "sum", "clipped"), rows)


def _sum(found: Scored, explanation: Explanation) -> float:
    return rulebook().start[explanation] + sum(found.blocks[explanation].values())


def _verdict(found: Scored, lead: Explanation) -> str:
    asked = rulebook().picture
    apart = ", ".join(each.code for each in found.contradictions) or "none"
    others = ", ".join(found.picture[1:])
    return paragraph(
        f"{lead} has {number(found.points[lead])} points, of which {_enough(found, lead, asked.one_of)} "
        f"from what would happen, and {_enough(found, lead, asked.and_one_of)} from elsewhere: it is in "
        f"the picture. {f'So is {others}' if others else 'Nothing else is'}. Answers that pull apart: "
        f"{apart}. The points would allow a stronger word, but nothing has been tried yet, so the most "
        f"that may be said is “{_word(found, lead)}”."
    )


def _enough(found: Scored, lead: Explanation, asked: tuple[tuple[Block, float], ...]) -> str:
    """The blocks that say as much as is asked of one of them."""
    blocks = found.blocks[lead]
    return ", ".join(
        f"{block.value} {number(blocks[block])}" for block, least in asked if blocks[block] >= least
    )


def _word(found: Scored, explanation: Explanation) -> str:
    return label("map.words", words(found)[explanation])


def _rest(facts: Facts, lead: Explanation) -> str:
    with_load = {load: _with_load(facts, load).blocks[lead][Block.HISTORY] for load in ("ord", "heavy")}
    return paragraph(
        f"The holiday: the heaviness was back {_answer(facts, 'R3').lower()}, and the load then was "
        f"{_answer(facts, LOAD).lower()}. That says {signed(with_load['ord'])} for {lead}. Had the load "
        f"been heavier than usual, the same quick return would have said {signed(with_load['heavy'])}."
    )


def _with_load(facts: Facts, load: str) -> Scored:
    return score(replace(facts, answers={**facts.answers, LOAD: load}), rulebook())


def _trial(before: Scored, after: Scored, lead: Explanation, answers: int) -> str:
    forecasts = (found.blocks[lead][Block.FORECASTS] for found in (before, after))
    was, faded = (number(each) for each in forecasts)
    logged = after.blocks[lead][Block.TRIALS]
    clip = rulebook().clip(1)
    asked = _sum(after, lead) - logged
    reasons = "; ".join(REASONS.get(reason, reason) for reason in after.reasons)
    return paragraph(
        f"**Then they try it**: other clients, in full ({worded('battery.fair.purpose')}), nothing else "
        f"changed, and Mondays stay as they were. The what-ifs fade from {was} to {faded}; the answers "
        f"now sum to {number(asked)} and are clipped to {number(clip.clip(asked))}; the trial says "
        f"{number(logged)}. {lead} stands at **{number(after.points[lead])}**, and the result is "
        f"{_result(after)}: {reasons}. The strongest word left for {lead} is “{_word(after, lead)}”. One "
        f"fair trial has undone what {answers} answers had built up; that is intended."
    )


def _result(found: Scored) -> str:
    return "“not clear yet”" if found.unclear else f"{found.lead[0]}"
