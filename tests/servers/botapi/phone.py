"""One person with a phone: what they do to the bot and what they see of it."""

import base64
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from .shapes import Json, JsonObject

SENT = {"text", "photo", "document"}


class Ask(Protocol):
    """How a phone reaches the server: one verb of the control door with its arguments."""

    def __call__(self, verb: str, /, **arguments: Json) -> Awaitable[Json]: ...


class NotHeardError(AssertionError):
    """What a person waited for did not come; tells what came instead."""


@dataclass(frozen=True, slots=True)
class Button:
    text: str
    data: str | None = None
    style: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it looked on the phone at one moment, or something else the bot did there.

    kind: text, photo, document (sent); edit, keyboard, delete (changed); action, notice, alert (passing).
    `at` is unix time on the server's clock. Offsets and lengths of entities are UTF-16 units.
    """

    kind: str
    text: str
    at: float
    chat_id: int
    message_id: int | None = None
    rows: tuple[tuple[Button, ...], ...] = ()
    entities: tuple[JsonObject, ...] = ()
    photo: JsonObject | None = None
    document: JsonObject | None = None
    reply_to: int | None = None
    mine: bool = False
    edited: bool = False
    silent: bool = False
    protected: bool = False

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [button.text for button in self.buttons]

    def button(self, label: str) -> Button:
        """The one button with this label or this data."""
        (found,) = [button for button in self.buttons if label in {button.text, button.data}]
        return found


What = Callable[[Seen], bool] | str


def as_seen(entry: JsonObject) -> Seen:
    rows = tuple(tuple(_button(button) for button in row) for row in entry.get("buttons", ()))
    rest = {name: entry[name] for name in _PLAIN if name in entry}
    return Seen(rows=rows, entities=tuple(entry.get("entities", ())), **rest)


_PLAIN = (
    *("kind", "text", "at", "chat_id", "message_id", "photo", "document", "reply_to"),
    *("mine", "edited", "silent", "protected"),
)


def _button(button: JsonObject) -> Button:
    return Button(button["text"], button.get("callback_data"), button.get("style"), button.get("url"))


class Listening:
    """Reads the log of one chat on and on: every `hears` goes on after what the last one found."""

    def __init__(self, ask: Ask, chat_id: int) -> None:
        self._ask = ask
        self._chat_id = chat_id
        self._next = 0

    async def chat(self) -> list[Seen]:
        """All messages as they look now, oldest first: texts after edits, keyboards that are there."""
        return [as_seen(entry) for entry in await self._ask("chat", chat_id=self._chat_id)]

    async def log(self) -> list[Seen]:
        """Everything the bot ever did here, in order, each thing as it looked then."""
        return [as_seen(entry) for entry in await self._ask("log", chat_id=self._chat_id)]

    async def received(self) -> list[Seen]:
        """Every message the bot ever sent here, in order, also those edited or deleted since."""
        return [seen for seen in await self.log() if seen.kind in SENT]

    async def hears(self, what: What = "", within: float = 5.0) -> Seen:
        """The next thing the bot does that fits (a test, or a part of the text), or NotHeardError."""
        fits, passed = _test(what), []
        deadline = time.monotonic() + within
        while entries := await self._news(deadline - time.monotonic()):
            for entry in entries:
                self._next += 1
                seen = as_seen(entry)
                if fits(seen):
                    return seen
                passed.append((seen.kind, seen.text))
        raise NotHeardError(f"nothing like {what!r} within {within} s; heard {passed}")

    async def _news(self, within: float) -> list[JsonObject]:
        """What the bot did since the last thing that was heard, as soon as there is something."""
        return list(await self._ask("wait_for_log", chat_id=self._chat_id, after=self._next, within=within))

    async def hears_nothing(self, within: float = 0.3) -> None:
        """Fails when the bot does anything that was not heard yet."""
        heard = [(entry["kind"], entry["text"]) for entry in await self._news(within)]
        if heard:
            raise NotHeardError(f"silence was expected; heard {heard}")

    async def catch_up(self) -> None:
        """Take all that happened so far as heard."""
        self._next = len(await self.log())


def _test(what: What) -> Callable[[Seen], bool]:
    if callable(what):
        return what
    part = what
    return lambda seen: part in seen.text and seen.kind != "action"


class Group(Listening):
    """A group with the bot in it."""

    def __init__(self, ask: Ask, chat_id: int) -> None:
        super().__init__(ask, chat_id)
        self.id = chat_id


class Phone(Listening):
    """One Telegram user. Their private chat with the bot has the same id as they have."""

    def __init__(self, ask: Ask, person_id: int, first_name: str) -> None:
        super().__init__(ask, person_id)
        self.id = person_id
        self.first_name = first_name

    async def _do(self, verb: str, **arguments: Json) -> JsonObject:
        done: JsonObject = await self._ask(verb, person_id=self.id, **arguments)
        return done

    async def write(self, text: str, *, to: Group | None = None, reply_to: int | None = None) -> int:
        """Type a message, in private or in a group; its message_id."""
        done = await self._do("write", text=text, chat_id=to and to.id, reply_to=reply_to)
        return int(done["message_id"])

    async def command(self, name: str, payload: str = "", *, to: Group | None = None) -> int:
        """`command("start", "xyz")` is what a deep link with the payload xyz sends."""
        return await self.write(f"/{name} {payload}".rstrip(), to=to)

    async def edit(self, message_id: int, text: str) -> None:
        await self._do("edit", message_id=message_id, text=text)

    async def forget(self, message_id: int) -> None:
        """Delete a message, their own or the bot's, for both; the bot is not told."""
        await self._do("forget", message_id=message_id)

    async def tap(self, label: str, message: Seen | int | None = None, times: int = 1) -> list[str]:
        """Tap a button by its label or data; the ids of the callback queries.

        On a `Seen`: the button it had then, even when it is gone by now (a screen that has not caught up).
        On a message_id, or on the newest message that has buttons: the button that is there now.
        """
        if isinstance(message, Seen):
            return await self.forge(message.button(label).data or "", message, times=times)
        done = await self._do("press", label=label, message_id=message, times=times)
        return list(done["callback_query_ids"])

    async def forge(
        self, data: str, message: Seen | int, *, times: int = 1, inaccessible: bool = False
    ) -> list[str]:
        """Send any callback data for any message, as an old or forged client can."""
        message_id = message.message_id if isinstance(message, Seen) else message
        done = await self._do("tap", data=data, message_id=message_id, times=times, inaccessible=inaccessible)
        return list(done["callback_query_ids"])

    async def send(self, kind: str, caption: str = "", *, to: Group | None = None) -> int:
        """voice, photo, sticker, location, document, contact, video, audio or dice."""
        done = await self._do("send_thing", kind=kind, caption=caption, chat_id=to and to.id)
        return int(done["message_id"])

    async def send_voice(self) -> int:
        return await self.send("voice")

    async def send_photo(self, caption: str = "") -> int:
        return await self.send("photo", caption)

    async def send_sticker(self) -> int:
        return await self.send("sticker")

    async def send_location(self) -> int:
        return await self.send("location")

    async def send_document(self, caption: str = "") -> int:
        return await self.send("document", caption)

    async def send_contact(self) -> int:
        return await self.send("contact")

    async def block(self) -> None:
        await self._do("block")

    async def unblock(self, *, start: bool = True) -> None:
        """Come back; clients send /start by themselves then."""
        await self._do("unblock", start=start)

    async def deactivate(self) -> None:
        """Delete the account."""
        await self._do("deactivate")

    async def expel_bot(self, group: Group) -> None:
        await self._do("expel_bot", chat_id=group.id)

    async def download(self, seen: Seen) -> bytes:
        """The bytes of the photo or document in a message."""
        file_id = (seen.photo or seen.document or {})["file_id"]
        answer = await self._ask("file", file_id=file_id)
        return base64.b64decode(answer["content"])


def ids_of(members: Sequence[Phone]) -> list[int]:
    return [member.id for member in members]
