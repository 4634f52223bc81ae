from dataclasses import replace
from datetime import date

import pytest

from bot.helplines import UNVERIFIED, HelplinesError, check_helplines, load_helplines
from bot.places.country_names import iso_codes
from flows.safety.helplines import FINDER, CountryLines, Helpline, lines_for

TODAY = date(2026, 11, 21)
SHIPPED = load_helplines()


def line(name: str = "Ear", display: str = "116 123", text: str = "", languages: str = "en") -> Helpline:
    return Helpline(
        name, display, "24/7", text, "", tuple(languages.split()), "https://ear.example", TODAY, "A Person"
    )


def only(*lines: Helpline, youth: tuple[Helpline, ...] = ()) -> dict[str, CountryLines]:
    return {"XX": CountryLines("XX", "112", lines, youth)}


def test_at_most_three_lines_are_shown() -> None:
    table = only(line("a"), line("b"), line("c"), line("d"))

    assert [shown.name for shown in lines_for("XX", table).lines] == ["a", "b", "c"]


def test_one_that_can_be_written_to_stands_first() -> None:
    table = only(line("a"), line("b"), line("c"), line("d", text="Chat d.example"))

    assert [shown.name for shown in lines_for("XX", table).lines] == ["d", "a", "b"]


def test_a_line_that_speaks_the_persons_language_stands_before_one_that_does_not() -> None:
    dutch, french = line("1813", text="Chat 1813", languages="nl"), line("Écoute", languages="fr")
    french_chat = line("Accueil", text="Chat accueil", languages="fr")
    table = only(dutch, french, french_chat)

    assert lines_for("XX", table, language="fr").lines == (french_chat, french, dutch)
    assert lines_for("XX", only(dutch, french), language="fr").lines == (french, dutch)
    assert lines_for("XX", table, language="de").lines == (dutch, french, french_chat)


def test_under_18_the_youth_lines_stand_first() -> None:
    table = only(line("adults", text="SMS 1"), youth=(line("youth"),))

    assert [shown.name for shown in lines_for("XX", table, under_18=True).lines] == ["youth", "adults"]
    assert [shown.name for shown in lines_for("XX", table).lines] == ["adults"]


def test_under_18_without_a_youth_line_the_others_are_shown() -> None:
    assert lines_for("XX", only(line("a")), under_18=True).lines == (line("a"),)


@pytest.mark.parametrize("country", [None, "", "ZZ", "us", "AQ"])
def test_an_unknown_country_gets_the_directory_and_nobody_elses_number(country: str | None) -> None:
    contacts = lines_for(country, SHIPPED)

    assert contacts.lines == ()
    assert contacts.emergency == ""
    assert contacts.finder == FINDER == "https://findahelpline.com"


@pytest.mark.parametrize("country", sorted(SHIPPED))
def test_no_country_ever_shows_the_line_of_another(country: str) -> None:
    for under_18 in (False, True):
        contacts = lines_for(country, SHIPPED, under_18=under_18)
        own = {*SHIPPED[country].lines, *SHIPPED[country].youth}

        assert 1 <= len(contacts.lines) <= 3
        assert set(contacts.lines) <= own
        assert contacts.emergency == SHIPPED[country].emergency


def test_the_shipped_table_has_no_error_and_real_countries_only() -> None:
    assert check_helplines(SHIPPED, TODAY).errors == ()
    assert len(SHIPPED) >= 30
    assert set(SHIPPED) <= set(iso_codes().values())


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("US", "988"),
        ("CA", "988"),
        ("GB", "116 123"),
        ("IE", "116 123"),
        ("DE", "0800 111 0 111"),
        ("FR", "3114"),
        ("ES", "024"),
        ("AT", "142"),
        ("AU", "13 11 14"),
    ],
)
def test_the_numbers_of_the_launch_countries_are_shown_as_people_dial_them(country: str, number: str) -> None:
    assert number in {shown.display for shown in lines_for(country, SHIPPED).lines}


def test_a_country_with_one_contact_is_refused_and_the_emergency_number_does_not_count() -> None:
    findings = check_helplines(only(line(), youth=(line("youth"),)), TODAY)

    assert findings.errors == ("XX: fewer than 2 contacts",)


def test_a_number_and_a_chat_are_two_contacts_and_the_same_number_twice_is_one() -> None:
    assert check_helplines(only(line(text="Chat ear.example")), TODAY).errors == ()
    assert check_helplines(only(line("a"), line("b")), TODAY).errors == ("XX: fewer than 2 contacts",)


@pytest.mark.parametrize(
    "broken",
    [
        replace(line(), display="+44 116 123"),
        replace(line(), display="0044 call us"),
        replace(line(), display="", text=""),
        replace(line(), text="85258"),
        replace(line(), hours="always"),
        replace(line(), languages=()),
        replace(line(), languages=("English",)),
        replace(line(), source="somewhere"),
        replace(line(), checked_by=""),
        replace(line(), checked_on=date(2026, 11, 22)),
    ],
)
def test_an_entry_that_would_mislead_is_refused(broken: Helpline) -> None:
    errors = check_helplines(only(broken, line("b", "988"), line("c", "989")), TODAY).errors

    assert len(errors) == 1
    assert errors[0].startswith("XX, Ear: ")


@pytest.mark.parametrize(("days", "warned"), [(90, False), (91, True)])
def test_an_entry_nobody_looked_at_for_more_than_90_days_is_a_warning(days: int, warned: bool) -> None:
    old = replace(line(text="SMS 1"), checked_on=date.fromordinal(TODAY.toordinal() - days))
    findings = check_helplines(only(old), TODAY)

    assert findings.errors == ()
    assert bool(findings.warnings) is warned


def test_an_entry_nobody_ever_looked_at_is_a_warning() -> None:
    findings = check_helplines(only(replace(line(text="SMS 1"), checked_on=None)), TODAY)

    assert findings == (("XX: nobody has looked at Ear",), ())


def test_an_entry_that_no_person_has_verified_is_a_warning() -> None:
    looked_up = replace(line(text="SMS 1"), checked_by=f"stored copy, {UNVERIFIED}")
    findings = check_helplines(only(looked_up), TODAY)

    assert findings == (("XX: no person has verified Ear",), ())


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[XX]\nemergency = "112"\n', "lines"),
        ('[XX]\nemergency = "112"\n[[XX.lines]]\nname = "Ear"\n', "languages"),
        ('[XX]\n[[XX.lines]]\nname = "Ear"\nlanguages = ["en"]\n', "emergency"),
        ("XX = 1\n", "XX"),
        ('[XX]\nemergency = "112"\n[[XX.lines]]\nname = "Ear"\nlanguages = ["en"]\nphone = "1"\n', "phone"),
    ],
)
def test_a_file_of_another_shape_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(HelplinesError, match=named):
        load_helplines(text)
