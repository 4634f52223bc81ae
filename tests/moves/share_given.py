"""What tests of the packet start from: somebody with a map, some weeks, trials and words of their own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bot.packets import Packet
from flows.diary import PlannedTrial, Week
from flows.engine.answers import Value
from flows.engine.say import Say
from flows.reply import Reply
from tests.coach.given import HOUSE, Chat
from tests.moves.mapped import of, with_kept

MONDAY = date(2026, 1, 5)

TRIAL = PlannedTrial(
    1,
    "load",
    date(2026, 1, 12),
    date(2026, 2, 9),
    what="No laptop after seven",
    ended=date(2026, 2, 9),
    outcome="temp",
    lesson="Zoltan still rang at nine",
)


def week(number: int, workday: int | None, day_off: int | None, pro: str = "") -> Week:
    at = datetime(2026, 1, 11, tzinfo=UTC) + timedelta(weeks=number)
    return Week(MONDAY + timedelta(weeks=number), at, workday, day_off, pro=pro)


WEEKS = (week(0, 8, 4), week(1, 7, None), week(3, 8, 5, "Again a case like Enron"), week(4, 6, 3))


def lawyer(situation: str = "employed", **answers: Value) -> Chat:
    """The lawyer of the method, five weeks on."""
    told: dict[str, Value] = {"O1": "I win cases I should lose.", **answers}
    nights = {date(2026, 2, 1): 6, date(2026, 2, 2): 5}
    return with_kept(of("P01", situation, **told), weeks=WEEKS, trials=(TRIAL,), nights=nights)


def previewed(chat: Chat, reader: str, wish: str | None = "Just listen first.") -> Reply:
    """The preview of a packet for a reader."""
    chat.commands("share")
    chat.taps(reader)
    return chat.gives(wish)


def file_of(reply: Reply, locale: str = "en") -> Packet:
    """The packet that came with a reply, in words."""
    (made,) = [say for say in reply.says if say.file is not None]
    file = HOUSE.voices[locale].to(reply.person.situation).bubble(made).file
    assert isinstance(file, Packet)
    return file


def lines_of(reply: Reply, locale: str = "en") -> dict[int, str]:
    """The lines of a preview, by number."""
    voice = HOUSE.voices[locale].to(reply.person.situation)
    numbered = [line for say in reply.says if say.prompt == "share.part" for line in _lines(say)]
    return {int(str(each.facts["number"])): voice.plain(each.facts["line"]) for each in numbered}


def _lines(part: Say) -> list[Say]:
    lines = part.facts["lines"]
    assert isinstance(lines, tuple)
    return [line for line in lines if isinstance(line, Say)]
