"""`python -m tests.servers.botapi`: the server as a process. Prints its URL when ready, ends on SIGTERM."""

import argparse
import asyncio
import signal
import sys

from .cloud import TOKEN, Settings
from .faults import Fault
from .limits import Limits
from .server import BotApi


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.servers.botapi", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--username", default="tare_test_bot")
    parser.add_argument("--lean", action="store_true", help="counts only: no logs of chats and calls")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before every call")
    parser.add_argument("--per-second", type=float, help="messages a second for the bot")
    parser.add_argument("--burst", type=float, default=30.0)
    parser.add_argument("--chat-per-second", type=float, help="messages a second for each chat")
    parser.add_argument("--chat-burst", type=float, default=3.0)
    parser.add_argument("--seed", type=int, default=1, help="for faults that strike by chance")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input is closed")
    return parser.parse_args(arguments)


def server(chosen: argparse.Namespace) -> BotApi:
    settings = Settings(chosen.token, chosen.username, lean=chosen.lean, seed=chosen.seed)
    limits = Limits(chosen.per_second, chosen.burst, chosen.chat_per_second, chosen.chat_burst)
    api = BotApi(settings, port=chosen.port, limits=limits)
    if chosen.latency:
        api.cloud.faults.add(Fault("latency", times=None, seconds=chosen.latency))
    return api


async def serve(chosen: argparse.Namespace) -> None:
    loop, end = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end.set)
    if chosen.with_parent:
        loop.add_reader(sys.stdin.fileno(), end.set)  # nobody writes there: it is readable when it is closed
    async with server(chosen) as api:
        print(api.url, flush=True)
        await end.wait()
    if chosen.with_parent:
        loop.remove_reader(sys.stdin.fileno())


if __name__ == "__main__":
    asyncio.run(serve(options()))
