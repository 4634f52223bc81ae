"""How the server says no: code and description as the real one words them."""

from .shapes import JsonObject

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
WEBHOOK_TOOK_OVER = "Conflict: terminated by setWebhook request"


class RefusedError(Exception):
    """A call the server does not accept. `mistake` says that the bot, not the world, is to blame for it."""

    def __init__(
        self, code: int, description: str, *, retry_after: int | None = None, mistake: bool = False
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.mistake = mistake

    def as_json(self) -> JsonObject:
        answer: JsonObject = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer


def bad_request(what: str) -> RefusedError:
    """400 for something the bot should never have sent."""
    return RefusedError(400, f"Bad Request: {what}", mistake=True)


def unlucky(what: str) -> RefusedError:
    """400 for something a careful bot can still meet: the world changed meanwhile."""
    return RefusedError(400, f"Bad Request: {what}")


def forbidden(what: str) -> RefusedError:
    return RefusedError(403, f"Forbidden: {what}")


def conflict(description: str) -> RefusedError:
    return RefusedError(409, description)


def too_many(retry_after: int) -> RefusedError:
    return RefusedError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def cannot(what: str) -> RefusedError:
    """501 for what the real server does and this one does not: a gap of the fake, kept loud."""
    return RefusedError(501, f"Not Implemented: the fake Bot API does not know how to {what}", mistake=True)


class HungUpError(Exception):
    """The connection is to be closed without an answer."""
