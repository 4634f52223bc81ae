"""A survey on python-telegram-bot's ConversationHandler, kept by its PicklePersistence.

`--every 0` writes again and again, so that a crash loses little; 60 is the library's default: a crash loses
a minute, and even then updates that were confirmed before anybody worked on them.
"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    PicklePersistence,
)

from bench.baselines.options import parser, use_loop
from bench.baselines.survey import QUESTIONS, asked, buttons, chosen, read

Context = ContextTypes.DEFAULT_TYPE
FIRST_KNOWN = 6_000_000_001


def keyboard(number: int) -> InlineKeyboardMarkup:
    """Return one button a row."""
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(words, callback_data=carried)] for words, carried in buttons(number)]
    )


async def begin(update: Update, context: Context) -> int:
    """Ask the first question."""
    assert update.message is not None
    if context.user_data is not None:
        context.user_data.clear()
    await update.message.reply_html(asked(0), reply_markup=keyboard(0))
    return 0


async def go_on(update: Update, context: Context) -> int:
    """Answer the tap, show what was chosen, ask the next question: three calls, as ours."""
    tap = update.callback_query
    assert tap is not None
    assert tap.data is not None
    assert update.effective_chat is not None
    number, option = read(tap.data)
    if context.user_data is not None:
        context.user_data[number] = option
    await tap.answer()
    await tap.edit_message_text(chosen(number, option), parse_mode=ParseMode.HTML)
    if number + 1 == QUESTIONS:
        await update.effective_chat.send_message("Thank you.")
        return ConversationHandler.END
    await update.effective_chat.send_message(
        asked(number + 1), parse_mode=ParseMode.HTML, reply_markup=keyboard(number + 1)
    )
    return number + 1


def fill(file: Path, count: int) -> None:
    """Write a file that knows so many people in the middle of the survey."""
    people = range(FIRST_KNOWN, FIRST_KNOWN + count)
    answers = {person: dict.fromkeys(range(QUESTIONS // 2), person % 5) for person in people}
    states = {"survey": {(person, person): QUESTIONS // 2 for person in people}}
    whole: dict[str, Any] = {"conversations": states, "user_data": answers, "chat_data": {}}
    file.write_bytes(pickle.dumps({**whole, "bot_data": {}, "callback_data": None}))


def main() -> None:
    """Poll until SIGTERM."""
    known = parser()
    known.add_argument("--known", type=int, default=10_000, help="people who have talked before")
    known.add_argument("--every", type=float, default=0, help="seconds between writing to the file")
    given = known.parse_args()
    use_loop(fast=given.uvloop)
    file = Path("survey.pickle").resolve()
    fill(file, given.known)
    kept = PicklePersistence(file, update_interval=given.every)
    builder: Any = ApplicationBuilder().token(given.token).base_url(f"{given.url}/bot")
    application = builder.persistence(kept).build()
    states: dict[object, Any] = {number: [CallbackQueryHandler(go_on)] for number in range(QUESTIONS)}
    start: Any = CommandHandler("start", begin)
    application.add_handler(
        ConversationHandler([start], states, [start], name="survey", persistent=True, allow_reentry=True)
    )
    application.run_polling(allowed_updates=[Update.MESSAGE, Update.CALLBACK_QUERY])


if __name__ == "__main__":
    main()
