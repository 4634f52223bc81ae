"""What counts together: scenarios, rest, what was tried, the energy log, and answers that pull apart."""

from __future__ import annotations

from bot.rulebook import rulebook
from docs.asked import english, label, sitting_of, worded
from docs.tables import NOTHING, number, paragraph, said, signed, table
from flows.assessment.codes import CHOICES, TRIAL_KINDS
from flows.assessment.contradictions import CHECKS
from flows.assessment.rule_items import ANY_LOAD, LOAD, REST
from flows.assessment.rule_parts import TrialKind

PATTERNS = {
    "a": "What drains follows the type of activity, and what gives energy is a small part of the week",
    "b": "Everything drains, and more with hours awake or after short sleep",
    "c": "What drains follows particular people or forums, whatever the task",
    "d": "The same activity drains for one client or product and not for another",
    "e": "A few sharp drains in good days",
    "f": "All types of activity drain alike",
}


def scenarios() -> str:
    """What the thought experiment says: by how much one change lifts the same Monday."""
    what_ifs = rulebook().what_ifs
    best, flat, money = what_ifs.best, what_ifs.flat, what_ifs.money
    owners = [
        (f"`{item}`", _asked(item), label("map.layers", each), f"{each}")
        for each, items in what_ifs.items.items()
        for item in items
    ]
    steps = [(f"at least {number(step.lift)}", signed(step.points)) for step in what_ifs.steps]
    points = [
        f"- The best scenario gets {signed(best.points)} on top if it lifts by at least "
        f"{number(best.lift)} and is {number(best.ahead)} ahead of the next.",
        *(
            f"- {each.lifts} lifts by {number(each.lift)} or more and {each.rests} by less than "
            f"{number(each.under)}: {said(each.points)}."
            for each in what_ifs.cross
        ),
        f"- More pay (`{money.item}`) lifts by {number(money.lift)} or more: {said(money.points)}. Less "
        "proves nothing.",
        f"- Flat answers: all lift by {number(flat.high_lift)} or more and lie within "
        f"{number(flat.high_range)}, or none reaches {number(flat.low_lift)}. Then everything in this "
        f"block counts {number(flat.weight)} of its points.",
    ]
    return (
        "\n## Scenarios\n"
        + paragraph(
            "A scenario counts by its lift: the part of the Monday as it is (`CF0`) that the one change "
            "takes away. From 8 to 2 is a lift of 0.75. Where several items belong to one explanation, "
            f"the lightest Monday counts. With a `CF0` under {number(what_ifs.least_baseline)} there is "
            "nothing to lift, and none of them counts."
        )
        + table(("item", "question", "tests", "points for"), owners)
        + table(("lift", "points for its explanation"), [*steps, ("less", signed(what_ifs.below))])
        + paragraph(*points)
    )


def _asked(item: str) -> str:
    flow = sitting_of(item)
    return worded(flow.prompt(item)) if flow else ""


def rest() -> str:
    """What the longest break says, by when the heaviness was back and the load on return."""
    loads = CHOICES[LOAD]
    rows = [
        (label("sketch.R3", code), f"`{code}`", *(_after_rest(code, load) for load in loads))
        for code in CHOICES[REST]
    ]
    heads = (f"then the load was: {label('sketch.R4', load)}" for load in loads)
    return (
        "\n## Rest\n"
        + paragraph(
            "Heavy again soon after a holiday is what most people find who come back to the same pile. "
            "It separates explanations only when the load on return was ordinary or lighter, so that is "
            "always asked."
        )
        + table(("the heaviness was back (`R3`)", "code", *heads), rows)
    )


def _after_rest(code: str, load: str) -> str:
    told = rulebook().rest
    return said(told.get((code, ANY_LOAD)) or told.get((code, load), {}))


def trials() -> str:
    """What a trial says, by what came of it."""
    rule = rulebook()
    doses = rule.doses
    rows = [
        (f"`{name}` {_kind(name)}", _fair(name), str(kind.own or "none"), *_outcomes(kind))
        for name in TRIAL_KINDS
        if (kind := rule.kinds.get(name))
    ]
    heads = ("kind", "fair try", "its own test of", "it held", "it wore off", "no change, or worse")
    return (
        "\n## What was tried\n"
        + paragraph(
            "One table for what was logged week by week and for what is told from memory (`T1` to `T4`); "
            f"memory counts {number(doses.from_memory)} of it. Less than a fair try counts "
            f"{number(doses.below_fair)}, less than {number(doses.least_dose)} of one nothing. Two "
            f"changes at once count {number(doses.two_at_once)} each. A trial without two weeks before it "
            f"to compare with counts {number(doses.short_baseline)}, and one with an upheaval outside "
            "work in the middle counts nothing."
        )
        + table(heads, rows)
    )


def _kind(name: str) -> str:
    return label("battery.T1", name) if name in english().labels.get("battery.T1", {}) else ""


def _fair(name: str) -> str:
    prompt = f"battery.fair.{name}"
    return worded(prompt) if prompt in english().templates else "seven days really off"


def _outcomes(kind: TrialKind) -> list[str]:
    return [_outcome(kind, outcome) for outcome in ("held", "temp", "none")]


def _outcome(kind: TrialKind, outcome: str) -> str:
    """The points of an outcome, and of its cases: the load on return, or still heavy."""
    cases = [
        f"{case.partition('/')[2].replace('_', ' ')}: {said(points)}"
        for case, points in kind.says.items()
        if case.startswith(f"{outcome}/")
    ]
    return "; ".join([said(kind.says.get(outcome, {})), *cases])


def energy() -> str:
    """What the patterns of an energy log say."""
    rows = [
        (PATTERNS.get(letter, NOTHING), f"`{letter}`", said(points))
        for letter, points in rulebook().energy.items()
    ]
    return (
        "\n## Energy log\n"
        + paragraph("Each pattern counts times the coverage of the log, from 0 to 1.")
        + table(("pattern", "letter", "counts for"), rows)
    )


def what_pulls_apart() -> str:
    """The checks: which answers pull apart, whether an open one counts, and what is asked."""
    rows = [
        (
            f"`{check.code}`",
            check.quotes.__name__.replace("_", " "),
            "yes" if check.counts else "no",
            _settling(check.code),
        )
        for check in CHECKS
    ]
    return (
        "\n## Answers that pull apart\n"
        + paragraph(
            "Each is asked about once, in one neutral question, and any answer but “I can't say” settles "
            f"it. Of those that count, {number(rulebook().unclear.contradictions)} that stay open make "
            "the result “not clear yet”. [words] in the questions are the person's own answers."
        )
        + table(("code", "what pulls apart", "counts", "what is asked"), rows)
    )


def _settling(code: str) -> str:
    """The question that settles a check; purpose or role is a question of the third sitting."""
    prompt = "battery.F1" if code == "X3" else f"checks.{code}"
    return worded(prompt) if prompt in english().templates else "not asked"
