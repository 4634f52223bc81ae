"""Lost answers and bad gateways: what comes twice is exactly what the bot could not know to have arrived."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random

import pytest

from tests.crash.aftermath import Aftermath, Ordeal
from tests.crash.bad_network import BadNetwork
from tests.crash.cast import cast_of
from tests.crash.conftest import PEOPLE, SEED, Setting
from tests.crash.play import play
from tests.crash.rules import repeated, words_of
from tests.crash.serving import Serving
from tests.servers.botapi import Controls

FEW = 8


@pytest.fixture(scope="module")
def suffered(on_postgres: Setting, calm: Callable[[int], Aftermath]) -> tuple[Ordeal, BadNetwork]:
    """A few of the people of the storm, with a bad network instead of kills."""
    expected = {witness.name: witness.received for witness in calm(SEED).witnesses}
    networks: list[BadNetwork] = []

    def forecast(serving: Serving, api: Controls) -> BadNetwork:
        networks.append(BadNetwork(serving, api, Random(SEED), expected))
        return networks[-1]

    after = asyncio.run(play(on_postgres("network"), cast_of(SEED, PEOPLE)[:FEW], forecast))
    [network] = networks
    print(f"seed {SEED}: {dict(network.set)} in {after.seconds:.0f} s")
    return Ordeal(calm(SEED), after), network


Suffered = tuple[Ordeal, BadNetwork]


def test_a_question_comes_once_more_where_its_answer_was_lost_and_nothing_else_does(
    suffered: Suffered,
) -> None:
    ordeal, network = suffered
    for calm, after in ordeal.pairs:
        repeats = repeated(after.received, calm.received, after.name)
        assert [words_of(seen) for seen in repeats] == [
            words_of(seen) for seen in network.doubled[after.name]
        ]


def test_enough_went_wrong_to_prove_something(suffered: Suffered) -> None:
    _, network = suffered
    assert sum(len(doubled) for doubled in network.doubled.values()) >= FEW / 2
    assert network.set.total() >= 2 * FEW


def test_no_answer_is_lost_or_counted_twice_by_a_bad_network(suffered: Suffered) -> None:
    ordeal, _ = suffered
    assert ordeal.stormy.taken == ordeal.stormy.updates
    for witness in ordeal.stormy.witnesses:
        assert witness.kept.answers == dict(witness.given), witness.name
        assert witness.kept.records == witness.given, witness.name


def test_a_bad_network_leaves_nothing_behind(suffered: Suffered) -> None:
    ordeal, _ = suffered
    assert (ordeal.stormy.waiting, ordeal.stormy.letters, ordeal.stormy.violations) == (0, 0, [])
