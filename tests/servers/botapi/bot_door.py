"""/bot<token>/<method>: the door the bot comes through, with every misfortune that can meet it there."""

import re
from collections.abc import Callable

from .calls import Call, read_parameters
from .cloud import Cloud
from .faults import Fault
from .methods import carry_out
from .refusals import HungUpError, RefusedError, too_many
from .schema import Method
from .wire import HTML_TYPE, Answer, Exchange, as_answer

WELL_FORMED = re.compile(r"[1-9]\d{0,18}:[\w-]+", re.ASCII)
PREFIX = "/bot"


class BotDoor:
    """Checks the token, reads the call, lets faults strike, carries it out, answers."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud

    async def serve(self, exchange: Exchange) -> None:
        try:
            answer = await self._answer(exchange)
        except HungUpError:
            await exchange.hang_up()
            return
        self.cloud.ledger.note_answer(answer.status)
        await exchange.answer(answer)

    async def _answer(self, exchange: Exchange) -> Answer:
        try:
            method = self._method(exchange.scope["path"])
            call = await self._read(exchange, method)
        except RefusedError as refused:
            return _refusal(refused)
        return await self._with_faults(call)

    def _method(self, path: str) -> Method:
        """The method a path names, once its token is right."""
        token, _, name = path.removeprefix(PREFIX).partition("/")
        if token != self.cloud.settings.token:
            raise (
                RefusedError(401, "Unauthorized")
                if WELL_FORMED.fullmatch(token)
                else RefusedError(404, "Not Found")
            )
        method = self.cloud.tables.methods.get(name.lower())
        if method is None:
            self.cloud.ledger.violated(name or "(no method)", "unknown method")
            raise RefusedError(404, "Not Found: method not found" if name else "Not Found")
        return method

    async def _read(self, exchange: Exchange, method: Method) -> Call:
        """The checked call. It is counted even when it is refused for what it carries."""
        ledger, now = self.cloud.ledger, self.cloud.clock.now()
        try:
            raw, files = await exchange.parameters()
        except RefusedError as refused:
            ledger.violated(method.name, refused.description)
            raise
        reading = read_parameters(self.cloud.tables, method, raw, files)
        ledger.note_call(method.name, reading.values, now)
        for violation in reading.violations:
            ledger.violated(method.name, violation)
        if reading.refusal is not None:
            raise reading.refusal
        return Call(method, reading.values, now, files, exchange.gone)

    async def _with_faults(self, call: Call) -> Answer:
        faults, name, chat = self.cloud.faults, call.method.name, call.values.get("chat_id")
        if not faults.pending:
            return await self._carried_out(call)
        if latency := faults.latency(name, chat):
            await self.cloud.pause(latency)
            call.at = self.cloud.clock.now()
        fault = faults.strike(name, chat)
        if fault is None:
            return await self._carried_out(call)
        answer = await self._carried_out(call) if fault.is_after else as_answer({})
        return await self._spoiled(fault, answer)

    async def _carried_out(self, call: Call) -> Answer:
        try:
            result = await carry_out(self.cloud, call)
        except RefusedError as refused:
            if refused.mistake:
                self.cloud.ledger.violated(call.method.name, refused.description)
            return _refusal(refused)
        return as_answer({"ok": True, "result": result})

    async def _spoiled(self, fault: Fault, answer: Answer) -> Answer:
        """What is left of an answer when a fault has struck."""
        if fault.kind in {"drop_before", "drop_after"}:
            raise HungUpError
        if fault.kind == "stall":
            await self.cloud.pause(fault.seconds)
            if self.cloud.closing:
                raise HungUpError
            return answer
        return SPOILERS[fault.kind](self.cloud, fault, answer)


def _gateway_page(cloud: Cloud, fault: Fault, answer: Answer) -> Answer:
    page = (
        f"<html>\r\n<head><title>{fault.code}</title></head>\r\n<body><h1>{fault.code}</h1></body>\r\n</html>"
    )
    return Answer(fault.code, page.encode(), HTML_TYPE)


def _flood(cloud: Cloud, fault: Fault, answer: Answer) -> Answer:
    """From now on all sending is refused until the time is over."""
    cloud.limits.halt(fault.retry_after, cloud.clock.now())
    return _refusal(too_many(fault.retry_after))


def _refuse(cloud: Cloud, fault: Fault, answer: Answer) -> Answer:
    return _refusal(RefusedError(fault.code, fault.description))


def _garbage(cloud: Cloud, fault: Fault, answer: Answer) -> Answer:
    return Answer(answer.status, answer.body[: len(answer.body) // 2])


def _refusal(refused: RefusedError) -> Answer:
    return as_answer(refused.as_json(), refused.code, refused.retry_after)


SPOILERS: dict[str, Callable[[Cloud, Fault, Answer], Answer]] = {
    "http": _gateway_page,
    "flood": _flood,
    "refuse": _refuse,
    "garbage": _garbage,
}
