"""In a language that no list is written in nothing is heard: that is said once, and /sos is shown."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from bot.lexicons import LANGUAGES, lexicons
from flows.person import Standing
from flows.safety.unlisted import LISTED, SCRIPTS, is_unlisted
from tests.coach.given import Chat, a_stranger, prompts, said, words
from tests.safety.crisis_given import at_work, in_crisis

NOTICE = "crisis.unlisted"
ARABIC = "العمل يستنزفني كل يوم ولا أعرف لماذا أستمر"
OTHERS = {
    "arabic": ARABIC,
    "hebrew": "העבודה שוחקת אותי כל יום ואני לא יודע למה",
    "chinese": "每天上班都让我筋疲力尽我不知道为什么",
    "japanese": "毎日の仕事でとても疲れています",
    "korean": "매일 일 때문에 너무 지쳐 있어요",
    "hindi": "काम मुझे हर दिन थका देता है और मुझे पता नहीं क्यों",
    "greek": "Η δουλειά με εξαντλεί κάθε μέρα",
    "thai": "งานทำให้ฉันเหนื่อยทุกวันเลย",
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_what_is_written_at_length_in_another_script_is_told_of_once(text: str) -> None:
    chat = at_work()

    first, second = chat.says(text, ref=900), chat.says(text)

    assert prompts(first)[0] == NOTICE
    assert prompts(first)[1:] == ("sketch.O1.kept", "sketch.O2")
    assert NOTICE not in prompts(second)


@pytest.mark.parametrize(
    "text",
    [
        "Too many meetings, and nobody reads what I write.",
        "Слишком много встреч, и никто не читает, что я пишу.",
        "Zu viele Besprechungen, und niemand liest es. Öfter, größer, ärger.",
        *(
            "Θεσσαλονίκη",
            "東京",
            "תל אביב",
            "サンフランシスコ",
            "",
            "12345678901234567890123",
            "😀😀😀😀😀😀😀😀😀😀",
        ),
        f"My colleague writes me things like {ARABIC[:20]} and I have to answer all of them at night.",
    ],
)
def test_what_the_lists_can_read_and_a_name_are_nothing_to_tell_of(text: str) -> None:
    assert not is_unlisted(text)


def scripts_of(language: str) -> set[str]:
    lexicon = next(each for each in lexicons().each if each.language == language)
    words = "".join(word.key for word in lexicon.me)
    return {unicodedata.name(sign).split()[0] for sign in words if sign.isalpha()}


def test_the_languages_and_the_scripts_are_those_of_the_lists() -> None:
    assert set(LANGUAGES) == LISTED
    assert {script for language in LANGUAGES for script in scripts_of(language)} == SCRIPTS


def test_from_then_on_sos_stands_under_questions_that_are_answered_in_own_words() -> None:
    chat = at_work()
    chat.says(ARABIC, ref=900)

    scale, free = chat.commands("continue"), chat.commands("change", "O1")

    assert "/sos" not in words(scale)
    assert "/sos" in words(free).splitlines()[-1]


def test_a_count_under_a_question_is_kept_beside_it() -> None:
    chat = at_work()
    chat.says(ARABIC, ref=900)
    chat.person = replace(chat.person, open_flows=())

    note = chat.says(ARABIC)

    assert prompts(note) == ("note.ask",)
    assert said(note, "note.ask").foot is not None


def test_who_writes_in_a_listed_language_sees_no_such_line() -> None:
    chat = at_work()
    chat.says("The meetings.", ref=900)

    assert said(chat.commands("change", "O1"), "sketch.O1").foot is None


def test_a_chat_in_a_language_without_a_list_is_told_as_soon_as_somebody_has_agreed() -> None:
    chat = at_work()
    chat.coach = replace(chat.coach, words={**chat.coach.words, "it": chat.coach.words["en"]})
    chat.person = replace(chat.person, locale="it")

    assert [NOTICE in prompts(chat.commands("help")) for _ in range(2)] == [True, False]


def test_in_a_crisis_there_is_only_help_and_it_is_told_afterwards() -> None:
    chat = in_crisis()

    assert NOTICE not in prompts(chat.says(ARABIC))
    chat.waits(hours=25).says("I'm OK to go on")
    assert NOTICE in prompts(chat.says(ARABIC))


def refused() -> Chat:
    return a_stranger(standing=Standing.DECLINED)


def test_somebody_who_refused_is_not_told_since_nothing_is_kept_of_them() -> None:
    chat = refused()

    assert prompts(chat.says(ARABIC)) == ("coach.you_declined",)


def test_a_stranger_is_told_too() -> None:
    assert prompts(a_stranger().says(ARABIC)) == (NOTICE, "onboarding.welcome")
