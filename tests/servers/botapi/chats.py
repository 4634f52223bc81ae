"""Who is there and where they talk: people, chats, the messages in them and the log of what the bot did."""

from dataclasses import dataclass, field

from .clock import Bell
from .refusals import forbidden, unlucky
from .shapes import Json, JsonObject

FIRST_PERSON_ID = 5_000_000_001  # over 32 bits, as real ones are
FIRST_GROUP_ID = -1_002_000_000_001
LEAN_MESSAGES = 3
PRIVATE_CHAT_NAMES = ("first_name", "last_name", "username")


class ImpossibleError(Exception):
    """The test asked for what no person could do (an unknown person, a button that is not there)."""


@dataclass(slots=True)
class Person:
    """One Telegram user. `started` once he wrote in private: before that the bot may not write to him."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "en"
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    user: JsonObject = field(default_factory=dict)

    def __post_init__(self) -> None:
        optional = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        self.user = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        self.user |= {name: value for name, value in optional.items() if value}


@dataclass(slots=True)
class Chat:
    """A private chat, group or supergroup. `log` holds everything the bot did here, in order."""

    id: int
    kind: str
    about: JsonObject
    members: set[int] = field(default_factory=set)
    bot_is: str = "member"
    messages: dict[int, JsonObject] = field(default_factory=dict)
    log: list[JsonObject] = field(default_factory=list)
    bell: Bell = field(default_factory=Bell)
    last_id: int = 0

    @property
    def is_private(self) -> bool:
        return self.kind == "private"


@dataclass(slots=True)
class Chats:
    """Everybody and every chat. A lean one keeps no log and only the last few messages of each chat."""

    lean: bool = False
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    last_id: int = 0
    next_person: int = FIRST_PERSON_ID
    next_group: int = FIRST_GROUP_ID

    def add_person(self, person: Person) -> Person:
        if person.id in self.people:
            raise ImpossibleError(f"person {person.id} exists already")
        self.people[person.id] = person
        self.next_person = max(self.next_person, person.id + 1)
        names = {key: person.user[key] for key in PRIVATE_CHAT_NAMES if key in person.user}
        about: JsonObject = {"id": person.id, **names, "type": "private"}
        self.chats[person.id] = Chat(person.id, "private", about, {person.id})
        return person

    def add_group(self, title: str, kind: str, members: list[int]) -> Chat:
        group_id, self.next_group = self.next_group, self.next_group - 1
        about = {"id": group_id, "title": title, "type": kind}
        self.chats[group_id] = Chat(group_id, kind, about, {self.person(member).id for member in members})
        return self.chats[group_id]

    def person(self, person_id: int) -> Person:
        try:
            return self.people[person_id]
        except KeyError:
            raise ImpossibleError(f"there is no person {person_id}") from None

    def chat(self, chat_id: int) -> Chat:
        try:
            return self.chats[chat_id]
        except KeyError:
            raise ImpossibleError(f"there is no chat {chat_id}") from None

    def open_to_bot(self, chat_id: Json) -> Chat:
        """The chat, if the bot may write there now; else the refusal that tells why not."""
        chat = self.known_to_bot(chat_id)
        if chat.is_private:
            self._check_person(self.people[chat.id])
        elif chat.bot_is == "kicked":
            raise forbidden(f"bot was kicked from the {chat.kind} chat")
        elif chat.bot_is == "left":
            raise forbidden(f"bot is not a member of the {chat.kind} chat")
        return chat

    def known_to_bot(self, chat_id: Json) -> Chat:
        chat = self.chats.get(chat_id)
        if chat is None:
            raise unlucky("chat not found")
        return chat

    def _check_person(self, person: Person) -> None:
        if person.deactivated:
            raise forbidden("user is deactivated")
        if not person.started:
            raise forbidden("bot can't initiate conversation with a user")
        if person.blocked:
            raise forbidden("bot was blocked by the user")

    def next_message_id(self, chat: Chat) -> int:
        """Private chats and groups of a bot share one sequence, each supergroup has its own."""
        if chat.kind == "supergroup":
            chat.last_id += 1
        else:
            self.last_id += 1
            chat.last_id = self.last_id
        return chat.last_id

    def keep(self, chat: Chat, message: JsonObject) -> None:
        """Put a new message, or the new version of an old one, into the chat."""
        chat.messages[message["message_id"]] = message
        if self.lean and len(chat.messages) > LEAN_MESSAGES:
            del chat.messages[next(iter(chat.messages))]

    def note(self, chat: Chat, entry: JsonObject) -> None:
        """Write down what the bot did here and wake whoever listens."""
        if not self.lean:
            chat.log.append({**entry, "n": len(chat.log)})
            chat.bell.ring()
