"""Keyboards under messages: what the server refuses, and what is left of them on a phone."""

import json

from .refusals import RefusedError, bad_request
from .shapes import Json, JsonObject

BUTTONS_AT_MOST = 100
BUTTONS_A_ROW = 8
CALLBACK_DATA_BYTES = 64
MARKUP_BYTES = 10_000
STYLES = {"danger", "success", "primary"}
ACTIONS = {
    *(
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
    ),
    *("switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay"),
}
OTHER_MARKUPS = {"keyboard", "remove_keyboard", "force_reply"}


def inline_keyboard(markup: Json, *, only_inline: bool = False) -> JsonObject | None:
    """The keyboard a message keeps (None for no buttons at all), or a RefusedError."""
    if not markup:
        return None
    if OTHER_MARKUPS & markup.keys():
        if only_inline:
            raise bad_request("inline keyboard expected")
        return None
    rows = [row for row in markup["inline_keyboard"] if row]
    _check_size(rows, markup)
    for row in rows:
        for button in row:
            _check_button(button)
    return {"inline_keyboard": rows} if rows else None


def _check_size(rows: list[list[JsonObject]], markup: JsonObject) -> None:
    if sum(len(row) for row in rows) > BUTTONS_AT_MOST:
        raise bad_request("reply markup is too long")
    if len(json.dumps(markup, ensure_ascii=False).encode()) > MARKUP_BYTES:
        raise bad_request("reply markup is too long")
    if any(len(row) > BUTTONS_A_ROW for row in rows):
        raise bad_request(f"a row of the inline keyboard has more than {BUTTONS_A_ROW} buttons")


def _check_button(button: JsonObject) -> None:
    if not button["text"].strip():
        raise _unparsable("button text must be non-empty")
    if button.get("style", "primary") not in STYLES:
        raise _unparsable(f"unknown style {button['style']!r}")
    if button.get("callback_data") == "" or not ACTIONS & button.keys():
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    if len(ACTIONS & button.keys()) > 1:
        raise _unparsable("a button must have exactly one action")
    if len(button.get("callback_data", "").encode()) > CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _unparsable(why: str) -> RefusedError:
    return bad_request(f"can't parse inline keyboard button: {why}")


def buttons_of(message: JsonObject) -> list[list[JsonObject]]:
    """The rows of buttons under a message; no rows when there is no keyboard."""
    rows: list[list[JsonObject]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return rows
