"""The decision rule in plain words, with its own figures: a part of the page about the method."""

from __future__ import annotations

from bot.rulebook import rulebook
from docs.asked import label
from docs.tables import number, paragraph, signed, table
from flows.assessment.explanations import Block, Explanation, Word
from flows.assessment.rule_parts import UnclearRule

BLOCKS = {
    Block.LABEL: "their own hunch",
    Block.PROFILE: "how heavy, since when, in what rhythm",
    Block.SIGNS: "statements that fit or do not",
    Block.MODULES: "facts: hours, sleep, what happened, what the week is made of",
    Block.FORECASTS: "what-ifs: one thing changed about the same Monday",
    Block.HISTORY: "rest, and past attempts from memory",
    Block.ENERGY: "the energy log",
    Block.TRIALS: "logged trials",
}

TIERS = ("after the sketch", "after a questionnaire", "with a full trial or a well kept log that agrees")


def rule_in_words() -> str:
    """Return the rule, from where everything starts to the words that may be said."""
    return "".join((_starts(), _caps(), _fading(), _picture(), _lead(), _unclear(), _words()))


def _starts() -> str:
    starts = rulebook().start
    rows = [(f"{each}: {label('map.layers', each)}", signed(starts[each])) for each in Explanation]
    return paragraph(
        "**Start.** One point multiplies the odds of an explanation by 1.25. Each begins below zero, as "
        "a rough prior for people who arrive tired: something has to speak for it."
    ) + table(("explanation", "starts at"), rows)


def _caps() -> str:
    cap = rulebook().trial_cap
    rows = [(block.value, BLOCKS[block], *_span(block)) for block in Block]
    return (
        paragraph(
            "**Blocks.** Points are added up by the kind of question they come from, and every block is "
            "capped, so that ten questions of one kind cannot outvote everything else."
        )
        + table(("block", "what it holds", "least", "most"), rows)
        + paragraph(
            f"Trials may say more the more of them were done in full: {number(cap.base)} and another "
            f"{number(cap.each)} for each, up to {number(cap.most)}."
        )
    )


def _span(block: Block) -> tuple[str, str]:
    rule = rulebook()
    if block is Block.TRIALS:
        return number(-rule.trial_cap.most), number(rule.trial_cap.most)
    return number(rule.caps[block].least), number(rule.caps[block].most)


def _fading() -> str:
    rule = rulebook()
    last = next(full for full in range(len(rule.clips) - 1, 99) if rule.fade.weight(full) == rule.fade.floor)
    rows = [
        (
            f"{full} or more" if full == last else f"{full}",
            number(rule.fade.weight(full)),
            f"{number(rule.clip(full).least)} to {number(rule.clip(full).most)}",
        )
        for full in range(last + 1)
    ]
    return paragraph(
        "**Fading.** With every trial done in full, what people foresee loses weight, and all answers "
        "together are clipped more tightly. What the log and the trials say is added on top of that: "
        "facts can overturn any first map."
    ) + table(("full trials", "weight of what-ifs", "answers are clipped to"), rows)


def _picture() -> str:
    asked = rulebook().picture
    return paragraph(
        f"**In the picture** is an explanation with {number(asked.least)} points or more, of which enough "
        f"come from what-ifs, trials or the log ({_any(asked.one_of)}) and enough from something else "
        f"({_any(asked.and_one_of)}), with at least {number(asked.blocks.points)} from each of "
        f"{number(asked.blocks.number)} blocks. Ordinary irritation is out when a normal day weighs "
        f"{number(asked.no_irritation_from)} or more."
    )


def _any(pairs: tuple[tuple[Block, float], ...]) -> str:
    return " or ".join(f"{block.value} {number(least)}" for block, least in pairs)


def _lead() -> str:
    return paragraph(
        "**Lead.** The highest in the picture leads; others that are less than "
        f"{number(rulebook().joint_within)} points behind lead with it; the rest are further layers. "
        "Several can be true at once, and nothing has to add up to a whole."
    )


def _unclear() -> str:
    unclear = rulebook().unclear
    ways = enumerate(_ways(unclear), start=1)
    return (
        paragraph("**Not clear yet**, if any of these holds:")
        + paragraph(*(f"{place}. {way}" for place, way in ways))
        + paragraph(
            "The third, the fourth and the sixth are about words, and no longer hold for what logged "
            f"trials have decided ({number(unclear.decided_by_trials)} points or more from them)."
        )
    )


def _ways(unclear: UnclearRule) -> tuple[str, ...]:
    pairs = ", ".join(f"{one.value} and {other.value}" for one, other in unclear.clash_pairs)
    against = ", ".join(block.value for block in unclear.against_blocks)
    return (
        "Nothing is in the picture.",
        f"More than {number(unclear.most_in_picture)} explanations are.",
        f"A whole block ({against}) speaks against what leads, with {number(unclear.against)} or less.",
        f"Blocks contradict each other {number(unclear.clash.number)} times or more ({pairs}; both with "
        f"at least {number(unclear.clash.points)} points).",
        f"{number(unclear.contradictions)} contradictions are open; or nothing that was changed made the "
        "Monday lighter; or the day is heavy and not one statement fits.",
        "Everything that was changed made the Monday light, and alike; or purpose and role did, and "
        "which of the two was not answered.",
        f"Something outside work weighs, and what leads has less than {number(unclear.outside_needs)} "
        "points.",
        "What leads, or did before, failed its own fair trial: done in full, and nothing changed.",
    )


def _words() -> str:
    words = rulebook().words
    least = ", ".join(f"“{_word(word)}” from {number(points)}" for word, points in words.least)
    rows = [(tier, f"“{_word(word)}”") for tier, word in zip(TIERS, words.by_tier, strict=True)]
    return (
        paragraph(
            f"**Words.** “{_word(Word.NOT_IN_PICTURE)}”, {least} points. No numbers, no percentages. What "
            "is known caps the word, however many points there are:"
        )
        + table(("what is known", "the most that may be said"), rows)
        + paragraph(
            f"With something outside work it is never more than “{_word(words.outside)}”, and in a result "
            f"that is not clear never more than “{_word(words.unclear)}”. Points without both kinds of "
            f"evidence are never more than “{_word(words.not_in_picture)}”. After the sketch something is "
            f"named only if it has {number(words.sketch.least)} points and is "
            f"{number(words.sketch.ahead)} ahead of everything else."
        )
    )


def _word(word: Word) -> str:
    return label("map.words", word)
