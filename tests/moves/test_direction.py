"""/direction as a chat, and its ranking: few choices, nothing invented, stopped whenever somebody likes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.diaries import as_plain, from_plain
from flows.diary import Diary, Direction, Entry
from flows.engine.answers import Rejected
from flows.engine.say import Label, Say
from flows.engine.words import Ear
from flows.moves.direction_flow import DIRECTION, OwnThings
from flows.moves.direction_ranking import Chosen, Ranking, ranked
from flows.moves.direction_things import THINGS, giving, lean, own_parts, seeded
from flows.reply import Reply
from tests.coach.given import HOUSE, NOW, Chat, facts, prompts, somebody, words
from tests.longitudinal.given import with_diary

MONDAY = date(2026, 3, 2)


def asked(things: Sequence[str], rank: Mapping[str, int]) -> tuple[Ranking, int]:
    """Choose between pairs, as somebody does who knows what they like, until nothing is asked any more."""
    chosen: dict[frozenset[str], str | None] = {}
    while True:
        ranking = ranked(things, chosen)
        if ranking.pair is None:
            return ranking, len(chosen)
        one, other = ranking.pair
        assert frozenset(ranking.pair) not in chosen
        alike = rank[one] == rank[other]
        chosen[frozenset(ranking.pair)] = None if alike else min(ranking.pair, key=lambda each: rank[each])


@given(st.permutations("abcdef"), st.integers(1, 6))
def test_nine_choices_at_most_put_the_first_three_of_six_in_order(order: list[str], count: int) -> None:
    things = order[:count]
    ranking, choices = asked(things, {thing: ord(thing) for thing in things})

    best = sorted(things)
    assert list(ranking.places) == [(thing,) for thing in best[:3]]
    assert set(ranking.below) == set(best[3:])
    assert choices <= 9


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6))
def test_what_weighs_the_same_shares_a_place_and_nothing_is_lost(ranks: list[int]) -> None:
    rank = dict(zip("abcdef", ranks, strict=False))
    ranking, choices = asked(tuple(rank), rank)

    levels = sorted(set(ranks))[: len(ranking.places)]
    assert [{rank[thing] for thing in place} for place in ranking.places] == [{level} for level in levels]
    told = [thing for place in ranking.places for thing in place]
    assert sorted((*told, *ranking.below)) == sorted(rank)
    assert choices <= 9


@given(st.lists(st.sampled_from("abcdef"), unique=True, min_size=2), st.data())
def test_no_answers_whatever_lead_round_in_circles(things: list[str], data: st.DataObject) -> None:
    chosen: dict[frozenset[str], str | None] = {}
    left = ranked(things, chosen).left
    while (ranking := ranked(things, chosen)).pair is not None:
        assert ranking.left <= left
        left = ranking.left - 1
        chosen[frozenset(ranking.pair)] = data.draw(st.sampled_from((*ranking.pair, None)))

    assert len(chosen) <= 9


def test_what_was_never_compared_is_called_open() -> None:
    chosen: Chosen = {frozenset("ab"): "a"}
    ranking = ranked("abcd", chosen)

    assert ranking.places == (("a",), ("b",))
    assert ranking.waiting == ("c", "d")


def log(*told: tuple[str, int], who: str = "") -> tuple[Entry, ...]:
    return tuple(
        Entry(number, MONDAY, 10, what, left, who=who) for number, (what, left) in enumerate(told, start=1)
    )


def test_the_log_puts_first_what_gave_and_last_what_drained() -> None:
    entries = log(*[("teaching", 2)] * 4, *[("fixing", -2)] * 4, *[("learning", 1)] * 3)
    diary = Diary(entries=entries)

    assert seeded(("technical", "calm", "teaching"), diary) == ("teaching", "calm", "technical")
    assert giving(diary) == ("teaching",)


def test_three_entries_say_nothing_yet() -> None:
    diary = Diary(entries=log(*[("teaching", 2)] * 3))

    assert lean("teaching", diary) is None
    assert giving(diary) == ()


@pytest.mark.parametrize(("who", "thing"), [("alone", "alone"), ("team", "together")])
def test_who_was_there_speaks_for_alone_or_together(who: str, thing: str) -> None:
    assert giving(Diary(entries=log(*[("writing", 2)] * 4, who=who)))[-1] == thing


def begun(*own_and_list: object, diary: Diary | None = None, **person: object) -> Chat:
    chat = with_diary(diary or Diary(), **person)
    chat.commands("direction")
    for answer in own_and_list:
        chat.gives(answer)  # type: ignore[arg-type]
    return chat


def chooses(chat: Chat, best_first: Sequence[str]) -> Reply:
    """Answer every pair as somebody does who likes things in this order."""
    reply = chat.replies[-1]
    while chat.person.foreground is not None:
        conversation = chat.foreground
        pair = conversation.about["usual"].split("\n")[-2:]
        reply = chat.taps("a" if best_first.index(pair[0]) < best_first.index(pair[1]) else "b")
    return reply


def test_own_words_and_the_list_become_the_first_three() -> None:
    chat = begun("being outside", ("creative", "teaching", "calm", "seen"))
    reply = chooses(chat, ("calm", "being outside", "teaching", "seen", "creative"))

    kept = chat.person.diary.direction
    assert kept is not None
    assert kept.places == (("calm",), ("being outside",), ("teaching",))
    assert set(kept.below) == {"seen", "creative"}
    assert kept.open == ()
    assert facts(reply, "direction.result")["week"] == Say("direction.week.calm")
    assert "2. “being outside”" in words(reply)
    assert [each.body["places"] for each in chat.remembered("direction")] == [kept.places]
    assert from_plain(as_plain(chat.person.diary)) == chat.person.diary


def test_with_two_things_in_own_words_the_list_has_room_for_four() -> None:
    chat = begun("sun, a door")

    assert facts(chat.replies[-1], "direction.matters")["room"] == 4
    assert chat.says("creative, technical, impact, autonomy, calm").says[0].prompt == "engine.too_many"


def test_what_the_log_speaks_for_is_named_above_the_list_and_marks_nothing() -> None:
    chat = begun(None, diary=Diary(entries=log(*[("teaching", 2)] * 4)))

    assert "left you with more: teaching, passing it on." in words(chat.replies[-1])
    assert not any(button.chosen for button in chat.replies[-1].says[-1].buttons)


def test_own_words_that_mean_a_thing_of_the_list_are_that_thing() -> None:
    chat = begun("Calm days", ("calm", "seen"))
    chooses(chat, ("calm", "seen"))

    assert chat.person.diary.direction is not None
    assert chat.person.diary.direction.places == (("calm",), ("seen",))


def test_both_things_stand_on_buttons_and_either_can_be_typed() -> None:
    chat = begun("being outside", ("seen",))
    labels = [button.label for button in chat.replies[-1].says[-1].buttons[:2]]
    chat.says("being outsid")

    assert labels == ["being outside", Label("direction.matters", "seen")] or labels == [
        Label("direction.matters", "seen"),
        "being outside",
    ]
    assert chat.person.diary.direction is not None
    assert chat.person.diary.direction.places[0] == ("being outside",)


@pytest.mark.parametrize("said", ["about the same", "both", "skip"])
def test_two_that_weigh_the_same_share_a_place(said: str) -> None:
    chat = begun(None, ("calm", "seen"))
    chat.says(said)

    assert chat.person.diary.direction is not None
    assert set(chat.person.diary.direction.places[0]) == {"calm", "seen"}


def test_it_can_be_stopped_at_any_pair_and_says_what_is_settled() -> None:
    chat = begun(None, ("creative", "calm", "seen", "learning"))
    chat.taps("a")
    reply = chat.says("that's enough")

    kept = chat.person.diary.direction
    assert kept is not None
    assert [len(place) for place in kept.places] == [1, 1]
    assert len(kept.open) == 2
    assert prompts(reply) == ("direction.result", "direction.open")


def test_stopped_at_the_first_pair_nothing_is_settled_and_nothing_is_claimed() -> None:
    chat = begun(None, ("creative", "calm", "seen"))
    chat.taps("that_is_enough")
    kept = chat.person.diary.direction
    assert kept is not None
    assert (kept.places, kept.open) == ((), ("creative", "calm", "seen"))
    assert prompts(chat.replies[-1]) == ("direction.all_open",)


def test_a_new_ranking_that_settles_nothing_leaves_the_earlier_one() -> None:
    earlier = Direction(MONDAY, (("calm",), ("seen",)))
    chat = with_diary(Diary(direction=earlier))
    chat.commands("direction", "again")
    for answer in (None, ("creative", "learning"), "that_is_enough"):
        chat.gives(answer)

    assert chat.person.diary.direction == earlier


def answers_to(question: str, chat: Chat) -> list[object]:
    return [each.body["value"] for each in chat.remembered("answer") if each.body["question"] == question]


def test_a_changed_choice_counts_as_changed() -> None:
    chat = begun(None, ("calm", "seen", "learning"))
    first = chat.foreground.about["usual"].split("\n")
    chat.taps("a")
    chat.says("back")
    chat.taps("b")
    while chat.person.foreground is not None:
        chat.gives(None)

    assert answers_to("p1", chat) == first


def test_what_is_taken_off_the_list_is_not_asked_about_any_more() -> None:
    chat = begun(None, ("calm", "seen", "learning"))
    chat.taps("a")
    chat.says("back")
    chat.says("back")
    chat.gives(("creative", "impact"))
    if chat.foreground.pending is not None:
        chat.says("change it")

    while chat.person.foreground is not None:
        assert set(chat.foreground.about["usual"].split("\n")[-2:]) == {"creative", "impact"}
        chat.taps("a")
    assert chat.person.diary.direction is not None
    assert {thing for place in chat.person.diary.direction.places for thing in place} == {
        "creative",
        "impact",
    }


def test_nothing_named_is_nothing_kept() -> None:
    chat = begun(None, None)

    assert chat.person.diary.direction is None
    assert prompts(chat.replies[-1])[-1] == "direction.nothing"


def test_one_thing_needs_no_choice() -> None:
    chat = begun(None, ("calm",))

    assert chat.person.diary.direction is not None
    assert chat.person.diary.direction.places == (("calm",),)


def test_it_is_kept_and_can_be_done_again() -> None:
    chat = with_diary(Diary(direction=Direction(MONDAY, (("calm",), ("seen",)))))
    shown = chat.commands("direction")
    again = chat.taps("again")

    assert prompts(shown) == ("direction.kept",)
    assert prompts(again)[-1] == "direction.own"
    assert chat.person.diary.direction is not None


def test_the_command_goes_on_with_one_that_was_begun() -> None:
    chat = begun("sun")
    chat.commands("later")
    chat.waits(hours=3)

    assert prompts(chat.commands("direction")) == ("direction.matters",)


def test_somebody_on_leave_gets_nothing_to_do_with_it() -> None:
    chat = begun(None, ("calm", "seen"), situation="leave")
    reply = chat.taps("a")

    assert prompts(reply) == ("direction.result_resting",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a, b, c, d", "direction.too_many"),
        ("x" * 60, "direction.too_long"),
        ("🙂, 🙂", "engine.no_words"),
        ("  ", "engine.no_words"),
        ("y" * 300, "engine.too_long"),
    ],
)
def test_own_words_that_cannot_stand_on_a_button_are_asked_for_again(text: str, why: str) -> None:
    ear = Ear(HOUSE.voices["en"].catalogue.words, HOUSE.coach.places, NOW)
    own = DIRECTION.questions["own"]
    assert isinstance(own, OwnThings)

    found = own.parse(text, "direction.own", ear)

    assert isinstance(found, Rejected)
    assert found.reason == why


def test_own_words_are_never_altered_and_stand_as_what_they_are() -> None:
    chat = begun("<b>Sun</b> & {{ x }}", ("calm",))
    reply = chooses(chat, ("<b>Sun</b> & {{ x }}", "calm"))

    assert own_parts(" <b>Sun</b>  & {{ x }} , sea\nsky") == ("<b>Sun</b> & {{ x }}", "sea", "sky")
    assert "“&lt;b&gt;Sun&lt;/b&gt; &amp; {{ x }}”" in words(reply)


@given(st.text(max_size=80))
def test_a_stranger_at_a_pair_always_gets_an_answer(text: str) -> None:
    chat = begun("sun", ("calm", "seen"))
    reply = chat.says(text)

    assert reply.says or reply.toast
    assert len(chat.person.open_flows) <= 1


def test_every_thing_of_the_list_means_something_this_week_in_every_language() -> None:
    for voice in HOUSE.voices.values():
        for thing in THINGS:
            assert voice.plain(Say(f"direction.week.{thing}")).endswith((".", "?"))


def test_what_was_open_before_is_offered_again_at_the_end() -> None:
    chat = somebody()
    chat.commands("direction")
    chat.gives(None)
    reply = chat.gives(("calm",))

    assert prompts(reply)[-1] == "coach.back_to_it"
    assert chat.foreground.flow == "sketch"
