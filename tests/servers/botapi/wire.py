"""HTTP at its barest: reading what a call carried, writing what it is answered, hanging up."""

import json
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from .calls import Upload
from .refusals import HungUpError, bad_request
from .shapes import Json, JsonObject

JSON_TYPE = b"application/json"
HTML_TYPE = b"text/html"
BODY_AT_MOST = 60 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back over the wire."""

    status: int
    body: bytes
    content_type: bytes = JSON_TYPE
    retry_after: int | None = None


COMPACT = json.JSONEncoder(separators=(",", ":"))


def as_answer(value: Json, status: int = 200, retry_after: int | None = None) -> Answer:
    return Answer(status, COMPACT.encode(value).encode(), JSON_TYPE, retry_after)


@dataclass(slots=True)
class Exchange:
    """One request of one connection."""

    scope: Scope
    receive: Receive
    send: Send

    @property
    def content_type(self) -> str:
        for name, value in self.scope["headers"]:
            if name == b"content-type":
                return str(value, "latin-1").lower()
        return ""

    async def body(self) -> bytes:
        """The whole body. A call that was cut off while it was sent is no call."""
        parts = []
        while True:
            event = await self.receive()
            if event["type"] == "http.disconnect":
                raise HungUpError
            parts.append(event.get("body", b""))
            if not event.get("more_body", False):
                return parts[0] if len(parts) == 1 else b"".join(parts)

    async def parameters(self) -> tuple[JsonObject, dict[str, Upload]]:
        """What the call carried: raw values by name, and files. Query string and body count alike."""
        raw: JsonObject = dict(parse_qsl(str(self.scope["query_string"], "latin-1"), keep_blank_values=True))
        kind = self.content_type
        if kind.startswith("multipart/form-data"):
            values, files = await self._form()
            return raw | values, files
        body = await self.body()
        if kind.startswith("application/json"):
            return raw | _json_object(body), {}
        if body:
            raw |= dict(parse_qsl(body.decode(), keep_blank_values=True))
        return raw, {}

    async def _form(self) -> tuple[JsonObject, dict[str, Upload]]:
        values: JsonObject = {}
        files: dict[str, Upload] = {}
        async with Request(self.scope, self.receive).form(max_part_size=BODY_AT_MOST) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    kind = value.content_type or "application/octet-stream"
                    files[name] = Upload(value.filename or "", kind, await value.read())
                else:
                    values[name] = value
        return values, files

    def gone(self) -> bool:
        """Whether the other side has closed the connection."""
        return bool(self.scope["state"]["transport"].is_closing())

    async def answer(self, answer: Answer) -> None:
        headers = [
            (b"content-type", answer.content_type),
            (b"content-length", str(len(answer.body)).encode()),
        ]
        if answer.retry_after is not None:
            headers.append((b"retry-after", str(answer.retry_after).encode()))
        await self.send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await self.send({"type": "http.response.body", "body": answer.body})

    async def hang_up(self) -> None:
        """Close the connection without an answer and wait until the server has noticed."""
        self.scope["state"]["transport"].abort()
        while (await self.receive())["type"] != "http.disconnect":
            pass


def _json_object(body: bytes) -> JsonObject:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("object expected as JSON body")
    return value
