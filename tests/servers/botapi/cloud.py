"""Everything the fake remembers: one bot's token, people, chats, queues, counts, limits and faults."""

from dataclasses import dataclass, field
from random import Random

from .calls import Call
from .chats import Chat, Chats
from .clock import Bell, Clock
from .faults import Faults
from .files import Files
from .ledger import Ledger
from .limits import Limits
from .messages import new_message, seen
from .profile import Profile
from .schema import Schema, schema
from .shapes import JsonObject
from .taps import Taps
from .updates import UpdateQueue
from .webhook import Webhook

TOKEN = "7000000001:AAFakeFakeFakeFakeFakeFakeFakeFake-_1"  # looks like a real one, opens nothing


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server is started with.

    lean: keep counts only, no chat logs, no calls, so that memory stays flat under load.
    privacy: in groups the bot hears only commands, mentions and replies, as bots do by default.
    retry_seconds: the unit of a webhook's growing delay: the second try comes at once, then 2, 4, 8... units.
    hurried_polls: also brake polls that repeat the same offset at once (3 s, one update), as the real server.
    """

    token: str = TOKEN
    username: str = "tare_test_bot"
    first_name: str = "Tare"
    lean: bool = False
    privacy: bool = True
    retry_seconds: float = 1.0
    hurried_polls: bool = False
    seed: int = 1


@dataclass(slots=True)
class Cloud:
    """The state behind the two doors: /bot for the bot, /fake for the test."""

    settings: Settings = field(default_factory=Settings)
    clock: Clock = field(default_factory=Clock)
    limits: Limits = field(default_factory=Limits)
    tables: Schema = field(default_factory=schema)
    closing: bool = False
    closed: Bell = field(default_factory=Bell)
    logged_out: bool = False
    taps: Taps = field(default_factory=Taps)
    profile: Profile = field(default_factory=Profile)
    chats: Chats = field(init=False)
    files: Files = field(init=False)
    ledger: Ledger = field(init=False)
    faults: Faults = field(init=False)
    updates: UpdateQueue = field(init=False)
    webhook: Webhook = field(init=False)
    poll: object | None = None
    last_poll: tuple[int, float] = (0, 0.0)

    def __post_init__(self) -> None:
        lean = self.settings.lean
        self.chats = Chats(lean)
        self.files = Files(lean)
        self.ledger = Ledger(not lean)
        self.faults = Faults(Random(self.settings.seed))
        self.updates = UpdateQueue(self.clock, self.tables.update_kinds(), not lean)
        self.webhook = Webhook(self.updates, self.clock, self.ledger, self.settings.retry_seconds)

    @property
    def bot_id(self) -> int:
        return int(self.settings.token.partition(":")[0])

    def bot_user(self) -> JsonObject:
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": self.settings.first_name,
            "username": self.settings.username,
        }

    async def pause(self, seconds: float) -> None:
        """Real seconds, cut short when the server closes."""
        await self.closed.until(lambda: self.closing, seconds)

    async def close(self) -> None:
        self.closing = True
        for bell in (self.closed, self.updates.bell, self.ledger.bell):
            bell.ring()
        for chat in self.chats.chats.values():
            chat.bell.ring()
        await self.webhook.close()

    def send(self, call: Call, chat: Chat, content: JsonObject) -> JsonObject:
        """Deliver a message of the bot: the one place where a message comes to be and is counted."""
        self.limits.admit(chat.id, call.at)
        message_id = self.chats.next_message_id(chat)
        message = new_message(chat, message_id, self.bot_user(), call.at, content)
        self.chats.keep(chat, message)
        self.ledger.note_sent(call.at)
        if not self.settings.lean:
            entry = seen(message, call.at) | {"silent": call.flag("disable_notification")}
            self.chats.note(chat, entry)
        return message
