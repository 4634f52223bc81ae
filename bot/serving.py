"""`tare serve`: from the settings to a bot at work, and back to the shell."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

from bot.app import Say, telegram_service
from bot.channels.telegram import Telegram
from bot.channels.telegram_trouble import NoAnswer
from bot.ears import open_ears
from bot.loop import calm_the_collector
from bot.patience import Pause
from bot.service import Service
from bot.settings import Settings
from bot.web.doors import open_doors, taken_ports

STOPPED_WITHIN = 4.8
"""Seconds from the signal to the end of the process, whatever hangs: everything here survives a crash."""


async def serve(settings: Settings, say: Say, *, listens: bool = True) -> None:
    """Serve until SIGTERM or SIGINT; without listening only deliver what is due.

    Raises `BadSetting`, `StoreError` or `TelegramTrouble` when that cannot begin or cannot go on; the message
    is one sentence for whoever runs Tare.
    """
    with taken_ports(settings, listens=listens) as ports:
        async with telegram_service(settings, say, listens=listens) as service, open_doors(service, ports):
            with _stopped_by_signals(service.stopping):
                begin, patience = service.begin, settings.start_patience
                name = await _introduced(service.telegram, begin, patience, service.stopping)
                if name:
                    open_ears()
                    calm_the_collector()
                    say(f"{_doing(service)} as @{name}. Stop with Ctrl-C.")
                    await service.run()


def _doing(service: Service) -> str:
    if not service.listens:
        return "Delivering what is due"
    return f"Taking what is pushed to {service.hook.url}" if service.hook else "Listening"


async def _introduced(
    telegram: Telegram, begin: Callable[[], Awaitable[str]], patience: float, stopping: asyncio.Event
) -> str:
    """Return the bot's name once the Bot API has answered, "" when we are stopped before.

    Raises `TelegramTrouble`: at once when the token is wrong, else when our patience is over.
    """
    loop = asyncio.get_running_loop()
    over, pause = loop.time() + patience, Pause()
    while not stopping.is_set():
        try:
            async with asyncio.timeout_at(over):
                return await begin()
        except TimeoutError:
            raise NoAnswer.of(telegram.api, "silence") from None
        except NoAnswer as trouble:
            wait = trouble.pause.total_seconds() if trouble.pause else pause.longer()
            if loop.time() + wait >= over:
                raise
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), wait)
    return ""


@contextmanager
def _stopped_by_signals(stopping: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)

    def stop() -> None:
        stopping.set()
        _cut_off(STOPPED_WITHIN)

    for each in signals:
        loop.add_signal_handler(each, stop)
    try:
        yield
    finally:
        for each in signals:
            loop.remove_signal_handler(each)


def _cut_off(seconds: float) -> None:
    """End the process then, even if a thread of a library still waits for a lock or a name server."""
    timer = threading.Timer(seconds, os._exit, (0,))
    timer.daemon = True
    timer.start()
