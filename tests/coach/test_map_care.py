"""What comes before explanations and beside them: harm, ground, a doctor; what would settle it, by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from flows.assessment.explanations import Explanation
from flows.assessment.map import current_map
from flows.assessment.reading import read
from flows.diary import PlannedTrial, Week
from flows.engine.answers import Value
from flows.engine.say import Fact, Label, OnDay, Say
from flows.person import Person
from flows.reply import Reply
from tests.assessment.vignettes import VIGNETTES
from tests.coach.given import HOUSE, NOW, PURPOSE, facts, prompts, sketched, words
from tests.coach.personas import answers_of, at_the_end

RULE = HOUSE.coach.rule
TODAY = date(2026, 3, 2)
LOAD: dict[str, Value] = {
    "O3": "1-6",
    "O4": "busy",
    "O5": "a",
    "K2": 4,
    "V1": 0,
    "CF1": 1,
    "CF2": 7,
    "R3": "nobreak",
}
BASE: dict[str, Value] = {**PURPOSE, "game": "on", "apart": "on"}
HARMED: dict[str, Value] = {**BASE, "O2": 9, "E1": 4, "CF2": 6, "CF4": 1, "e1": ("harm",)}


def vignette(name: str) -> dict[str, Value]:
    return answers_of(next(each.facts for each in VIGNETTES if each.name == name))


def mapped(person: Person) -> tuple[str, ...]:
    return tuple(say.prompt for say in current_map(person, RULE, NOW))


def settling(reply: Reply) -> dict[str, Fact]:
    return facts(reply, "map.would_change")


@pytest.mark.parametrize(("heaviness", "comes"), [(7, False), (8, True), (10, True)])
def test_a_very_heavy_day_gets_ground_under_its_feet_first_whatever_leads(
    heaviness: int, comes: bool
) -> None:
    assert ("map.ground" in prompts(sketched(O2=heaviness).replies[-1])) is comes


def test_ground_is_not_said_twice_where_the_load_leads() -> None:
    assert "map.ground" not in prompts(sketched(**{**LOAD, "O2": 9, "O3": "1-6"}).replies[-1])


def test_the_latest_week_counts_for_how_heavy_it_is() -> None:
    person = sketched(O2=9, O3="1-6").person
    lighter = Week(TODAY, NOW, workday=5)
    silent = Week(TODAY + timedelta(weeks=1), NOW)

    assert "map.ground" in mapped(person)
    assert "map.ground" not in mapped(replace(person, diary=replace(person.diary, weeks=(lighter, silent))))


def test_harm_comes_first_then_ground_then_what_could_be_tried_without_staying() -> None:
    told = prompts(at_the_end(HARMED).chat.replies[-1])

    assert told.index("map.harm") < told.index("map.ground") < told.index("map.would_change")


def test_with_harm_no_day_is_named_until_which_to_stay() -> None:
    there = settling(at_the_end(HARMED).chat.replies[-1])

    assert there == {"settles": Say("map.settle.harm"), "when": ""}


def test_where_nothing_but_life_outside_shows_that_comes_first() -> None:
    someone = at_the_end(vignette("P17"))

    told = prompts(someone.chat.replies[-1])

    assert told.index("map.outside_first") < told.index("map.unclear")
    assert "map.outside" not in told
    assert settling(someone.chat.replies[-1])["settles"] == Say("map.settle.OUT")


@pytest.mark.parametrize(
    ("answers", "severe"),
    [
        ({"O2": 8, "O3": "6-24"}, True),
        ({"O2": 8, "O3": "always"}, True),
        ({"O2": 8, "O3": "1-6"}, False),
        ({"O2": 7, "O3": "gt2"}, False),
        ({"O6": 3}, True),
        ({"O6": 2}, False),
    ],
)
def test_the_severe_track_names_a_doctor_in_one_line(answers: dict[str, Value], severe: bool) -> None:
    chat = sketched(**answers)

    assert read(chat.person, RULE, NOW).is_severe is severe
    assert ("map.severe" in prompts(chat.replies[-1])) is severe
    assert words(chat.replies[-1]).count("octor") == severe


@pytest.mark.parametrize(("long", "weeks"), [("1-6", 4), ("6-24", 12)])
def test_a_lighter_load_is_judged_after_four_weeks_and_after_twelve_when_it_is_severe(
    long: str, weeks: int
) -> None:
    there = settling(sketched(**{**LOAD, "O2": 9, "O3": long}).replies[-1])

    assert there["settles"] == Say("map.settle.own.CAP")
    assert there["when"] == Say(
        "map.when",
        {"weeks": Label("map.weeks", str(weeks)), "day": OnDay(TODAY + timedelta(weeks=weeks))},
    )


def test_a_lead_is_settled_by_its_own_fair_trial_however_weak_its_rivals_are() -> None:
    assert settling(sketched().replies[-1])["settles"] == Say("map.settle.own.VAL")


def test_a_trial_that_runs_is_what_settles_it_and_on_its_own_day() -> None:
    person = sketched().person
    trial = PlannedTrial(1, "purpose", TODAY, TODAY + timedelta(weeks=4))
    trying = replace(person, diary=replace(person.diary, trials=(trial,)))

    (there,) = (say for say in current_map(trying, RULE, NOW) if say.prompt == "map.would_change")

    assert there.facts["settles"] == Say("map.settle.running", {"day": OnDay(trial.ends)})


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", None, "No/Where"])
def test_the_day_is_that_of_the_person(zone: str | None) -> None:
    person = replace(sketched().person, zone=zone)
    late = NOW.replace(hour=23)

    (there,) = (say for say in current_map(person, RULE, late) if say.prompt == "map.would_change")

    first = TODAY + timedelta(days=zone == "Pacific/Kiritimati")
    assert isinstance(there.facts["when"], Say)
    assert there.facts["when"].facts["day"] == OnDay(first + timedelta(weeks=4))


def test_of_rivals_that_are_equally_weak_the_likeliest_mistake_is_named() -> None:
    """Only the load speaks here; with all others at the bottom it is most easily taken for the purpose."""
    alone: dict[str, Value] = {
        **{"O2": 9, "O3": "gt2", "O4": "daily", "O5": "f", "K2": 2, "E1": 0, "V1": 0, "D1": 0, "I1": 0},
        **{"CF0": 9, "CF1": 4, "CF2": 9, "CF4": 9, "CF5": 9, "R3": "nobreak"},
    }
    chat = sketched(**alone)

    told = facts(chat.replies[-1], "map.unclear")

    points = read(chat.person, RULE, NOW).result.points
    assert {points[Explanation(each)] for each in ("VAL", "ENV", "IDN")} == {-6}
    assert (told["first"].code, told["second"].code) == ("CAP", "VAL")


def test_what_really_happened_counts_before_any_further_sitting() -> None:
    """A trial that ran its weeks takes the map beyond a first hunch."""
    person = sketched().person
    weeks = tuple(Week(TODAY + timedelta(weeks=n), NOW, workday=8 if n < 0 else 2) for n in range(-3, 9))
    tried = PlannedTrial(
        1,
        "purpose",
        TODAY,
        TODAY + timedelta(weeks=4),
        ended=TODAY + timedelta(weeks=8),
        outcome="held",
        dose=1.0,
    )
    happened = replace(person, diary=replace(person.diary, weeks=weeks, trials=(tried,)))

    told = mapped(happened)

    assert read(happened, RULE, NOW).facts.trials
    assert "map.overview" in told
    assert "map.hunch" not in told
    (there,) = (say for say in current_map(happened, RULE, NOW) if say.prompt == "map.open")
    assert there.facts["unknown"] == Say("map.unknown.happened")


def test_irritation_that_shows_early_is_not_sounded_as_if_it_were_ruled_out() -> None:
    signs: dict[str, Value] = {
        **{"O2": 5, "O3": "1-6", "O4": "events", "O5": "e", "I1": 4, "V1": 0, "K2": 0, "R3": "nobreak"},
        **{"CF0": 5, "CF1": 4, "CF2": 5, "CF4": 4, "CF5": 5},
    }

    assert "map.irritation_later" in prompts(sketched(**signs).replies[-1])
    assert "map.irritation_later" not in prompts(sketched().replies[-1])
    grumbler = at_the_end(vignette("P13")).chat.replies[-1]
    assert "map.irritation_later" not in prompts(grumbler)
    assert Explanation.IRR in read(at_the_end(vignette("P13")).chat.person, RULE, NOW).named
