"""The methods that change or remove what was sent."""

from .calls import Call
from .chats import Chat
from .cloud import Cloud
from .keyboards import inline_keyboard
from .messages import seen, text_content
from .refusals import NOT_MODIFIED, bad_request, unlucky
from .sending import message_text
from .shapes import Json, JsonObject

DELETABLE_SECONDS = 48 * 60 * 60
IDS_AT_MOST = 100
UNCOMPARED = {"link_preview_options", "edit_date"}
REPLACED = UNCOMPARED | {"text", "entities", "reply_markup"}


def edit_message_text(cloud: Cloud, call: Call) -> Json:
    """A text edit without a keyboard takes the keyboard away."""
    text = message_text(call, too_long="MESSAGE_TOO_LONG")
    markup = inline_keyboard(call.values.get("reply_markup"), only_inline=True)
    chat, message = _to_edit(cloud, call)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    kept = {key: value for key, value in message.items() if key not in REPLACED}
    previews = {name: call.values[name] for name in UNCOMPARED & call.values.keys()}
    return _replace(cloud, call, chat, message, {**kept, **text_content(text), **previews}, markup, "edit")


def edit_message_reply_markup(cloud: Cloud, call: Call) -> Json:
    """Without a keyboard it takes the keyboard away."""
    markup = inline_keyboard(call.values.get("reply_markup"), only_inline=True)
    chat, message = _to_edit(cloud, call)
    kept = {key: value for key, value in message.items() if key != "reply_markup"}
    return _replace(cloud, call, chat, message, kept, markup, "keyboard")


def delete_message(cloud: Cloud, call: Call) -> Json:
    chat = cloud.chats.open_to_bot(call.values["chat_id"])
    message = chat.messages.get(call.number("message_id"))
    if message is None:
        raise unlucky("message to delete not found")
    _check_deletable(call, chat, message)
    _delete(cloud, call, chat, message)
    return True


def delete_messages(cloud: Cloud, call: Call) -> Json:
    """Those that are not there are skipped."""
    wanted = call.values["message_ids"]
    if not wanted:
        raise bad_request("message identifiers are not specified")
    if len(wanted) > IDS_AT_MOST:
        raise bad_request("too many message identifiers specified")
    chat = cloud.chats.open_to_bot(call.values["chat_id"])
    messages = [chat.messages[message_id] for message_id in wanted if message_id in chat.messages]
    for message in messages:
        _check_deletable(call, chat, message)
    for message in messages:
        _delete(cloud, call, chat, message)
    return True


def _to_edit(cloud: Cloud, call: Call) -> tuple[Chat, JsonObject]:
    """The bot's own message that a call names, or why it cannot be edited."""
    if "chat_id" not in call.values or "message_id" not in call.values:
        raise bad_request("message identifier is not specified")
    chat = cloud.chats.open_to_bot(call.values["chat_id"])
    message = chat.messages.get(call.number("message_id")) or _forgotten(cloud, chat, call)
    if message is None:
        raise unlucky("message to edit not found")
    if message["from"]["id"] != cloud.bot_id:
        raise bad_request("message can't be edited")
    return chat, message


def _forgotten(cloud: Cloud, chat: Chat, call: Call) -> JsonObject | None:
    """A lean server has dropped older messages; it believes the bot that they are its own."""
    message_id = call.number("message_id")
    if not cloud.settings.lean or not 0 < message_id <= chat.last_id:
        return None
    sender, date = cloud.bot_user(), int(call.at)
    return {"message_id": message_id, "from": sender, "chat": chat.about, "date": date, "text": ""}


def _replace(
    cloud: Cloud,
    call: Call,
    chat: Chat,
    message: JsonObject,
    kept: JsonObject,
    markup: JsonObject | None,
    kind: str,
) -> JsonObject:
    edited = {**kept, "reply_markup": markup} if markup else kept
    if _content(edited) == _content(message):
        raise unlucky(NOT_MODIFIED)
    edited = {**edited, "edit_date": int(call.at)}
    if message["message_id"] in chat.messages:
        cloud.chats.keep(chat, edited)
    cloud.chats.note(chat, seen(edited, call.at, kind))
    return edited


def _content(message: JsonObject) -> JsonObject:
    return {key: value for key, value in message.items() if key not in UNCOMPARED}


def _check_deletable(call: Call, chat: Chat, message: JsonObject) -> None:
    """Anything under 48 hours old in a private chat, elsewhere only its own."""
    foreign = not chat.is_private and not message["from"]["is_bot"]
    if foreign or call.at - message["date"] > DELETABLE_SECONDS:
        raise unlucky("message can't be deleted for everyone")


def _delete(cloud: Cloud, call: Call, chat: Chat, message: JsonObject) -> None:
    del chat.messages[message["message_id"]]
    cloud.chats.note(chat, seen(message, call.at, "delete"))
