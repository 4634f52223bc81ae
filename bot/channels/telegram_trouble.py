"""Why the Bot API does not let us work, free of the library. Each message says what to do next."""

from __future__ import annotations

from datetime import timedelta


class TelegramTrouble(Exception):
    """The Bot API refused, or could not be asked, something that is not a message to a person."""


class TokenRefused(TelegramTrouble):
    """The token is wrong or was revoked. Trying again does not help."""


class AnotherPoller(TelegramTrouble):
    """Another program takes the updates of this bot. Passes only when that program stops."""


class WebhookRefused(TelegramTrouble):
    """Telegram does not push to the address it was given. Trying again does not help."""


class NoAnswer(TelegramTrouble):
    """Nothing usable came back. Passes; `pause` is how long the Bot API asked us to wait, if it did."""

    def __init__(self, message: str, pause: timedelta | None = None) -> None:
        super().__init__(message)
        self.pause = pause

    @classmethod
    def of(cls, api: str, what: str) -> NoAnswer:
        """Return the trouble with the server at this address; `what` came instead of an answer."""
        return cls(
            f"The Bot API at {api} does not answer as it should ({what}). Check the network of this machine, "
            "and TARE_TELEGRAM_API if it is set."
        )
