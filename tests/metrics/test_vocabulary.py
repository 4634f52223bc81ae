"""Whatever anybody does, no label is anything but a known name, and no word of theirs is in the numbers."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.arrivals import Arrival
from bot.metrics import VOCABULARY
from bot.metrics.names import QUESTIONS
from bot.parcels import Failed, Outcome, Refused, Unreachable
from bot.storage import Keyring, Store
from flows.commands import COMMANDS
from flows.engine.heard import Commanded, Corrected, Heard, Sent, Tapped, Wrote
from flows.engine.tokens import order_token
from tests.delivery.given import arrival
from tests.metrics.given import CROWD, Counted, labels_in

CANARY = "kanarienvogel"
KEYRING = Keyring.generate()

words = st.one_of(
    st.sampled_from(["7", "yes", "no", "skip", "back", "why?", "Germany", "delete everything", CANARY]),
    st.text(max_size=20).map(lambda text: f"{CANARY} {text}"),
)
names = st.one_of(st.sampled_from(sorted(COMMANDS)), words)
flows = st.one_of(st.sampled_from(sorted(QUESTIONS)), st.just(CANARY))
states = st.sampled_from(["O1", "O2", "ask", "done", CANARY])
tokens = st.one_of(
    words,
    st.builds(order_token, names, words),
    st.builds(lambda flow, state: order_token("change", f"{flow}.{state}"), flows, states),
    st.builds(lambda state, code: f"q:{CANARY[:8]}:1:{state}:{code}", states, words),
)
events: st.SearchStrategy[Heard] = st.one_of(
    st.builds(Wrote, words),
    st.builds(Wrote, words),
    st.builds(Commanded, names, words),
    st.builds(Tapped, tokens),
    st.builds(Corrected, words, st.integers(1, 4)),
    st.builds(Sent, st.sampled_from(["voice", "other", CANARY])),
)
fates: st.SearchStrategy[Outcome | Exception] = st.sampled_from(
    [Failed(CANARY), Refused(CANARY), Unreachable(CANARY), Refused("too long"), RuntimeError(CANARY)]
)


async def told_after(url: str, heard: list[Heard], fates: list[Outcome | Exception]) -> str:
    """The numbers after five people did the same, and messages met with these fates."""
    store = await Store.open(url, KEYRING)
    try:
        counted = Counted(store)
        await counted.begin(*CROWD)
        counted.postman.fates.extend(fates)
        for event in heard:
            await counted.take(*(from_somebody(event, chat) for chat in CROWD))
        return counted.told()
    finally:
        await store.close()


def from_somebody(event: Heard, chat: int) -> Arrival:
    return arrival(event, chat)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example([Wrote(CANARY), Wrote("7"), Wrote("skip"), Commanded("erase"), Wrote("yes")], [Failed(CANARY)])
@given(st.lists(events, max_size=8), st.lists(fates, max_size=2))
def test_every_label_is_a_known_name(
    sqlite_template: Path, heard: list[Heard], fates: list[Outcome | Exception]
) -> None:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{copy(sqlite_template, Path(folder) / 'tare.db')}"
        told = asyncio.run(told_after(url, heard, fates))

    for name, value in labels_in(told):
        known = re.fullmatch(r"[\d.]+|\+Inf", value) if name == "le" else value in VOCABULARY[name]
        assert known, (name, value)
    assert CANARY not in told
    assert 'tare_questions_total{flow="onboarding",question="consent",what="answered"} 5.0' in told


def test_no_name_in_the_vocabulary_could_be_a_person_or_their_words() -> None:
    """Every one is written down in the code: short, in its letters, and no number."""
    for name, values in VOCABULARY.items():
        for value in values:
            assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_ ]{0,30}|", value) or name == "status", (name, value)
