"""The methods about the bot itself and about chats: getMe, profile texts, commands, getChat, leaveChat."""

from collections.abc import Callable

from .calls import Call
from .cloud import Cloud
from .people import bot_membership_changed
from .refusals import TOO_OLD, bad_request, cannot, unlucky
from .shapes import Json, JsonObject, units

NOTICE_AT_MOST = 200
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_me(cloud: Cloud, call: Call) -> Json:
    return cloud.bot_user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not cloud.settings.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def answer_callback_query(cloud: Cloud, call: Call) -> Json:
    if units(call.text("text")) > NOTICE_AT_MOST:
        raise bad_request("MESSAGE_TOO_LONG")
    if call.text("url"):
        raise cannot("open a URL on a callback query")
    if not call.text("callback_query_id").isdigit():
        raise unlucky(TOO_OLD)
    tap = cloud.taps.answer(call.text("callback_query_id"), call.at)
    kind = "alert" if call.flag("show_alert") else "notice"
    entry = {"kind": kind, "text": call.text("text"), "at": call.at, "chat_id": tap.chat_id}
    cloud.chats.note(cloud.chats.chats[tap.chat_id], entry)
    return True


def set_my_commands(cloud: Cloud, call: Call) -> Json:
    cloud.profile.set_commands(call.values["commands"], call.values.get("scope"), call.text("language_code"))
    return True


def get_my_commands(cloud: Cloud, call: Call) -> Json:
    return cloud.profile.commands_for(call.values.get("scope"), call.text("language_code"))


def delete_my_commands(cloud: Cloud, call: Call) -> Json:
    cloud.profile.delete_commands(call.values.get("scope"), call.text("language_code"))
    return True


def text_setter(what: str) -> Callable[[Cloud, Call], Json]:
    """setMyName, setMyDescription and setMyShortDescription are one method with three names."""

    def set_text(cloud: Cloud, call: Call) -> Json:
        cloud.profile.set_text(what, call.text(what), call.text("language_code"))
        return True

    return set_text


def text_getter(what: str) -> Callable[[Cloud, Call], Json]:
    def get_text(cloud: Cloud, call: Call) -> Json:
        fallback = cloud.settings.first_name if what == "name" else ""
        return {what: cloud.profile.text(what, call.text("language_code")) or fallback}

    return get_text


def set_chat_menu_button(cloud: Cloud, call: Call) -> Json:
    chat_id = _private_chat(cloud, call)
    cloud.profile.menu_buttons[chat_id] = call.values.get("menu_button") or {"type": "default"}
    return True


def get_chat_menu_button(cloud: Cloud, call: Call) -> Json:
    buttons = cloud.profile.menu_buttons
    return buttons.get(_private_chat(cloud, call)) or buttons.get(0) or {"type": "commands"}


def _private_chat(cloud: Cloud, call: Call) -> int:
    """0 stands for all chats without a button of their own."""
    if "chat_id" not in call.values:
        return 0
    return cloud.chats.open_to_bot(call.values["chat_id"]).id


def get_chat(cloud: Cloud, call: Call) -> Json:
    chat = cloud.chats.known_to_bot(call.values["chat_id"])
    details: JsonObject = {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }
    return chat.about | details


def leave_chat(cloud: Cloud, call: Call) -> Json:
    chat = cloud.chats.open_to_bot(call.values["chat_id"])
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    bot_membership_changed(cloud, chat, cloud.bot_user(), "left")
    return True


def close(cloud: Cloud, call: Call) -> Json:
    return True


def log_out(cloud: Cloud, call: Call) -> Json:
    """Afterwards every call is refused."""
    cloud.logged_out = True
    cloud.updates.clear()
    return True
