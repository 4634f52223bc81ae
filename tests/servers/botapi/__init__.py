"""A strict fake of Telegram's Bot API, over real HTTP: it refuses what the real server refuses.

`async with BotApi() as api` starts it inside a test, `async with BotApiProcess() as api` as a process of its
own; both are driven with the same words (see `Controls` and `Phone`). `api.violations == []` after a test
says that the bot never broke a rule of the Bot API.
"""

from .chats import ImpossibleError
from .clock import Clock
from .cloud import TOKEN, Settings
from .controls import Controls
from .limits import Limits
from .phone import Button, Group, NotHeardError, Phone, Seen
from .remote import BotApiProcess, RemoteBotApi
from .server import BotApi

__all__ = [
    "TOKEN",
    "BotApi",
    "BotApiProcess",
    "Button",
    "Clock",
    "Controls",
    "Group",
    "ImpossibleError",
    "Limits",
    "NotHeardError",
    "Phone",
    "RemoteBotApi",
    "Seen",
    "Settings",
]
