"""What may name somebody is pointed at: in every language what has an @ or a number, and capital letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.moves.share_names import MOST, may_name


@pytest.mark.parametrize(
    ("text", "locale", "names"),
    [
        ("call +49 171 2345678 or me@x.org, ask @kim_l", "en", ("me@x.org", "@kim_l", "+49 171 2345678")),
        ("it is all on www.globex.example/team", "de", ("www.globex.example/team",)),
        ("I told Kim at Globex.", "en", ("Kim", "Globex")),
        ("Anna shouts at me every Monday and I'm done. Work drags.", "en", ("Anna",)),
        ("Anna moved the hearing again. Nothing changed.", "en", ("Anna",)),
        ("The meetings. They never end, and HR is no help", "en", ()),
        ("my hours went up in 2019 - 2024, 40 a week", "en", ()),
        ("Mein Chef Herr M\u00fcller br\u00fcllt in jeder Sitzung", "de", ("M\u00fcller",)),
        ("Sabine schreit, und der Druck w\u00e4chst mit jeder neuen Abrechnung", "de", ("Sabine",)),
        ("Jeden Montag liegt mir die Arbeit im Magen", "de", ()),
        ("die Besprechungen bei Globex", "de", ("Globex",)),
        (
            "Начальник Иван кричит",
            "ru",
            ("Иван",),
        ),
        ("", "en", ()),
    ],
)
def test_names_are_found_and_plain_words_are_left_alone(
    text: str, locale: str, names: tuple[str, ...]
) -> None:
    assert may_name(text, locale) == names


def test_each_name_is_pointed_at_once_and_not_too_many() -> None:
    assert may_name("with Kim and Kim and Kim", "en") == ("Kim",)
    assert len(may_name("with " + " and ".join(f"K{'a' * n}x" for n in range(20)), "en")) == MOST


@given(st.text(max_size=120), st.sampled_from(["en", "de", "ru"]))
def test_whatever_people_write_what_is_pointed_at_stands_in_it(text: str, locale: str) -> None:
    assert all(name in text for name in may_name(text, locale))
