"""What stands on the buttons of the last offer, so that it can be typed as well as tapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flows.engine.say import Button, Label, Say
from flows.engine.tokens import Order, order_token, read_token
from flows.engine.understanding import agrees, nearest, plain
from flows.person import Offered
from flows.reply import Visit

YES_MEANS: Mapping[str, str] = {
    "coach.resume": "go_on",
    "coach.back_to_it": "go_on",
    "coach.no_map_yet": "go_on",
    "coach.you_declined": "talk",
    "engine.answered_before": "change",
    "again.signs_due": "now",
    "again.tests_due": "now",
    "again.tests_after_trial": "now",
    "nudges.resume": "go_on",
    "nudges.settle": "look",
    "nudges.settle_unclear": "look",
    "nudges.lookback": "look",
    "nudges.lookback_half": "look",
    "weekly.offer": "start",
    "trials.how_is_it": "start",
    "trials.time_is_over": "start",
    "breaks.ask_mid": "start",
    "breaks.ask_after": "start",
}
"""Offers that ask "shall we?", with the label that a plain yes stands for; a plain no leaves it for later."""

A_NUMBER = order_token("change", "")
"""How the tokens of a list of answers begin. Its numbers go on over several pages, and all of them count."""


def offered_by(says: Sequence[Say]) -> tuple[Offered, ...]:
    """Return the commands on the buttons of the last message."""
    return tuple(
        (*_name(button), button.token)
        for button in says[-1].buttons
        if isinstance(read_token(button.token), Order)
    )


def typed_offer(visit: Visit, text: str) -> Order | None:
    """Return the command that a text means: the words on its button, or a yes or no to what was offered.

    While a question is open nothing but the very words count: the rest may be its answer.
    """
    labels = {token: _label(visit, prompt, code) for prompt, code, token in visit.person.offered}
    said = plain(text)
    token = next((token for token, label in labels.items() if said and plain(label) == said), None)
    if token is None and visit.person.foreground is None:
        if said.isdecimal() and any(token.startswith(A_NUMBER) for token in labels):
            return Order("change", said)
        token = nearest(text, labels, visit.ear.words)
    return _order(token) if token else _agreed(visit, text)


def _agreed(visit: Visit, text: str) -> Order | None:
    for prompt, code, token in visit.person.offered:
        if YES_MEANS.get(prompt) == code:
            agreed = agrees(text, visit.ear.words)
            return None if agreed is None else _order(token) if agreed else Order("later")
    return None


def _order(token: str) -> Order | None:
    order = read_token(token)
    return order if isinstance(order, Order) else None


def _label(visit: Visit, prompt: str, code: str) -> str:
    return visit.ear.words.labels.get(prompt, {}).get(code, "") if prompt else code


def _name(button: Button) -> tuple[str, str]:
    if isinstance(button.label, Label):
        return button.label.prompt, button.label.code
    return "", str(button.label)
