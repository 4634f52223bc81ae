"""Money in people's own hand: read and written as they do, and asked about where it is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.moves.money import Money, NoMoney, read_money, same_currency, written_like


@pytest.mark.parametrize(
    ("text", "units", "currency"),
    [
        ("2.400 €", 2400, "€"),
        ("2400€", 2400, "€"),
        ("€2,400", 2400, "€"),
        ("2.400,50 €", 2400.5, "€"),
        ("€2,400.50", 2400.5, "€"),
        ("€ 2400,-", 2400, "€"),
        ("$3,500", 3500, "$"),
        ("$3500/mo", 3500, "$"),
        ("USD 3500", 3500, "USD"),
        ("3500 dollars per month", 3500, "dollars"),
        ("CHF 5k", 5000, "CHF"),
        ("CHF 5'000.-", 5000, "CHF"),
        ("5\u2019000 Fr.", 5000, "Fr"),
        ("3 500 kr", 3500, "kr"),
        ("3\u202f500 kr", 3500, "kr"),
        ("kr. 30.000", 30000, "kr"),
        ("12 500 Kč", 12500, "Kč"),
        ("R$ 4.000", 4000, "R$"),
        ("₹1,20,000", 120000, "₹"),
        ("2400", 2400, ""),
        ("2,4k", 2400, ""),
        ("1.5k", 1500, ""),
        ("3 Tsd. €", 3000, "€"),
        ("about 2400 euros a month", 2400, "euros"),
        ("ca. 2.400 netto", 2400, ""),
        ("2400 EUR netto im Monat", 2400, "EUR"),
        ("take-home 2400", 2400, ""),
        ("1.2 million", 1_200_000, ""),
        ("٢٤٠٠", 2400, ""),
        ("0", 0, ""),
    ],
)
def test_an_amount_is_read_in_the_hand_of_whoever_wrote_it(text: str, units: float, currency: str) -> None:
    assert read_money(text) == Money(round(units * 100), currency)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "none"),
        ("enough", "none"),
        ("two thousand", "none"),
        ("\U0001f642", "none"),
        ("60%", "none"),
        ("10^12", "none"),
        ("1e12", "none"),
        ("I have 3 kids", "none"),
        ("1.234.56", "none"),
        ("2027-03-01", "none"),
        ("2400 " + "really " * 20, "none"),
        ("-300", "negative"),
        ("\u2212300 €", "negative"),
        ("$-300", "negative"),
        ("-$300", "negative"),
        ("minus 300", "negative"),
        ("2000-2500", "several"),
        ("2000 to 2500", "several"),
        ("2.000 oder 3.000 €", "several"),
        ("1000000000000", "too_much"),
        ("999 999 999 999 €", "too_much"),
        ("28k a year", "not_monthly"),
        ("25 € an hour", "not_monthly"),
        ("60.000 im Jahr", "not_monthly"),
    ],
)
def test_what_is_no_amount_is_told_apart(text: str, why: str) -> None:
    assert read_money(text) == NoMoney(why)  # type: ignore[arg-type]


def test_savings_may_be_of_a_year() -> None:
    assert read_money("6000 saved this year", monthly=False) == Money(600_000)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_an_amount_or_a_reason(text: str) -> None:
    found = read_money(text)

    assert isinstance(found, NoMoney) or found.hundredths >= 0


@pytest.mark.parametrize(
    ("sample", "written"),
    [
        ("2.400 €", "1.234.567\u00a0€"),
        ("2400€", "1234567€"),
        ("$3,500", "$1,234,567"),
        ("CHF 5k", "CHF\u00a01234567"),
        ("CHF 5'000.-", "CHF\u00a01'234'567"),
        ("3 500 kr", "1\u00a0234\u00a0567\u00a0kr"),
        ("kr. 30.000", "kr.\u00a01.234.567"),
        ("about 2400 euros a month", "1234567\u00a0euros"),
        ("2400", "1234567"),
        ("", "1234567"),
    ],
)
def test_other_amounts_are_written_like_the_one_they_wrote(sample: str, written: str) -> None:
    assert written_like(sample, 123_456_700) == written


def test_hundredths_are_written_only_where_there_are_some() -> None:
    assert written_like("2.400 €", 120_050) == "1.200,50\u00a0€"
    assert written_like("$3,500", 5) == "$0.05"
    assert written_like("2400", -50_000) == "-500"


SAMPLES = (
    "2.400 €",
    "$3,500",
    "CHF 5'000",
    "3 500 kr",
    "2400",
    "€2400.50",
    "kr. 30.000",
    "R$ 4.000",
    "₹2,400",
)


@given(st.sampled_from(SAMPLES), st.integers(0, 10**9))
def test_what_is_written_reads_back_as_the_same_amount(sample: str, hundredths: int) -> None:
    found = read_money(written_like(sample, hundredths))

    assert isinstance(found, Money)
    assert found.hundredths == hundredths
    assert same_currency(found.currency, read_money(sample).currency)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("€", "EUR", True),
        ("€", "euros", True),
        ("$", "CAD", True),
        ("kr", "NOK", True),
        ("CHF", "Fr", True),
        ("", "€", True),
        ("€", "", True),
        ("€", "$", False),
        ("SEK", "NOK", False),
        ("US$", "CAD", False),
    ],
)
def test_two_signs_may_stand_for_one_currency_or_may_not(one: str, other: str, same: bool) -> None:
    assert same_currency(one, other) is same
