"""A client may send anything as the token of a button, and learns nothing and changes nothing by it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import MovableClock
from bot.storage import Keyring, Store
from flows.commands import COMMANDS
from flows.engine.heard import Tapped
from flows.engine.tokens import LONGEST, choice_token
from flows.person import Person
from flows.shelf import FLOWS
from tests.delivery.given import NOW, Office, arrival, onboarded, wrote
from tests.rights.given import SECRET, person_of
from tests.storage.given import number_of

ADA, EVE = 1, 2
SAID = "none of the meetings"
"""Part of what Ada alone has said."""

QUESTIONS = sorted({(name, state) for name, flow in FLOWS.items() for state in flow.questions})
CODES = st.one_of(
    st.sampled_from(["yes", "no", "7", "en", "DE", "~skip", "~back", "~why", "~ready", "+sleep"]),
    st.text("abcXYZ019_+/~-", max_size=34),
)


@dataclass
class Stage:
    """Ada in the middle of the sketch, Eve at its first question, in one bot."""

    runner: asyncio.Runner
    office: Office
    url: str

    def taps(self, token: str) -> list[str]:
        """What Eve sees after a tap, the passing word too."""
        before = len(self.office.postman.parcels)
        toasts = self.runner.run(self._tap(token))
        new = self.office.postman.parcels[before:]
        assert all(parcel.chat == EVE for parcel in new)
        return [*(parcel.html for parcel in new), *toasts]

    async def _tap(self, token: str) -> list[str]:
        taken = await self.office.intake.take([arrival(Tapped(token), EVE)])
        self.office.sender.hand(taken.parcels)
        await self.office.sender.once()
        return [*taken.taps.values()]

    def person(self, chat: int) -> Person:
        return self.runner.run(person_of(self.office.store, chat))

    def tokens_of(self, chat: int) -> list[str]:
        """Every token that ever stood on a button of somebody."""
        parcels = [parcel for parcel in self.office.postman.parcels if parcel.chat == chat]
        return [key.token for parcel in parcels for row in parcel.rows for key in row]


@pytest.fixture(scope="module")
def stage(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("tokens")
    url = f"sqlite:///{shutil.copy(sqlite_template, folder / 'tare.db')}"
    with asyncio.Runner() as runner:
        store = runner.run(Store.open(url, Keyring.generate()))
        office = Office(store, MovableClock(fixed=NOW))
        for chat in (ADA, EVE):
            runner.run(onboarded(office, chat))
        runner.run(office.take(wrote(SECRET, ADA)))
        runner.run(office.take(wrote("7", ADA)))
        yield Stage(runner, office, url)
        runner.run(store.close())


def test_every_button_of_somebody_else_is_answered_softly_and_does_nothing(stage: Stage) -> None:
    theirs = [token for token in stage.tokens_of(ADA) if token.startswith("q:")]
    ada, eve, records = stage.person(ADA), stage.person(EVE), number_of(stage.url, "record")

    for token in theirs:
        assert stage.taps(token) == ["We have moved on from that one."], token

    assert len(theirs) > 20
    assert stage.person(ADA) == ada
    assert stage.person(EVE).conversations == eve.conversations
    assert number_of(stage.url, "record") == records


@settings(max_examples=80, deadline=None)
@given(
    st.builds(
        choice_token,
        st.one_of(st.text("0123456789abcdef", min_size=8, max_size=8), st.text(max_size=9)),
        st.integers(-5, 10**12),
        st.sampled_from([state for _, state in QUESTIONS]),
        CODES,
    )
)
def test_a_forged_answer_changes_nothing_of_anybody(stage: Stage, token: str) -> None:
    ada, eve, records = stage.person(ADA), stage.person(EVE), number_of(stage.url, "record")

    said = stage.taps(token)

    assert said == ["We have moved on from that one."]
    assert stage.person(ADA) == ada
    assert stage.person(EVE).conversations == eve.conversations
    assert number_of(stage.url, "record") == records


@settings(max_examples=80, deadline=None)
@given(
    st.builds(
        choice_token,
        st.just("HERS"),
        st.integers(0, 60),
        st.sampled_from([state for _, state in QUESTIONS]),
        CODES,
    )
)
def test_with_the_number_of_ones_own_conversation_only_real_options_count(stage: Stage, token: str) -> None:
    """A made-up option, question or sequence number is no answer, however near it comes."""
    there = stage.person(EVE).foreground
    assert there is not None
    forged = token.replace("HERS", there.id)
    real = forged in stage.tokens_of(EVE)

    stage.taps(forged)

    after = stage.person(EVE).conversations[there.flow]
    assert real or after.answers == there.answers


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200),
        st.text("qc:019af~+", max_size=80),
        st.builds("c:{}:{}".format, st.sampled_from(sorted(COMMANDS)), st.text(max_size=40)),
        st.builds("q:{}".format, st.text(max_size=70)),
        st.just("c:erase:" + "1" * 5000),
        st.just("\x00" * 64),
        st.just("q:" + "\u202e" * 60),
    )
)
def test_whatever_is_sent_nobody_sees_what_another_one_said(stage: Stage, token: str) -> None:
    ada = stage.person(ADA)

    said = stage.taps(token)

    assert SAID not in " ".join(said)
    assert stage.person(ADA) == ada
    assert len(token.encode()) <= LONGEST or said == ["We have moved on from that one."]
    assert number_of(stage.url, "dead_letter") == 0
