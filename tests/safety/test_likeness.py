"""Likeness adds to what lists find, where they find less than danger; it takes nothing back."""

from __future__ import annotations

import pytest

from bot.ears import shipped
from bot.lexicons import lexicons, read_lexicon
from bot.likeness import MADE_OF, LikenessError, likeness, read_likeness, text_of_file
from flows.safety.detection import Found
from flows.safety.lexicon import Lexicons
from flows.safety.likeness import Bounds, Like, Likeness, Sums, features
from flows.safety.listening import LIKENESS, FromLists
from tests.safety.phrases import made_of, ours
from tests.safety.practise import likeness_from, way, written

ALWAYS = Likeness({}, Sums(1.0, 1.0), Bounds(0.0, 0.0, 0.0))
ASKS = Likeness({}, Sums(1.0, 1.0), Bounds(0.0, 2.0, 2.0))
SETTLES = Likeness({}, Sums(1.0, 1.0), Bounds(0.0, 0.0, 2.0))
NEVER = Likeness({}, Sums(-1.0, -1.0), Bounds(0.0, 0.0, 0.0))

LISTS = """
version = 1
reviewed_by = "nobody yet"
me = []
small = ["und", "der"]
[lists]
[third_person]
[idioms]
[denials]
[explicit.one]
note = "a note"
says = ["red"]
unsure = ["amber"]
[violence.one]
note = "a note"
says = ["him"]
[oblique.one]
note = "a note"
says = ["yellow"]
[under_18]
[harm]
"""


def heard(text: str, likeness: Likeness) -> Found | None:
    return FromLists(Lexicons.of([read_lexicon("de", LISTS)]), likeness).listen(text)


def test_the_weights_are_made_of_the_phrases_that_are_there() -> None:
    assert f"# {MADE_OF}: {made_of(way())} " in text_of_file()


def test_the_file_is_what_would_be_written_of_it() -> None:
    assert written(likeness()) == text_of_file()


@pytest.mark.parametrize(
    "text", ["I want to kill myself", "I am not suicidal, only tired", "he hits me at home"]
)
def test_where_a_list_is_sure_nothing_is_changed(text: str) -> None:
    alone = FromLists(lexicons()).listen(text)

    assert alone is not None
    assert FromLists(lexicons(), ALWAYS).listen(text) == FromLists(lexicons(), NEVER).listen(text) == alone


def test_where_no_list_knows_the_words_it_asks_or_begins() -> None:
    assert heard("the meetings were very long", NEVER) is None
    assert heard("the meetings were very long", ASKS) == Found("oblique", "", LIKENESS)
    assert heard("the meetings were very long", ALWAYS) == Found("explicit", "", LIKENESS, guessed=True)


def test_what_it_begins_with_is_answered_in_the_language_of_the_words() -> None:
    assert heard("der lange Tag und der kurze", ALWAYS) == Found("explicit", "de", LIKENESS, guessed=True)


def test_what_a_list_would_ask_about_it_may_begin_with() -> None:
    assert heard("it was all yellow", SETTLES) == Found("oblique", "de", "oblique.one")
    assert heard("it was all yellow", ALWAYS) == Found("explicit", "", LIKENESS, guessed=True)


def test_what_a_list_is_unsure_of_is_asked_about_and_settled_by_less() -> None:
    assert heard("it was all amber", NEVER) == Found("oblique", "de", "explicit.one")
    assert heard("it was all amber", SETTLES) == Found("explicit", "de", "explicit.one", guessed=True)


def test_a_threat_comes_before_what_a_list_is_unsure_of_and_after_what_it_is_sure_of() -> None:
    assert heard("all amber and him", NEVER) == Found("violence", "de", "violence.one")
    assert heard("all amber and him", SETTLES) == Found("explicit", "de", "explicit.one", guessed=True)
    assert heard("all red and him", NEVER) == Found("explicit", "de", "explicit.one")


def test_a_threat_stays_one_whatever_it_is_like() -> None:
    assert heard("it was only him", ALWAYS) == Found("violence", "de", "violence.one")


def test_one_sentence_of_many_is_enough() -> None:
    known = Likeness({"dark": Sums(9.0, 0.0)}, Sums(-1.0, -1.0), Bounds(0.0, 0.0, 0.0))

    assert known.like("The meetings were long. It is so dark. I went home, as every day of this year.").asks
    assert not known.like("The meetings were long. I went home late, as every day of this year.").asks


@pytest.mark.parametrize("text", ["", "… 12 !!", "only three words"])
def test_a_few_words_are_too_little_to_go_by_and_settle_what_a_list_is_unsure_of(text: str) -> None:
    assert ALWAYS.like(text) == NEVER.like(text) == Like(asks=False, settles=True, begins=False)


def test_no_answer_that_we_offer_is_asked_about() -> None:
    like = {label: likeness().like(label) for label in ours()}

    assert [label for label, each in like.items() if each.asks or each.begins] == []


def test_features_are_pieces_of_words_rows_and_pairs() -> None:
    pieces, rows, pairs = features(("there", "is", "nothing"))

    assert {"~^is", "~is$", "~^is$", "~noth"} <= pieces
    assert rows == {"there", "is", "nothi", "there+is", "is+nothi", "there+is+nothi"}
    assert pairs == {"there..is", "is..nothi", "there..nothi"}


def test_weights_are_learnt_from_what_is_on_either_side() -> None:
    dark = ["it is all so dark", "dark is all there is", "so dark in here"]
    light = ["it is all so light", "light is all there is", "so light in here"]

    known = likeness_from([{"explicit": dark, "everyday": light}])

    assert known.of(("very", "dark")).begins > known.of(("very", "light")).begins


@pytest.mark.parametrize(
    "text",
    """
    The meetings never end
    My contract ends in May
    I sleep badly before Mondays
    I used to love this job. Now I just count hours.
    I can't do this job any more
    I am so tired of pretending to care about click rates
    Honestly I just want to sleep for a week
    No purpose. We sell things nobody needs.
    My job has no meaning any more
    nothing I do matters here
    I want out
    what I do feels pointless
    I feel empty after every shift and I don't know why
    mi trabajo ya no tiene sentido
    mon travail n'a plus de sens
    работа потеряла смысл
    Every deadline kills me
    Zu viele Meetings und kein Ende
    Ich will da nicht mehr hin
    Die Arbeit hat keinen Sinn mehr
    Ich kann diese Zahlen nicht mehr sehen
    Keine Luft zum Atmen zwischen den Terminen
    Mi jefe no escucha a nadie
    no me llena lo que hago
    Слишком много задач на работе
    Не вижу смысла в этой работе
    Trop de réunions, pas assez de temps
    je ne sers à rien dans cette boîte
    """.strip().splitlines(),
)
def test_plain_complaints_about_work_are_heard_as_nothing(text: str) -> None:
    assert shipped().listen(text) is None


@pytest.mark.parametrize(
    "broken", ["x", "# asks from: soon\n", "# bias of asking: 1\n", "1\tword\n", "1\tx\ty\n"]
)
def test_a_file_that_cannot_be_read_is_refused(broken: str) -> None:
    with pytest.raises(LikenessError, match="likeness"):
        read_likeness(broken)
