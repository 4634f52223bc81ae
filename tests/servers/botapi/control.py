"""/fake/<verb>: the door the test comes through. Every verb takes named arguments and returns JSON."""

import base64
from collections.abc import Awaitable, Callable
from inspect import isawaitable

from . import people
from .chats import ImpossibleError, Person
from .cloud import Cloud
from .faults import Fault, UnknownFaultError
from .messages import seen
from .shapes import Json, JsonObject

Verb = Callable[..., Json | Awaitable[Json]]
VERBS: dict[str, Verb] = {}


def verb(done: Verb) -> Verb:
    """Make a function a verb of the control door, under its own name."""
    VERBS[done.__name__] = done
    return done


async def do(cloud: Cloud, name: str, arguments: JsonObject) -> Json:
    """Carry out one verb; ImpossibleError when it does not exist or cannot be."""
    if name not in VERBS:
        raise ImpossibleError(f"no verb {name!r}; there are {sorted(VERBS)}")
    try:
        result = VERBS[name](cloud, **arguments)
        return await result if isawaitable(result) else result
    except UnknownFaultError as error:
        raise ImpossibleError(str(error)) from error


@verb
def person(
    cloud: Cloud,
    first_name: str,
    language_code: str = "en",
    last_name: str = "",
    username: str = "",
    person_id: int | None = None,
    started: bool = False,
) -> Json:
    """A new person who has never written to the bot, unless `started`."""
    number = cloud.chats.next_person if person_id is None else person_id
    new = Person(number, first_name, last_name, username, language_code, started)
    return {"person_id": cloud.chats.add_person(new).id}


@verb
def crowd(cloud: Cloud, count: int, language_code: str = "en") -> Json:
    """Many people at once, all of whom have started the bot."""
    first = cloud.chats.next_person
    for number in range(first, first + count):
        cloud.chats.add_person(
            Person(number, f"P{number - first}", language_code=language_code, started=True)
        )
    return {"person_ids": list(range(first, first + count))}


@verb
def write(
    cloud: Cloud, person_id: int, text: str, chat_id: int | None = None, reply_to: int | None = None
) -> Json:
    return people.write(cloud, person_id, text, chat_id, reply_to)


@verb
def write_many(cloud: Cloud, lines: list[tuple[int, str]]) -> Json:
    """One message after the other: for load."""
    for person_id, text in lines:
        people.write(cloud, person_id, text, None, None)
    return {"count": len(lines)}


@verb
def send_thing(
    cloud: Cloud, person_id: int, kind: str, caption: str = "", chat_id: int | None = None
) -> Json:
    return people.send_thing(cloud, person_id, kind, caption, chat_id)


@verb
def edit(cloud: Cloud, person_id: int, message_id: int, text: str, chat_id: int | None = None) -> Json:
    return people.edit(cloud, person_id, message_id, text, chat_id)


@verb
def forget(cloud: Cloud, person_id: int, message_id: int, chat_id: int | None = None) -> Json:
    return people.forget(cloud, person_id, message_id, chat_id)


@verb
def press(
    cloud: Cloud,
    person_id: int,
    label: str,
    message_id: int | None = None,
    chat_id: int | None = None,
    times: int = 1,
) -> Json:
    return people.press(cloud, person_id, label, message_id, chat_id, times)


@verb
def tap(
    cloud: Cloud,
    person_id: int,
    data: str,
    message_id: int,
    chat_id: int | None = None,
    times: int = 1,
    inaccessible: bool = False,
) -> Json:
    return people.tap(cloud, person_id, data, message_id, chat_id, times, inaccessible_message=inaccessible)


@verb
def block(cloud: Cloud, person_id: int) -> Json:
    return people.block(cloud, person_id)


@verb
def unblock(cloud: Cloud, person_id: int, start: bool = True) -> Json:
    return people.unblock(cloud, person_id, start)


@verb
def deactivate(cloud: Cloud, person_id: int) -> Json:
    return people.deactivate(cloud, person_id)


@verb
def group(cloud: Cloud, title: str, members: list[int], kind: str = "supergroup") -> Json:
    return people.found_group(cloud, title, kind, members)


@verb
def expel_bot(cloud: Cloud, person_id: int, chat_id: int) -> Json:
    return people.expel_bot(cloud, person_id, chat_id)


