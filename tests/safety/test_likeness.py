"""Likeness adds a question where no list knows the words; it begins nothing and takes nothing back."""

from __future__ import annotations

import pytest

from bot.ears import shipped
from bot.lexicons import lexicons
from bot.likeness import MADE_OF, LikenessError, likeness, read_likeness, text_of_file
from flows.safety.detection import Found
from flows.safety.likeness import Likeness, features
from flows.safety.listening import LIKENESS, FromLists
from tests.safety.practise import made_of, ours

ALWAYS = Likeness({}, bias=1.0, asks_from=0.0)
NEVER = Likeness({}, bias=-1.0, asks_from=0.0)


def test_the_weights_are_made_of_the_phrases_that_are_there() -> None:
    assert f"# {MADE_OF}: {made_of()} " in text_of_file()


@pytest.mark.parametrize(
    "text", ["I want to kill myself", "I am not suicidal, only tired", "he hits me at home"]
)
def test_where_a_list_knows_the_words_nothing_is_changed(text: str) -> None:
    alone = FromLists(lexicons()).listen(text)

    assert alone is not None
    assert FromLists(lexicons(), ALWAYS).listen(text) == FromLists(lexicons(), NEVER).listen(text) == alone


def test_where_no_list_knows_them_it_only_ever_asks() -> None:
    assert FromLists(lexicons(), ALWAYS).listen("The meetings were very long") == Found(
        "oblique", "", LIKENESS
    )
    assert FromLists(lexicons(), NEVER).listen("The meetings were very long") is None


def test_one_sentence_of_many_is_enough() -> None:
    known = Likeness({"dark": 9.0}, bias=-1.0, asks_from=0.0)

    assert known.asks("The meetings were long. It is so dark. I went home late, as every day of this year.")
    assert not known.asks("The meetings were long. I went home late, as every day of this year.")


@pytest.mark.parametrize("text", ["", "… 12 !!", "more than two"])
def test_a_few_words_are_too_little_to_go_by(text: str) -> None:
    assert not ALWAYS.asks(text)


def test_no_answer_that_we_offer_is_asked_about() -> None:
    assert [label for label in ours() if likeness().asks(label)] == []


def test_features_are_words_their_pieces_and_neighbours() -> None:
    found = features(("no", "way", "out"))

    assert {"no", "~^no", "~^no$", "no+way", "way+out", "no+way+out", "no..out"} <= found


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


@pytest.mark.parametrize("broken", ["x", "# bias: 1\n# asks from: soon\n", "# bias: 1\n", "heavy\tword\n"])
def test_a_file_that_cannot_be_read_is_refused(broken: str) -> None:
    with pytest.raises(LikenessError, match="likeness"):
        read_likeness(broken)


def test_the_heaviest_weights_stand_first() -> None:
    weights = [line.split("\t")[0] for line in text_of_file().splitlines() if not line.startswith("#")]

    assert [float(each) for each in weights] == sorted(map(float, weights), reverse=True)
    assert len(likeness().weights) == len(weights)
