"""The barest bot on aiogram: it says what was said. It keeps nothing."""

# mypy: disable-error-code="import-not-found,import-untyped"

from __future__ import annotations

import asyncio
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bench.baselines.options import parser, use_loop


async def echo(message: Any) -> None:
    """Send the same words back."""
    await message.answer(message.text)


async def serve(url: str, token: str) -> None:
    """Poll until SIGTERM, every update a task of its own, as aiogram does by itself."""
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url), limit=256))
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    await dispatcher.start_polling(bot, allowed_updates=["message"])


def main() -> None:
    """Run."""
    given = parser().parse_args()
    use_loop(fast=given.uvloop)
    asyncio.run(serve(given.url, given.token))


if __name__ == "__main__":
    main()
