"""The rotating set: what each question of the week is for, and whom it fits. Its words are prompts."""

from __future__ import annotations

from dataclasses import dataclass

LAYERS = ("CAP", "ENV", "VAL", "IDN", "IRR")

Tags = frozenset[str]


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question. `gives` says in a word what it is for; `anywhere`: it needs no workplace.

    It fits whoever has one of `layers` as lead or rival, a running trial of one of `trials`, the stage (v4),
    or one of the changes (W3) in the week before. With none of these it fits anybody.
    """

    name: str
    gives: str
    layers: Tags = frozenset()
    trials: Tags = frozenset()
    stages: Tags = frozenset()
    after: Tags = frozenset()
    anywhere: bool = False

    @property
    def is_for_anybody(self) -> bool:
        """Whether nothing has to be known of a person."""
        return not (self.layers or self.trials or self.stages or self.after)


def _anybody(gives: str, *names: str) -> tuple[Prompt, ...]:
    return tuple(Prompt(name, gives, anywhere=True) for name in names)


def _layer(layers: str, gives: str, *names: str, anywhere: bool = False) -> tuple[Prompt, ...]:
    return tuple(Prompt(name, gives, frozenset(layers.split()), anywhere=anywhere) for name in names)


def _trial(kinds: str, gives: str, *names: str) -> tuple[Prompt, ...]:
    return tuple(Prompt(name, gives, trials=frozenset(kinds.split()), anywhere=True) for name in names)


def _stage(stages: str, gives: str, name: str) -> Prompt:
    return Prompt(name, gives, stages=frozenset(stages.split()))


def _after(change: str, gives: str, name: str, *, anywhere: bool = True) -> Prompt:
    return Prompt(name, gives, after=frozenset({change}), anywhere=anywhere)


ANY_TRIAL = "load support pay skill people fix purpose role employer newrole"

PROMPTS: tuple[Prompt, ...] = (
    *_anybody("energy", "quarter_hour", "lost_time", "best_day"),
    *_anybody("load", "breathed_out", "most_tired", "took_too_long", "could_go"),
    *_anybody("limits", "quick_yes", "good_enough", "until_calmer"),
    *_anybody("noticing", "left_out", "surprise", "comes_to_mind", "dear_friend"),
    *_anybody("people", "carried_alone", "not_said"),
    *_anybody("craft", "nobody_saw"),
    *_anybody("options", "choices_seen", "already_decided"),
    *_anybody("counter", "seen_differently", "does_not_fit"),
    *_anybody("return", "came_back"),
    *_anybody("direction", "a_year_ago"),
    # load without enough rest
    *_layer("CAP", "rest", "really_off", "lights_out", anywhere=True),
    *_layer("CAP", "pacing", "after_the_hardest", anywhere=True),
    *_layer("CAP", "recovery", "patience", "more_like_yourself", anywhere=True),
    *_layer("CAP", "recovery", "still_in_view"),
    *_layer("CAP", "load", "interrupted", anywhere=True),
    *_layer("CAP", "limits", "not_yours", anywhere=True),
    *_layer("CAP", "limits", "end_of_day"),
    # how people are treated
    *_layer("ENV", "people", "braced", "honest", "one_away", "on_friday"),
    *_layer("ENV", "people", "on_your_side", anywhere=True),
    *_layer("ENV", "culture", "first_day", "praised"),
    *_layer("ENV", "protection", "to_prove"),
    # what the work is for
    *_layer("VAL", "purpose", "at_the_table", "how_close", "your_name"),
    *_layer("VAL", "purpose", "better_off", anywhere=True),
    *_layer("VAL ENV", "return", "what_became_of_it"),
    *_layer("VAL", "cost", "went_along"),
    *_layer("VAL IDN", "cost", "made_up_for"),
    *_layer("VAL", "reshape", "more_of_which"),
    # the role itself
    *_layer("IDN", "energy", "hours_you_would_pick", "well_and_tired"),
    *_layer("IDN", "craft", "start_to_finish", anywhere=True),
    *_layer("IDN", "self", "least_pretending", anywhere=True),
    *_layer("IDN", "self", "no_title"),
    *_layer("IDN", "direction", "envy", "more_in_a_year", anywhere=True),
    *_layer("IDN", "direction", "next_step_up", "first_scene"),
    *_layer("IDN", "reshape", "one_hour"),
    # ordinary irritation
    *_layer("IRR", "annoyance", "no_longer", "one_sentence", "laugh_later"),
    # a trial is running
    *_trial(ANY_TRIAL, "noticing", "a_stranger_to_it"),
    *_trial(ANY_TRIAL, "dose", "in_the_way"),
    *_trial(ANY_TRIAL, "counter", "something_else"),
    *_trial("load", "rest", "free_time"),
    *_trial("purpose", "purpose", "which_day"),
    *_trial("role newrole skill", "energy", "last_half_hour"),
    *_trial("people employer", "people", "old_caution"),
    *_trial("fix", "annoyance", "gone_and_instead"),
    *_trial("pay", "cost", "thought_of_money"),
    *_trial("support", "people", "still_in_your_ear"),
    # where it has got to (v4)
    _stage("1 2", "pride", "still_proud"),
    _stage("2 3", "noticing", "shrugged"),
    _stage("4 5", "craft", "still_felt_good"),
    _stage("5", "self", "held_out"),
    # what changed in the week before (W3)
    _after("holiday", "return", "day_back", anywhere=False),
    _after("illness", "load", "after_illness"),
    _after("more", "load", "gave_way"),
    _after("less", "rest", "where_it_went"),
    _after("other", "noticing", "still_there"),
)
