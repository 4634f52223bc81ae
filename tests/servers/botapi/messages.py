"""Messages as the Bot API returns them, and as a person sees them on a phone."""

from .chats import Chat
from .entities import Formatted
from .keyboards import buttons_of
from .shapes import JsonObject

KINDS = ("text", "photo", "document", "voice", "sticker", "location", "contact", "video", "audio", "dice")
INACCESSIBLE_DATE = 0


def new_message(
    chat: Chat, message_id: int, sender: JsonObject, at: float, content: JsonObject
) -> JsonObject:
    return {
        "message_id": message_id,
        "from": sender,
        "chat": chat.about,
        "date": int(at),
        **content,
    }


def text_content(formatted: Formatted, prefix: str = "") -> JsonObject:
    """`text` and `entities`, or with the prefix `caption_`: `caption` and `caption_entities`."""
    text_field = prefix.rstrip("_") or "text"
    if not formatted.text:
        return {}
    entities = {f"{prefix}entities": formatted.entities} if formatted.entities else {}
    return {text_field: formatted.text, **entities}


def inaccessible(message: JsonObject) -> JsonObject:
    """What a callback query carries of a message that is gone or too old."""
    return {"chat": message["chat"], "message_id": message["message_id"], "date": INACCESSIBLE_DATE}


def kind_of(message: JsonObject) -> str:
    return next((kind for kind in KINDS if kind in message), "service")


def seen(message: JsonObject, at: float, kind: str = "") -> JsonObject:
    """The message as a phone shows it: what the log of a chat and the view of a person are made of."""
    return {
        "message_id": message["message_id"],
        "chat_id": message["chat"]["id"],
        "kind": kind or kind_of(message),
        "at": at,
        "text": message.get("text", message.get("caption", "")),
        "entities": message.get("entities", message.get("caption_entities", [])),
        "buttons": buttons_of(message),
        "photo": message["photo"][-1] if "photo" in message else None,
        "document": message.get("document"),
        "mine": not message["from"]["is_bot"],
        "edited": "edit_date" in message,
        "protected": message.get("has_protected_content", False),
        "reply_to": message.get("reply_to_message", {}).get("message_id"),
    }
