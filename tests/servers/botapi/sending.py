"""The methods that send: sendMessage, sendPhoto, sendDocument, sendChatAction."""

from .calls import Call
from .chats import Chat
from .cloud import Cloud
from .entities import Formatted, formatted
from .files import document, photo_sizes
from .keyboards import inline_keyboard
from .messages import text_content
from .refusals import bad_request, unlucky
from .shapes import Json, JsonObject

TEXT_AT_MOST = 4096
CAPTION_AT_MOST = 1024
CHAT_ACTIONS = {
    *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"),
    *("upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"),
}


def send_message(cloud: Cloud, call: Call) -> Json:
    text = message_text(call, too_long="message is too long")
    return _send(cloud, call, text_content(text))


def send_photo(cloud: Cloud, call: Call) -> Json:
    photo = photo_sizes(cloud.files.of(call, "photo"))
    return _send(cloud, call, {"photo": photo, **text_content(_caption(call), "caption_")})


def send_document(cloud: Cloud, call: Call) -> Json:
    file = document(cloud.files.of(call, "document"))
    return _send(cloud, call, {"document": file, **text_content(_caption(call), "caption_")})


def send_chat_action(cloud: Cloud, call: Call) -> Json:
    if call.text("action") not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = cloud.chats.open_to_bot(call.values["chat_id"])
    cloud.chats.note(chat, {"kind": "action", "text": call.text("action"), "at": call.at, "chat_id": chat.id})
    return True


def message_text(call: Call, *, too_long: str) -> Formatted:
    """The text of a message: 1 to 4096 UTF-16 units after parsing. Edits word `too_long` differently."""
    if not call.text("text"):
        raise bad_request("message text is empty")
    text = formatted(call.text("text"), call.text("parse_mode"), call.values.get("entities"))
    if not text.text:
        raise bad_request("text must be non-empty")
    if text.length > TEXT_AT_MOST:
        raise bad_request(too_long)
    return text


def _caption(call: Call) -> Formatted:
    caption = formatted(call.text("caption"), call.text("parse_mode"), call.values.get("caption_entities"))
    if caption.length > CAPTION_AT_MOST:
        raise bad_request("message caption is too long")
    return caption


def _send(cloud: Cloud, call: Call, content: JsonObject) -> JsonObject:
    """Keyboard, chat, reply: in the order in which the real server looks at them. Then deliver."""
    markup = inline_keyboard(call.values.get("reply_markup"))
    chat = cloud.chats.open_to_bot(call.values["chat_id"])
    content |= _reply(call, chat)
    if markup:
        content["reply_markup"] = markup
    if call.flag("protect_content"):
        content["has_protected_content"] = True
    if call.values.get("link_preview_options"):
        content["link_preview_options"] = call.values["link_preview_options"]
    return cloud.send(call, chat, content)


def _reply(call: Call, chat: Chat) -> JsonObject:
    wanted = call.values.get("reply_parameters") or {}
    if not wanted:
        return {}
    target = chat.messages.get(wanted["message_id"])
    if target is not None:
        return {"reply_to_message": target}
    if wanted.get("allow_sending_without_reply"):
        return {}
    raise unlucky("message to be replied not found")
