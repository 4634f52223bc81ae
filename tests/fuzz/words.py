"""Texts that people, and people who mean harm, send. At most 4096 units of UTF-16, never empty."""

from __future__ import annotations

from random import Random

from flows.commands import COMMANDS

LONGEST = 4096

PLAIN = (
    *(
        "yes",
        "no",
        "hello",
        "skip",
        "back",
        "why?",
        "7",
        "0",
        "10",
        "3",
        "english",
        "deutsch",
        "germany",
        "ja",
    ),
    *(
        "I'm employed",
        "the meetings",
        "sometimes",
        "later",
        "go on",
        "not now",
        "delete everything",
        "weiter",
    ),
    *("They moved the deadline again and nobody asked us.", "Europe/Berlin", "sunday 19:00", "monday 8"),
)
HOSTILE = (
    *("<b>", "</b><script>alert(1)</script>", "<a href='tg://user?id=1'>x</a>", "&lt;&amp;&#0;&#xD800;", "<"),
    *(
        "{{ 7 * 7 }}",
        "{% for x in ().__class__.__base__.__subclasses__() %}",
        "{#",
        "%s%n",
        "${jndi:ldap://x}",
    ),
    *("'; DROP TABLE person; --", "\\", '"', "\x00", "\x01\x1f\x7f", "␀", "\u200b", "﻿", "\ufffe\uffff"),
    *(
        "\u202eevil",
        "שלום",
        "مرحبا" * 9,
        "👩‍👩‍👧‍👦",
        "🏳️‍🌈" * 99,
        "e" + "́" * 300,
        "İ",
        "ß",
        "Ⅷ",
        "٣",
        "７",
        "²",
    ),
    *(
        "9" * 400,
        "-1",
        "1e9",
        "NaN",
        "0x10",
        "inf",
        "7.5",
        "1/0",
        "1_0",
        "10" * 40,
        "\n" * 50,
        " ",
        "\t",
        ".",
    ),
    *(
        "q:0:0:a:b",
        "c:erase:",
        "/start@",
        "/",
        "//",
        "@",
        "telegram:1",
        "2026-02-30",
        "25:61",
        "Etc/../passwd",
    ),
)


def text(chance: Random, labels: list[str]) -> str:
    """Return what somebody writes; `labels` stand on the buttons they see."""
    kind = chance.random()
    if labels and kind < 0.35:
        return chance.choice(labels)[:LONGEST]
    if kind < 0.65:
        return chance.choice(PLAIN)
    if kind < 0.68:
        return fitting(chance.choice(HOSTILE) * LONGEST)
    if kind < 0.9:
        return fitting(chance.choice(HOSTILE))
    parts = [chance.choice((*PLAIN, *HOSTILE)) for _ in range(chance.randint(2, 12))]
    return fitting(chance.choice(("", " ", "\n")).join(parts))


def command(chance: Random) -> str:
    """Return a command, of ours or not, perhaps with the name of a bot and words behind it."""
    name = chance.choice((*COMMANDS, *COMMANDS, "start", "nothing", "Start", "x" * 64))
    bot = chance.choice(("", "", "", "@tare_bot", "@another_bot", "@"))
    return fitting(
        f"/{name}{bot}{chance.choice(('', '', ' ', f' {chance.choice(HOSTILE)}', ' ref_1', ' yes'))}"
    )


def fitting(words: str) -> str:
    """Cut to what one message holds, never in the middle of a character."""
    cut = words.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
    return cut or "."


def units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2
