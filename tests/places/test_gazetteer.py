import subprocess
import sys
from datetime import UTC, datetime
from zoneinfo import available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.places.cities import Cities
from bot.places.gazetteer import Atlas
from bot.places.zones import country_of_zone
from flows.engine.places import City, Gazetteer

WINTER = datetime(2026, 1, 15, 12, tzinfo=UTC)
SUMMER = datetime(2026, 7, 15, 12, tzinfo=UTC)

ATLAS = Atlas(clock=lambda: WINTER)


def zones_of(cities: tuple[City, ...]) -> list[str]:
    return [city.zone for city in cities]


def test_the_atlas_is_a_gazetteer() -> None:
    gazetteer: Gazetteer = ATLAS

    assert gazetteer.zones("DE") == ("Europe/Berlin",)


@pytest.mark.parametrize(
    ("text", "locale", "code"),
    [
        ("Germany", "en", "DE"),
        ("GERMANY", "en", "DE"),
        ("Deutschland", "de", "DE"),
        ("Allemagne", "fr", "DE"),
        ("Alemania", "es", "DE"),
        ("Германия", "ru", "DE"),
        ("Germany", "ru", "DE"),
        ("Deutschland", "en", "DE"),
        ("Österreich", "en", "AT"),
        ("osterreich", "en", "AT"),
        ("Россия", "en", "RU"),
        ("日本", "en", "JP"),
        ("Kanada", "en", "CA"),
        ("Brasil", "pt-BR", "BR"),
        ("Germany", "tlh", "DE"),
        ("Burma", "en", "MM"),
    ],
)
def test_a_country_is_known_in_the_persons_language_in_english_and_in_its_own(
    text: str, locale: str, code: str
) -> None:
    assert ATLAS.countries(text, locale) == (code,)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("UK", "GB"),
        ("England", "GB"),
        ("Scotland", "GB"),
        ("Northern Ireland", "GB"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("us", "US"),
        ("America", "US"),
        ("Schweiz", "CH"),
        ("Holland", "NL"),
        ("UAE", "AE"),
        ("Czechia", "CZ"),
        ("Czech Republic", "CZ"),
        ("Türkiye", "TR"),
        ("turkey", "TR"),
        ("Ivory Coast", "CI"),
        ("South Korea", "KR"),
        ("California", "US"),
        ("New South Wales", "AU"),
    ],
)
def test_short_forms_and_well_known_parts_are_understood(text: str, code: str) -> None:
    assert ATLAS.countries(text, "en") == (code,)


@pytest.mark.parametrize(
    ("text", "code"), [("DE", "DE"), ("fr", "FR"), ("GBR", "GB"), ("IT", "IT"), ("Us", "US")]
)
def test_an_iso_code_alone_is_a_country(text: str, code: str) -> None:
    assert ATLAS.countries(text, "en") == (code,)


@pytest.mark.parametrize("text", ["it", "me", "can", "no", "NO", "si", "Si"])
def test_a_code_that_is_a_word_is_no_country(text: str) -> None:
    assert ATLAS.countries(text, "en") == ()


def test_a_flag_is_its_country() -> None:
    assert ATLAS.countries("🇩🇪", "en") == ("DE",)
    assert ATLAS.countries(
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "en"
    ) == ("GB",)
    assert ATLAS.countries("🇩🇪🇫🇷", "en") == ("DE", "FR")
    assert ATLAS.countries("🇪🇺", "en") == ()


@pytest.mark.parametrize(
    ("text", "locale", "code"),
    [
        ("I live in Germany", "en", "DE"),
        ("from spain!", "en", "ES"),
        ("ich wohne in der Schweiz", "de", "CH"),
        ("aux États-Unis", "fr", "US"),
        ("vivo en México 🙂", "es", "MX"),
        ("живу в Германии", "ru", "DE"),
        ("в штатах", "ru", "US"),
    ],
)
def test_a_country_is_found_in_a_sentence(text: str, locale: str, code: str) -> None:
    assert ATLAS.countries(text, locale) == (code,)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("germny", "DE"),
        ("untied states", "US"),
        ("New Zeland", "NZ"),
        ("Phillipines", "PH"),
        ("lichtenstein", "LI"),
        ("Marocco", "MA"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(text: str, code: str) -> None:
    assert ATLAS.countries(text, "en") == (code,)


def test_a_slip_between_two_countries_asks_which() -> None:
    assert set(ATLAS.countries("Austrlia", "en")) == {"AU", "AT"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Berlin", "DE"),
        ("near Lyon", "FR"),
        ("a small town near Lyon", "FR"),
        ("Den Haag", "NL"),
        ("Los Angeles, CA", "US"),
        ("Vaduz", "LI"),
        ("東京", "JP"),
        ("в Москве", "RU"),
    ],
)
def test_a_big_city_or_a_capital_tells_the_country(text: str, code: str) -> None:
    assert ATLAS.countries(text, "en") == (code,)


