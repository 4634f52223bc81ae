"""What Telegram shows of the coach before anybody writes: the menu of commands and who it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass

from bot.rendering import Voice
from flows.commands import SHOWN
from flows.engine.say import Say

LONGEST = {"command": 256, "description": 512, "short_description": 120}
"""UTF-16 units that Telegram takes."""

FOR_EVERYBODY = "en"
"""The locale shown to people whose own language has none."""


@dataclass(frozen=True, slots=True)
class Menu:
    """The menu in one language (ISO 639-1), or for everybody else when that is empty."""

    language: str
    commands: tuple[tuple[str, str], ...]
    description: str
    short_description: str


def menus_of(voices: Mapping[str, Voice]) -> list[Menu]:
    """Return the menu for everybody, then one for each other locale."""
    others = [locale for locale in voices if locale != FOR_EVERYBODY]
    return [_menu("", voices[FOR_EVERYBODY]), *(_menu(locale, voices[locale]) for locale in others)]


def _menu(locale: str, voice: Voice) -> Menu:
    return Menu(
        language=locale.split("-", 1)[0],
        commands=tuple((name, voice.plain(Say(f"menu.{name}"))) for name in SHOWN),
        description=voice.plain(Say("menu.description")),
        short_description=voice.plain(Say("menu.short_description")),
    )


def fingerprint(menus: Iterable[Menu], bot_id: int) -> str:
    """Return what changes whenever a word of the menus changes, or the bot does."""
    words = json.dumps([bot_id, *(astuple(menu) for menu in menus)])
    return hashlib.sha256(words.encode()).hexdigest()
