"""What a test does to the server as a whole: people, faults, limits, the clock, counts."""

from abc import ABC, abstractmethod

from .phone import Group, Phone, ids_of
from .shapes import Json, JsonObject


class Controls(ABC):
    """The same words for a server in this process and for one in its own."""

    url: str
    token: str

    @abstractmethod
    async def ask(self, verb: str, /, **arguments: Json) -> Json:
        """Carry out one verb of the control door."""

    @property
    def base_url(self) -> str:
        """What python-telegram-bot takes as base_url: the token is appended to it."""
        return f"{self.url}/bot"

    async def phone(
        self,
        first_name: str = "Ada",
        *,
        language_code: str = "en",
        last_name: str = "",
        username: str = "",
        person_id: int | None = None,
        started: bool = False,
    ) -> Phone:
        """A new person, who has not written to the bot yet unless `started`."""
        made = await self.ask(
            "person",
            first_name=first_name,
            language_code=language_code,
            last_name=last_name,
            username=username,
            person_id=person_id,
            started=started,
        )
        return Phone(self.ask, made["person_id"], first_name)

    async def crowd(self, count: int) -> list[int]:
        """The ids of that many new people who have all started the bot."""
        return list((await self.ask("crowd", count=count))["person_ids"])

    async def group(self, title: str, members: list[Phone], kind: str = "supergroup") -> Group:
        """A group, founded by the first member, with the bot in it."""
        made = await self.ask("group", title=title, members=ids_of(members), kind=kind)
        return Group(self.ask, made["chat_id"])

    async def fail(
        self, kind: str, method: str = "*", *, chat: Phone | Group | None = None, **how: Json
    ) -> None:
        """Set a fault (see faults.Fault); by default it meets the next call."""
        await self.ask("fail", kind=kind, method=method, chat=chat and chat.id, **how)

    async def heal(self) -> None:
        """End all faults and any halt."""
        await self.ask("heal")

    async def limit(self, **limits: float | None) -> None:
        """per_second, burst, chat_per_second, chat_burst, retry_after."""
        await self.ask("limit", **limits)

    async def advance(self, seconds: float) -> None:
        """Move the server's clock ahead."""
        await self.ask("advance", seconds=seconds)

    async def inject(self, update: JsonObject, about: int = 0) -> int:
        """Deliver an update as it is, once, whatever its id; the id it got."""
        return int((await self.ask("inject", update=update, about=about))["update_id"])

    async def repeat(self, update_id: int) -> None:
        """Deliver an earlier update a second time."""
        await self.ask("repeat", update_id=update_id)

    async def hold(self) -> None:
        await self.ask("hold")

    async def release(self, *, backwards: bool = False) -> None:
        await self.ask("release", backwards=backwards)

    async def until_taken(self, within: float = 5.0) -> None:
        """Until every update is confirmed; AssertionError when that takes too long."""
        if not await self.ask("wait_until_taken", within=within):
            totals = await self.totals()
            raise AssertionError(f"{totals['pending_updates']} updates still wait after {within} s")

    async def until_sent(self, count: int, within: float = 5.0) -> int:
        """The number of delivered messages, once it has reached `count`; AssertionError when it does not."""
        sent = int(await self.ask("wait_for_sent", count=count, within=within))
        if sent < count:
            raise AssertionError(f"{sent} of {count} messages were sent within {within} s")
        return sent

    async def all_violations(self) -> list[str]:
        return list(await self.ask("violations"))

    async def calls(self, method: str = "") -> list[JsonObject]:
        """Every call of a method, or of all, with its values."""
        return list(await self.ask("calls", method=method))

    async def totals(self) -> JsonObject:
        """Counts of calls, answers, messages, the busiest second, pending updates, faults."""
        totals: JsonObject = await self.ask("totals")
        return totals