def test_a_small_town_tells_no_country() -> None:
    assert ATLAS.countries("Holiday", "en") == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Georgia", ("GE", "US")),
        ("Georgia, USA", ("US",)),
        ("Tbilisi, Georgia", ("GE",)),
        ("Atlanta Georgia", ("US",)),
        ("Congo", ("CD", "CG")),
        ("from Poland but I live in Germany", ("PL", "DE")),
        ("Columbia", ("CO", "US")),
    ],
)
def test_what_may_mean_several_countries_names_them_until_something_settles_it(
    text: str, codes: tuple[str, ...]
) -> None:
    assert ATLAS.countries(text, "en") == codes


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "😀",
        "🍕🍕",
        "asdf",
        "hhhhhhhh",
        "123",
        "banana",
        "pizza",
        "work",
        "yes",
        "ok",
        "idk",
        "later",
        "nowhere",
        "I hate my job",
        "none of your business",
        "I work in IT",
        "I work in HR",
        "so tired of this",
        "Europe",
        "South America",
        "x" * 5000,
    ],
)
def test_nonsense_is_no_country(text: str) -> None:
    assert ATLAS.countries(text, "en") == ()


@pytest.mark.parametrize("text", ["München", "Munich", "Muenchen", "munchen", "МЮНХЕН", "Munchn"])
def test_a_city_goes_by_many_names(text: str) -> None:
    assert ATLAS.cities(text, "DE") == (City("Munich", "DE", "Europe/Berlin"),)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("near Lyon", "Europe/Paris"),
        ("São Paulo", "America/Sao_Paulo"),
        ("la paz bolivia", "America/La_Paz"),
        ("NYC", "America/New_York"),
        ("LA", "America/Los_Angeles"),
        ("The Hague", "Europe/Amsterdam"),
        ("Calcutta", "Asia/Kolkata"),
        ("Kiev", "Europe/Kyiv"),
        ("Phoenix", "America/Phoenix"),
        ("Indianapolis", "America/Indiana/Indianapolis"),
        ("Las Palmas", "Atlantic/Canary"),
        ("Melborne", "Australia/Melbourne"),
        ("сейчас в Лондоне", "Europe/London"),
        ("Europe/Berlin", "Europe/Berlin"),
        ("america/new york", "America/New_York"),
    ],
)
def test_a_city_tells_its_zone(text: str, zone: str) -> None:
    assert zones_of(ATLAS.cities(text, None)) == [zone]


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("London, Ontario", "America/Toronto"),
        ("Paris, Texas", "America/Chicago"),
        ("Portland, OR", "America/Los_Angeles"),
        ("Portland Maine", "America/New_York"),
        ("Cambridge, UK", "Europe/London"),
        ("San José, Costa Rica", "America/Costa_Rica"),
        ("St Petersburg, Florida", "America/New_York"),
    ],
)
def test_what_stands_behind_a_city_says_which_one(text: str, zone: str) -> None:
    assert zones_of(ATLAS.cities(text, None)) == [zone]


def test_namesakes_are_offered_once_for_each_time_they_keep() -> None:
    assert zones_of(ATLAS.cities("Springfield", "US")) == [
        "America/Chicago",
        "America/New_York",
        "America/Los_Angeles",
    ]


def test_namesakes_in_several_countries_are_all_offered_until_the_country_is_known() -> None:
    everywhere = ATLAS.cities("Cambridge", None)

    assert [city.country for city in everywhere] == ["GB", "CA", "US", "NZ"]
    assert ATLAS.cities("Cambridge", "GB") == everywhere[:1]


def test_a_city_abroad_is_found_although_a_country_is_known() -> None:
    assert zones_of(ATLAS.cities("Tokyo", "DE")) == ["Asia/Tokyo"]


