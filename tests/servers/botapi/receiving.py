"""How the bot gets its updates: getUpdates with long polling, or a webhook."""

from urllib.parse import urlsplit

from .calls import Call
from .cloud import Cloud
from .refusals import OTHER_POLLER, WEBHOOK_ACTIVE, WEBHOOK_TOOK_OVER, HungUpError, bad_request, conflict
from .shapes import Json
from .webhook import DEFAULT_CONNECTIONS

LONGEST_POLL = 50
SECRET_AT_MOST = 256


async def get_updates(cloud: Cloud, call: Call) -> Json:
    """A long poll that finds nothing waits; the next long poll, or a webhook, ends it with 409."""
    if cloud.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    _remember_allowed(cloud, call)
    offset, limit = call.number("offset"), min(max(call.number("limit", 100), 1), 100)
    seconds = min(max(call.number("timeout"), 0), LONGEST_POLL)
    if cloud.settings.hurried_polls:
        seconds, limit = _braked(cloud, call, offset, seconds, limit)
    taken = cloud.updates.take(offset, limit)
    if not taken and seconds:
        await _wait_for_updates(cloud, call, seconds)
        taken = cloud.updates.take(offset, limit)
    return [update.body for update in taken]


def _braked(cloud: Cloud, call: Call, offset: int, seconds: int, limit: int) -> tuple[int, int]:
    """The real server slows down whoever asks for the same offset again at once: 3 s, and one update only."""
    last_offset, last_at = cloud.last_poll
    cloud.last_poll = (offset, call.at)
    if offset != last_offset or call.at >= last_at + 3.0:
        return seconds, limit
    return max(seconds, 3), 1 if call.at < last_at + 0.5 else limit


async def _wait_for_updates(cloud: Cloud, call: Call, seconds: int) -> None:
    mine, cloud.poll = object(), None
    cloud.poll = mine
    cloud.updates.bell.ring()
    until = cloud.clock.now() + seconds

    def over() -> bool:
        superseded = cloud.poll is not mine or cloud.closing or call.gone()
        return superseded or cloud.clock.now() >= until or cloud.updates.has_any()

    await cloud.updates.bell.until(over, seconds)
    if cloud.closing or call.gone():
        raise HungUpError
    if cloud.poll is not mine:
        raise conflict(WEBHOOK_TOOK_OVER if cloud.webhook.url else OTHER_POLLER)
    cloud.poll = None


def _remember_allowed(cloud: Cloud, call: Call) -> None:
    """Stays as it was when not given; an empty list means all kinds but the three on request."""
    allowed = call.values.get("allowed_updates")
    if allowed is None:
        return
    for kind in allowed:
        if kind not in cloud.updates.known_kinds:
            cloud.ledger.violated(call.method.name, f"allowed_updates names an unknown kind {kind!r}")
    cloud.updates.allowed = list(allowed)


async def set_webhook(cloud: Cloud, call: Call) -> Json:
    url = call.text("url")
    if not url:
        return await delete_webhook(cloud, call)
    _check_webhook(url, call.text("secret_token"))
    _remember_allowed(cloud, call)
    if call.flag("drop_pending_updates"):
        cloud.updates.clear()
    connections = min(max(call.number("max_connections", DEFAULT_CONNECTIONS), 1), 100)
    cloud.poll = None
    await cloud.webhook.set(url, call.text("secret_token"), connections)
    cloud.updates.bell.ring()
    return True


def _check_webhook(url: str, secret: str) -> None:
    """Plain http is taken, as a self-hosted server in local mode does."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if len(secret) > SECRET_AT_MOST:
        raise bad_request("secret token is too long")
    if not all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in secret):
        raise bad_request("secret token contains unallowed characters")


async def delete_webhook(cloud: Cloud, call: Call) -> Json:
    await cloud.webhook.close()
    if call.flag("drop_pending_updates"):
        cloud.updates.clear()
    return True


def get_webhook_info(cloud: Cloud, call: Call) -> Json:
    return cloud.webhook.as_info(cloud.updates.allowed)