@verb
def chat(cloud: Cloud, chat_id: int) -> Json:
    """The messages of a chat as they look now, oldest first."""
    messages = cloud.chats.chat(chat_id).messages
    return [seen(message, float(message["date"])) for _, message in sorted(messages.items())]


@verb
def log(cloud: Cloud, chat_id: int, after: int = 0) -> Json:
    """Everything the bot did in a chat, in order, from entry `after` on."""
    if cloud.settings.lean:
        raise ImpossibleError("a lean server keeps no log")
    return cloud.chats.chat(chat_id).log[after:]


@verb
async def wait_for_log(cloud: Cloud, chat_id: int, after: int, within: float) -> Json:
    """The log from `after` on, as soon as there is something, or [] when the time is over."""
    if cloud.settings.lean:
        raise ImpossibleError("a lean server keeps no log")
    heard = cloud.chats.chat(chat_id)
    await heard.bell.until(lambda: len(heard.log) > after or cloud.closing, within)
    return heard.log[after:]


@verb
async def wait_for_sent(cloud: Cloud, count: int, within: float) -> Json:
    """The number of messages delivered in all, as soon as it reaches `count`."""
    ledger = cloud.ledger
    await ledger.bell.until(lambda: ledger.sent >= count or cloud.closing, within)
    return ledger.sent


@verb
async def wait_until_taken(cloud: Cloud, within: float) -> Json:
    """Whether every update was confirmed in time."""
    updates = cloud.updates
    return await updates.bell.until(lambda: not updates.has_any() or cloud.closing, within)


@verb
def file(cloud: Cloud, file_id: str) -> Json:
    if file_id not in cloud.files.stored:
        raise ImpossibleError(f"there is no file {file_id!r}")
    return {"content": base64.b64encode(cloud.files.stored[file_id].content).decode()}


@verb
def violations(cloud: Cloud) -> Json:
    return list(cloud.ledger.violations)


@verb
def calls(cloud: Cloud, method: str = "") -> Json:
    """The calls of one method, or all, oldest first."""
    return [call for call in cloud.ledger.calls if method in {"", call["method"]}]


@verb
def totals(cloud: Cloud) -> Json:
    """Counts: calls by method, answers by status, messages delivered, the busiest second, updates, faults."""
    return cloud.ledger.totals() | {
        "pending_updates": cloud.updates.pending(),
        "expired_updates": cloud.updates.dropped,
        "faults_struck": cloud.faults.struck,
        "refused_for_limits": cloud.limits.refused,
        "webhook_tries": cloud.webhook.tries,
        "webhook_failures": cloud.webhook.failures,
    }


@verb
def fail(cloud: Cloud, kind: str, **how: Json) -> Json:
    """Set a fault; the arguments are those of Fault."""
    cloud.faults.add(Fault(kind, **how))
    return {}


@verb
def heal(cloud: Cloud) -> Json:
    """No more faults, no halt."""
    cloud.faults.clear()
    cloud.limits.halted_until = 0.0
    return {}


@verb
def limit(cloud: Cloud, **limits: float | None) -> Json:
    """Set flood limits: per_second, burst, chat_per_second, chat_burst, retry_after."""
    for name, value in limits.items():
        setattr(cloud.limits, name, value)
    return {}


@verb
def advance(cloud: Cloud, seconds: float) -> Json:
    cloud.clock.advance(seconds)
    return {"now": cloud.clock.now()}


@verb
def inject(cloud: Cloud, update: JsonObject, about: int = 0) -> Json:
    """Deliver any update once, as it is; without update_id it gets the next one."""
    return {"update_id": cloud.updates.force(update, about)}


@verb
def repeat(cloud: Cloud, update_id: int) -> Json:
    cloud.updates.repeat(update_id)
    return {}


@verb
def hold(cloud: Cloud) -> Json:
    """Keep updates back from now on."""
    cloud.updates.hold()
    return {}


@verb
def release(cloud: Cloud, backwards: bool = False) -> Json:
    cloud.updates.release(backwards=backwards)
    return {}


@verb
def renumber(cloud: Cloud, next_id: int) -> Json:
    """Let update ids go on from another number, as they do after a week without updates."""
    if cloud.updates.has_any():
        raise ImpossibleError("ids jump only while nothing is waiting")
    cloud.updates.next_id = next_id
    return {}
