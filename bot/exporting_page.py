"""The page that comes with an export: plain HTML that loads nothing and runs nothing.

Everything on it that somebody wrote is escaped, and a policy in the page itself forbids whatever escaping
might have missed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from bot.rendering import Voice
from flows.engine.asking import shown
from flows.engine.conversation import Conversation, from_plain
from flows.engine.flow import Flow
from flows.engine.say import CountryName, Fact, Label, Say, ZoneName

if TYPE_CHECKING:
    from bot.exporting import Export, ExportedLetter, ExportedRecord

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em;
  color: #222e2c; background: #fcfbf8; overflow-wrap: anywhere }
h1, h2, h3 { line-height: 1.2 } h1, h2 { color: #1f6b62 } h3 { font-size: 1em; margin: 1.5em 0 0 }
dl { margin: .3em 0 .3em 1em } dt { color: #53605c } dd { margin: 0 0 .3em 1em; white-space: pre-wrap }
summary { cursor: pointer } time { color: #53605c }
@media (prefers-color-scheme: dark) { body { color: #e6e4de; background: #181c1b }
  h1, h2 { color: #7cc4b8 } dt, time { color: #9aa8a3 } }
"""

PAGE = Markup("""<!doctype html>
<html lang="{locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>
<p>{made}</p>
{parts}
</body>
</html>
""")
LINES = Markup("\n")
PART = Markup("<h2>{}</h2>\n{}")
SITTING = Markup("<h3>{}</h3>\n<dl>{}</dl>")
PAIR = Markup("<dt>{}</dt><dd>{}</dd>")
MOMENT = Markup("<time>{}</time>")
HAPPENED = Markup("<details><summary><time>{}</time> {}</summary>{}</details>")


def page(export: Export, voice: Voice, flows: Mapping[str, Flow]) -> bytes:
    """Return the page in the language of the voice, in UTF-8."""
    voice = voice.to(export.person.situation)
    parts = [PART.format(_say(voice, title), body) for title, body in _parts(export, voice, flows)]
    whole = PAGE.format(
        locale=voice.catalogue.locale,
        policy=POLICY,
        title=_say(voice, "title"),
        style=Markup(STYLE),  # noqa: S704 - ours, and the only thing here that is not escaped
        made=_say(voice, "made", day=export.made_at.date().isoformat()),
        parts=LINES.join(parts),
    )
    return str(whole).encode("utf-8", "replace")


def _say(voice: Voice, name: str, **facts: Fact) -> str:
    return voice.plain(Say(f"page.{name}", facts))


def _parts(export: Export, voice: Voice, flows: Mapping[str, Flow]) -> Iterator[tuple[str, Markup]]:
    yield "settings", _list(_settings(export, voice))
    yield "agreed", _list(_agreed(export, voice))
    yield "answers", LINES.join(_sittings(export, voice, flows)) or _nothing(voice)
    diary = {name: value for name, value in export.diary.items() if name not in ("consents", "keeping")}
    yield "weeks", _tree(diary) if diary else _nothing(voice)
    yield "history", LINES.join(map(_happened, export.records)) or _nothing(voice)
    if export.set_aside:
        yield "aside", LINES.join(map(_letter, export.set_aside))


def _nothing(voice: Voice) -> Markup:
    return escape(_say(voice, "nothing"))


def _settings(export: Export, voice: Voice) -> Iterator[tuple[str, str]]:
    """The words are those of /settings; a situation is shown as it was chosen."""
    person, unknown = export.person, Label("coach.settings", "unknown")
    there: dict[str, Fact] = {
        "language": Label("onboarding.welcome", person.locale),
        "country": CountryName(person.country) if person.country else unknown,
        "clock": ZoneName(person.zone) if person.zone else unknown,
    }
    for name, fact in there.items():
        yield voice.plain(Label("coach.settings", name)), voice.plain(fact)


def _agreed(export: Export, voice: Voice) -> Iterator[tuple[str, str]]:
    for each in export.records:
        if each.kind == "consent":
            purpose, version = str(each.body.get("purpose")), each.body.get("version")
            words = _say(voice, "core") if purpose == "core" else purpose
            yield words, f"{_minute(each.at)} ({version})"


def _sittings(export: Export, voice: Voice, flows: Mapping[str, Flow]) -> Iterator[Markup]:
    """Answers with the questions in words; of a flow that this release does not know, as they are stored."""
    for name, plain in export.conversations.items():
        there = from_plain(name, plain)
        if name in flows:
            pairs = [
                _answer(there, question, flows[name], voice)
                for question in there.trail
                if question in there.answers
            ]
        else:
            pairs = [(question, str(each.value)) for question, each in there.answers.items()]
        if pairs:
            yield SITTING.format(name, _pairs(iter(pairs)))


def _answer(there: Conversation, question: str, flow: Flow, voice: Voice) -> tuple[str, str]:
    value = there.answers[question].value
    try:
        return voice.plain(flow.short(there, question)), voice.plain(shown(flow, question, value))
    except (KeyError, ValueError):  # an option or a question of an earlier release
        return question, str(value)


def _happened(record: ExportedRecord) -> Markup:
    return HAPPENED.format(_minute(record.at), record.kind, _tree(record.body))


def _letter(letter: ExportedLetter) -> Markup:
    return HAPPENED.format(_minute(letter.at), letter.reason, _tree({"text": letter.text}))


def _tree(value: Any) -> Markup:
    """Return any JSON as nested lists."""
    if isinstance(value, Mapping):
        return _list((str(name), _tree(each)) for name, each in value.items())
    if isinstance(value, list):
        if all(isinstance(each, str | int | float | None) for each in value):
            return escape(", ".join(str(each) for each in value))
        return _list((str(number), _tree(each)) for number, each in enumerate(value, start=1))
    return escape("" if value is None else json.dumps(value) if isinstance(value, bool) else value)


def _list(pairs: Iterator[tuple[str, str]] | Any) -> Markup:
    return Markup("<dl>{}</dl>").format(_pairs(pairs))


def _pairs(pairs: Iterator[tuple[str, str]]) -> Markup:
    return LINES.join(PAIR.format(name, value) for name, value in pairs)


def _minute(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
