"""The barest bot on python-telegram-bot: it says what was said. It keeps nothing."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from bench.baselines.options import parser, use_loop


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Send the same words back."""
    del context
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Poll until SIGTERM."""
    known = parser()
    known.add_argument("--at-once", type=int, default=8, help="updates at a time; 1 is one after the other")
    given = known.parse_args()
    use_loop(fast=given.uvloop)
    builder: Any = ApplicationBuilder().token(given.token).base_url(f"{given.url}/bot")
    application = builder.concurrent_updates(given.at_once if given.at_once > 1 else False).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling(allowed_updates=[Update.MESSAGE])


if __name__ == "__main__":
    main()
