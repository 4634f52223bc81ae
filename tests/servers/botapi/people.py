"""What people do: write, tap, edit, send things, block. Each becomes the update that the bot gets."""

from .chats import Chat, ImpossibleError, Person
from .cloud import Cloud
from .entities import commands_in
from .keyboards import buttons_of
from .messages import inaccessible, new_message
from .sending import TEXT_AT_MOST
from .shapes import JsonObject, units
from .taps import Tap

THINGS: dict[str, JsonObject] = {
    "voice": {"voice": {"duration": 3, "mime_type": "audio/ogg", "file_size": 4096}},
    "photo": {"photo": [{"width": 90, "height": 67}, {"width": 1280, "height": 960, "file_size": 90_000}]},
    "sticker": {
        "sticker": {
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "🙂",
        }
    },
    "location": {"location": {"latitude": 48.2, "longitude": 16.37}},
    "document": {"document": {"file_name": "cv.pdf", "mime_type": "application/pdf", "file_size": 20_000}},
    "video": {"video": {"width": 640, "height": 480, "duration": 5, "file_size": 300_000}},
    "audio": {"audio": {"duration": 60, "mime_type": "audio/mpeg", "file_size": 900_000}},
    "contact": {"contact": {"phone_number": "+43123456", "first_name": "Somebody"}},
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
}
WITHOUT_FILE = {"location", "contact", "dice"}


def write(cloud: Cloud, person_id: int, text: str, chat_id: int | None, reply_to: int | None) -> JsonObject:
    """A typed message. Longer than a client lets people type is refused: inject an update for that."""
    if units(text) > TEXT_AT_MOST or not text.strip():
        raise ImpossibleError(f"no client sends a text of {units(text)} units")
    entities = commands_in(text)
    content: JsonObject = {"text": text, **({"entities": entities} if entities else {})}
    return _say(cloud, person_id, content, chat_id, reply_to)


def send_thing(cloud: Cloud, person_id: int, kind: str, caption: str, chat_id: int | None) -> JsonObject:
    """A voice message, photo, sticker, place, file, video, song, contact or dice."""
    if kind not in THINGS:
        raise ImpossibleError(f"people send {sorted(THINGS)}, not {kind!r}")
    content = {name: _with_file_ids(kind, thing) for name, thing in THINGS[kind].items()}
    return _say(cloud, person_id, content | ({"caption": caption} if caption else {}), chat_id, None)


def _with_file_ids(kind: str, thing: JsonObject | list[JsonObject]) -> JsonObject | list[JsonObject]:
    if kind in WITHOUT_FILE:
        return thing
    if isinstance(thing, list):
        return [
            {"file_id": f"{kind}{size['width']}", "file_unique_id": f"u{size['width']}", **size}
            for size in thing
        ]
    return {"file_id": f"{kind}-file", "file_unique_id": f"u-{kind}", **thing}


def _say(
    cloud: Cloud, person_id: int, content: JsonObject, chat_id: int | None, reply_to: int | None
) -> JsonObject:
    person, chat = _enter(cloud, person_id, chat_id)
    if reply_to is not None:
        if reply_to not in chat.messages:
            raise ImpossibleError(f"there is no message {reply_to} to reply to")
        content["reply_to_message"] = chat.messages[reply_to]
    message_id = cloud.chats.next_message_id(chat)
    message = new_message(chat, message_id, person.user, cloud.clock.now(), content)
    cloud.chats.keep(chat, message)
    heard = chat.is_private or not cloud.settings.privacy or _concerns_bot(cloud, message)
    update_id = cloud.updates.add("message", message, chat.id) if heard else None
    return {"message_id": message_id, "update_id": update_id}


def _enter(cloud: Cloud, person_id: int, chat_id: int | None) -> tuple[Person, Chat]:
    """The person and the chat they write in; writing in private is what starts the bot."""
    person = cloud.chats.person(person_id)
    chat = cloud.chats.chat(person_id if chat_id is None else chat_id)
    if person.deactivated or person.id not in chat.members:
        raise ImpossibleError(f"{person.first_name} cannot write in chat {chat.id}")
    if chat.is_private:
        if person.blocked:
            raise ImpossibleError(f"{person.first_name} has blocked the bot")
        person.started = True
    return person, chat


def _concerns_bot(cloud: Cloud, message: JsonObject) -> bool:
    """What reaches a bot in privacy mode: commands, mentions, and replies to its own messages."""
    text = str(message.get("text", message.get("caption", "")))
    author = message.get("reply_to_message", {}).get("from", {}).get("id")
    return bool(author == cloud.bot_id) or text.startswith("/") or f"@{cloud.settings.username}" in text


def edit(cloud: Cloud, person_id: int, message_id: int, text: str, chat_id: int | None) -> JsonObject:
    person, chat = _enter(cloud, person_id, chat_id)
    message = chat.messages.get(message_id)
    if message is None or message["from"]["id"] != person.id or "text" not in message:
        raise ImpossibleError(f"{person.first_name} has no text message {message_id} to edit")
    kept = {key: value for key, value in message.items() if key != "entities"}
    entities = commands_in(text)
    edited = {**kept, "text": text, "edit_date": int(cloud.clock.now())}
    edited |= {"entities": entities} if entities else {}
    cloud.chats.keep(chat, edited)
    return {"update_id": cloud.updates.add("edited_message", edited, chat.id)}