def test_a_far_smaller_namesake_is_not_offered() -> None:
    assert zones_of(ATLAS.cities("London", None)) == ["Europe/London"]


@pytest.mark.parametrize("text", ["", "😀", "nonsense blah", "here", "of", "never", "later", "y" * 5000])
def test_nonsense_is_no_city(text: str) -> None:
    assert ATLAS.cities(text, "DE") == ()


def test_zones_of_a_country_come_by_population_and_once_for_each_time() -> None:
    american = ATLAS.zones("US")

    assert american[:5] == (
        "America/New_York",
        "America/Chicago",
        "America/Los_Angeles",
        "America/Denver",
        "America/Phoenix",
    )
    assert "America/Detroit" not in american
    assert ATLAS.zones("ES") == ("Europe/Madrid", "Atlantic/Canary")
    assert ATLAS.zones("AR") == ("America/Argentina/Buenos_Aires",)


def test_countries_without_a_city_or_a_row_of_their_own_have_zones() -> None:
    assert ATLAS.zones("TK") == ("Pacific/Fakaofo",)
    assert ATLAS.zones("XK") == ("Europe/Belgrade",)


@pytest.mark.parametrize("country", ["ZZ", "", "de", "AN"])
def test_an_unknown_country_has_no_zone(country: str) -> None:
    assert ATLAS.zones(country) == ()


@pytest.mark.parametrize(
    ("offset", "now", "country", "zones"),
    [
        (-300, WINTER, "US", ("America/New_York",)),
        (-420, WINTER, "US", ("America/Denver", "America/Phoenix")),
        (-420, SUMMER, "US", ("America/Los_Angeles", "America/Phoenix")),
        (60, WINTER, "DE", ("Europe/Berlin",)),
        (60, SUMMER, "DE", ()),
        (120, SUMMER, "DE", ("Europe/Berlin",)),
        (600, WINTER, "AU", ("Australia/Brisbane",)),
        (-600, WINTER, "KI", ("Pacific/Kiritimati",)),
        (0, WINTER, "ZZ", ()),
    ],
)
def test_an_offset_finds_the_zones_of_a_country_on_both_sides_of_daylight_saving(
    offset: int, now: datetime, country: str, zones: tuple[str, ...]
) -> None:
    assert ATLAS.zones_at(offset, now, country) == zones


@pytest.mark.parametrize(
    ("offset", "first", "last"),
    [
        (60, "Europe/Berlin", "Etc/GMT-1"),
        (-300, "America/New_York", "Etc/GMT+5"),
        (330, "Asia/Kolkata", "Asia/Kolkata"),
        (-600, "Pacific/Honolulu", "Etc/GMT+10"),
        (840, "Pacific/Kiritimati", "Etc/GMT-14"),
    ],
)
def test_without_a_country_the_most_people_come_first_and_the_plain_offset_last(
    offset: int, first: str, last: str
) -> None:
    zones = ATLAS.zones_at(offset, WINTER, None)

    assert (zones[0], zones[-1]) == (first, last)


def test_an_offset_that_nobody_uses_has_no_zone() -> None:
    assert ATLAS.zones_at(15, WINTER, None) == ()


def test_every_zone_that_can_come_out_exists_and_is_a_name_of_today() -> None:
    known = set(country_of_zone())
    cities = {zone for people in Cities().people().values() for zone in people}
    offered = {zone for country in set(country_of_zone().values()) for zone in ATLAS.zones(country)}

    assert cities | offered <= known <= available_timezones()
    assert not known & {"US/Eastern", "Asia/Calcutta", "Europe/Kiev", "GB"}


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["en", "de", "ru", "xx", ""]))
def test_a_stranger_may_type_anything(text: str, locale: str) -> None:
    codes = ATLAS.countries(text, locale)
    cities = ATLAS.cities(text, codes[0] if codes else None)

    assert all(ATLAS.zones(code) or code in {"BV", "HM"} for code in codes)
    assert len(cities) <= 4


def test_no_table_is_opened_before_the_first_question() -> None:
    script = (
        "import sys; opened = [];"
        "sys.addaudithook(lambda event, args: event == 'open' and opened.append(str(args[0])));"
        "from bot.places.gazetteer import Atlas; atlas = Atlas(); before = len(opened); atlas.zones('DE');"
        "tables = [name.endswith(('.json', 'zone.tab')) for name in opened];"
        "print(any(tables[:before]), any(tables[before:]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["False", "True"]
