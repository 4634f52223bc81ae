"""From raw parameters to a checked call: known method, known parameters, right types, nothing missing."""

from collections.abc import Callable
from dataclasses import dataclass, field

from .refusals import RefusedError, bad_request
from .schema import Method, Parameter, Schema, WrongTypeError
from .shapes import Json, JsonObject

ATTACHED = "attach://"

# What the real server says when a required parameter is not there; it words each one by itself.
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "action": "wrong parameter action in request",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
}
NOT_JSON = {
    "reply_markup": "can't parse reply keyboard markup JSON object",
    "reply_parameters": "can't parse reply parameters JSON object",
    "link_preview_options": "can't parse link preview options JSON object",
    "commands": "can't parse commands JSON object",
    "scope": "can't parse BotCommandScope JSON object",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart body."""

    filename: str
    content_type: str
    content: bytes


def still_there() -> bool:
    return False


@dataclass(slots=True)
class Call:
    """One call of the bot, checked. `at` is the server's time; `gone` tells whether the caller hung up."""

    method: Method
    values: JsonObject
    at: float
    files: dict[str, Upload] = field(default_factory=dict)
    gone: Callable[[], bool] = still_there

    def text(self, name: str) -> str:
        return str(self.values.get(name, ""))

    def number(self, name: str, default: int = 0) -> int:
        return int(self.values.get(name, default))

    def flag(self, name: str) -> bool:
        return bool(self.values.get(name, False))

    def upload(self, name: str) -> Upload | None:
        """The file of this parameter: sent under its own name or under the name it attaches."""
        given = self.values.get(name)
        if isinstance(given, Upload):
            return given
        if isinstance(given, str) and given.startswith(ATTACHED):
            return self.files.get(given.removeprefix(ATTACHED))
        return None


@dataclass(slots=True)
class Reading:
    """What was read of a call: its values, every rule it broke, and the first reason to refuse it."""

    values: JsonObject = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    refusal: RefusedError | None = None

    def refuse(self, because: str) -> None:
        self.refusal = self.refusal or bad_request(because)


def read_parameters(tables: Schema, method: Method, raw: JsonObject, files: dict[str, Upload]) -> Reading:
    """Read every parameter by its type. Unknown ones are violations but, as in reality, not refused."""
    reading = Reading()
    for name, value in raw.items():
        parameter = method.parameters.get(name)
        if parameter is None:
            reading.violations.append(f"unknown parameter {name!r}")
        else:
            _read_one(tables, reading, parameter, value)
    _read_files(method, reading, files)
    _miss_required(method, reading)
    return reading


def _read_one(tables: Schema, reading: Reading, parameter: Parameter, raw: Json) -> None:
    name = parameter.name
    try:
        value = parameter.read(raw)
    except WrongTypeError as wrong:
        reading.violations.append(f"parameter {name!r} must be {wrong}, not {raw!r:.80}")
        reading.refuse(NOT_JSON.get(name, f"parameter {name!r} must be {wrong}"))
        return
    if parameter.is_nested:
        _check_nested(tables, reading, parameter, value)
    reading.values[name] = value


def _check_nested(tables: Schema, reading: Reading, parameter: Parameter, value: Json) -> None:
    for problem in tables.problems(value, parameter.types, parameter.name):
        reading.violations.append(problem.text)
        if problem.refused:
            reading.refuse(f"can't parse {problem.text}")


def _read_files(method: Method, reading: Reading, files: dict[str, Upload]) -> None:
    attached = {str(value).removeprefix(ATTACHED) for value in reading.values.values()}
    for name, upload in files.items():
        parameter = method.parameters.get(name)
        if parameter is not None and parameter.takes_file:
            reading.values.setdefault(name, upload)
        elif name not in attached:
            reading.violations.append(f"file {name!r} belongs to no parameter")


def _miss_required(method: Method, reading: Reading) -> None:
    for name in method.required:
        if name not in reading.values and reading.refusal is None:
            reading.violations.append(f"missing required parameter {name!r}")
            reading.refuse(MISSING.get(name, f"parameter {name!r} is required"))