def forget(cloud: Cloud, person_id: int, message_id: int, chat_id: int | None) -> JsonObject:
    """Delete a message for both sides. The bot is not told."""
    chat = cloud.chats.chat(person_id if chat_id is None else chat_id)
    if chat.messages.pop(message_id, None) is None:
        raise ImpossibleError(f"there is no message {message_id}")
    return {}


def press(
    cloud: Cloud, person_id: int, label: str, message_id: int | None, chat_id: int | None, times: int
) -> JsonObject:
    """Tap a button that is there now: on the given message, or on the newest one that has buttons."""
    chat = cloud.chats.chat(person_id if chat_id is None else chat_id)
    message = _with_buttons(chat, message_id)
    there = [button for row in buttons_of(message) for button in row]
    found = [button for button in there if label in {button["text"], button.get("callback_data")}]
    if len(found) != 1 or "callback_data" not in found[0]:
        labels = [button["text"] for button in there]
        raise ImpossibleError(f"{len(found)} buttons {label!r} to tap; the message has {labels}")
    data = found[0]["callback_data"]
    return tap(cloud, person_id, data, message["message_id"], chat.id, times, inaccessible_message=False)


def _with_buttons(chat: Chat, message_id: int | None) -> JsonObject:
    if message_id is not None:
        if message_id not in chat.messages:
            raise ImpossibleError(f"there is no message {message_id}")
        return chat.messages[message_id]
    for message in reversed(chat.messages.values()):
        if buttons_of(message):
            return message
    raise ImpossibleError("no message has buttons")


def tap(
    cloud: Cloud,
    person_id: int,
    data: str,
    message_id: int,
    chat_id: int | None,
    times: int = 1,
    *,
    inaccessible_message: bool = False,
) -> JsonObject:
    """Send callback data whether or not such a button is there: clients can be old or forged."""
    person, chat = _enter(cloud, person_id, chat_id)
    message = chat.messages.get(message_id)
    if message is None or inaccessible_message:
        message = inaccessible({"chat": chat.about, "message_id": message_id})
    queries = [_query(cloud, person, chat, message, data) for _ in range(times)]
    update_ids = [cloud.updates.add("callback_query", query, person.id) for query in queries]
    return {"callback_query_ids": [query["id"] for query in queries], "update_ids": update_ids}


def _query(cloud: Cloud, person: Person, chat: Chat, message: JsonObject, data: str) -> JsonObject:
    return {
        "id": cloud.taps.open(Tap(chat.id, person.id, cloud.clock.now())),
        "from": person.user,
        "message": message,
        "chat_instance": str(-chat.id * 7),
        "data": data,
    }


def block(cloud: Cloud, person_id: int) -> JsonObject:
    person = cloud.chats.person(person_id)
    person.blocked = True
    return _private_membership(cloud, person, "member", "kicked")


def unblock(cloud: Cloud, person_id: int, start: bool) -> JsonObject:
    """Restart the bot; clients then send /start by themselves."""
    person = cloud.chats.person(person_id)
    person.blocked = False
    done = _private_membership(cloud, person, "kicked", "member")
    return done | (write(cloud, person_id, "/start", None, None) if start else {})


def deactivate(cloud: Cloud, person_id: int) -> JsonObject:
    """Delete the account. The bot learns of it only when it writes."""
    cloud.chats.person(person_id).deactivated = True
    return {}


def found_group(cloud: Cloud, title: str, kind: str, members: list[int]) -> JsonObject:
    """The first member founds a group and adds the bot to it."""
    group = cloud.chats.add_group(title, kind, members)
    group.bot_is = "left"
    founder = cloud.chats.person(members[0]).user
    bot_membership_changed(cloud, group, founder, "member")
    message_id = cloud.chats.next_message_id(group)
    content = {"new_chat_members": [cloud.bot_user()]}
    message = new_message(group, message_id, founder, cloud.clock.now(), content)
    cloud.chats.keep(group, message)
    cloud.updates.add("message", message, group.id)
    return {"chat_id": group.id}


def expel_bot(cloud: Cloud, person_id: int, chat_id: int) -> JsonObject:
    user = cloud.chats.person(person_id).user
    bot_membership_changed(cloud, cloud.chats.chat(chat_id), user, "kicked")
    return {}


def bot_membership_changed(cloud: Cloud, chat: Chat, by: JsonObject, status: str) -> None:
    """The bot was added, expelled or left: my_chat_member tells it so."""
    before, chat.bot_is = chat.bot_is, status
    cloud.updates.add("my_chat_member", _membership(cloud, chat.about, by, before, status), chat.id)


def _private_membership(cloud: Cloud, person: Person, before: str, after: str) -> JsonObject:
    about = cloud.chats.chat(person.id).about
    payload = _membership(cloud, about, person.user, before, after)
    return {"update_id": cloud.updates.add("my_chat_member", payload, person.id)}


def _membership(cloud: Cloud, about: JsonObject, by: JsonObject, before: str, after: str) -> JsonObject:
    def member(status: str) -> JsonObject:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"status": status, "user": cloud.bot_user(), **until}

    now = int(cloud.clock.now())
    return {
        "chat": about,
        "from": by,
        "date": now,
        "old_chat_member": member(before),
        "new_chat_member": member(after),
    }
