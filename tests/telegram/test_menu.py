"""What people see before they write."""

from __future__ import annotations

from bot.catalogue import Catalogue, load_catalogues
from bot.channels.telegram import Telegram
from bot.channels.telegram_menu import Menu, fingerprint, menus_of
from bot.rendering import Voice
from flows.commands import SHOWN
from tests.servers.botapi import BotApi


def reworded(locale: str) -> Voice:
    english = load_catalogues()["en"]
    same = english.reworded(lambda words: f"{words[:40]} [{locale}]")
    return Voice(Catalogue(locale, same.templates, same.labels, same.words))


def menus() -> list[Menu]:
    return menus_of({"en": Voice(load_catalogues()["en"]), "de": reworded("de"), "pt-BR": reworded("pt-BR")})


def test_there_is_a_menu_for_everybody_and_one_for_each_other_language() -> None:
    everybody, german, portuguese = menus()

    assert [everybody.language, german.language, portuguese.language] == ["", "de", "pt"]
    assert [name for name, _ in german.commands] == list(SHOWN)
    assert german.description.endswith("[de]")


def test_the_words_of_a_menu_have_no_escapes_and_no_tags() -> None:
    (everybody, *_) = menus()

    words = [everybody.description, everybody.short_description, *dict(everybody.commands).values()]
    assert not [each for each in words if "<" in each or "&" in each]


async def test_the_menu_is_shown_in_every_language(api: BotApi, telegram: Telegram) -> None:
    for menu in menus():
        await telegram.show_menu(menu)

    profile = api.cloud.profile
    assert [each["command"] for each in profile.commands_for(None, "de")] == list(SHOWN)
    assert len(profile.commands_for(None, "")) == len(SHOWN)
    assert profile.text("description", "de").endswith("[de]")
    assert profile.text("short_description", "fr") == menus()[0].short_description
    assert profile.menu_buttons[0] == {"type": "commands"}


def test_the_fingerprint_changes_with_any_word_and_with_the_bot() -> None:
    (everybody, *others) = menus()
    changed = Menu("", everybody.commands, everybody.description, "Another word.")

    prints = {
        fingerprint([everybody, *others], 1),
        fingerprint([everybody], 1),
        fingerprint([changed, *others], 1),
        fingerprint([everybody, *others], 2),
    }

    assert len(prints) == 4
    assert fingerprint(menus(), 1) == fingerprint(menus(), 1)
