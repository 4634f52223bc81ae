"""A survey on aiogram's states, kept in memory or in Redis: three calls a tap, as ours."""

# mypy: disable-error-code="import-not-found,import-untyped"

from __future__ import annotations

import asyncio
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bench.baselines.options import parser, use_loop
from bench.baselines.survey import QUESTIONS, asked, buttons, chosen, read


class Survey(StatesGroup):  # type: ignore[misc]  # aiogram is installed beside, not here
    """Where somebody is; the number of the question is in what is kept of them."""

    asking = State()


def keyboard(number: int) -> Any:
    """Return one button a row."""
    rows = [[InlineKeyboardButton(text=words, callback_data=carried)] for words, carried in buttons(number)]
    return InlineKeyboardMarkup(inline_keyboard=rows)


async def begin(message: Any, state: Any) -> None:
    """Ask the first question."""
    await state.clear()
    await state.set_state(Survey.asking)
    await message.answer(asked(0), parse_mode="HTML", reply_markup=keyboard(0))


async def go_on(tap: Any, state: Any) -> None:
    """Answer the tap, show what was chosen, ask the next question."""
    number, option = read(tap.data)
    await state.update_data({str(number): option})
    await tap.answer()
    await tap.message.edit_text(chosen(number, option), parse_mode="HTML")
    if number + 1 == QUESTIONS:
        await state.set_state(None)
        await tap.message.answer("Thank you.")
        return
    await tap.message.answer(asked(number + 1), parse_mode="HTML", reply_markup=keyboard(number + 1))


async def serve(url: str, token: str, redis: str | None) -> None:
    """Poll until SIGTERM, every update a task of its own, as aiogram does by itself."""
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url), limit=256))
    dispatcher = Dispatcher(storage=RedisStorage.from_url(redis) if redis else MemoryStorage())
    dispatcher.message.register(begin, Command("start"))
    dispatcher.callback_query.register(go_on, Survey.asking)
    await dispatcher.start_polling(bot, allowed_updates=["message", "callback_query"])


def main() -> None:
    """Run."""
    known = parser()
    known.add_argument("--redis", metavar="URL", help="keep states there, not in memory")
    given = known.parse_args()
    use_loop(fast=given.uvloop)
    asyncio.run(serve(given.url, given.token, given.redis))


if __name__ == "__main__":
    main()
