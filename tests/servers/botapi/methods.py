"""The table of methods this server knows, and how one call is carried out."""

from collections.abc import Awaitable, Callable
from inspect import isawaitable

from . import account, editing, receiving, sending
from .calls import Call
from .cloud import Cloud
from .refusals import RefusedError, cannot
from .shapes import Json

Carried = Callable[[Cloud, Call], Json | Awaitable[Json]]

METHODS: dict[str, Carried] = {
    "getMe": account.get_me,
    "close": account.close,
    "logOut": account.log_out,
    "getUpdates": receiving.get_updates,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "answerCallbackQuery": account.answer_callback_query,
    "setMyCommands": account.set_my_commands,
    "getMyCommands": account.get_my_commands,
    "deleteMyCommands": account.delete_my_commands,
    "setMyName": account.text_setter("name"),
    "getMyName": account.text_getter("name"),
    "setMyDescription": account.text_setter("description"),
    "getMyDescription": account.text_getter("description"),
    "setMyShortDescription": account.text_setter("short_description"),
    "getMyShortDescription": account.text_getter("short_description"),
    "setChatMenuButton": account.set_chat_menu_button,
    "getChatMenuButton": account.get_chat_menu_button,
    "getChat": account.get_chat,
    "leaveChat": account.leave_chat,
}
HALTED = {"sendMessage", "sendPhoto", "sendDocument", "editMessageText", "editMessageReplyMarkup"}


async def carry_out(cloud: Cloud, call: Call) -> Json:
    """The result of a call that was read without fault, or RefusedError."""
    method = call.method.name
    if cloud.logged_out:
        raise RefusedError(400, "Logged out")
    if method in HALTED:
        cloud.limits.check_halt(call.at)
    carried = METHODS.get(method)
    if carried is None:
        raise cannot(f"answer {method}")
    result = carried(cloud, call)
    return await result if isawaitable(result) else result
