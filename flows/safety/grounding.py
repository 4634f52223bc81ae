"""One short exercise for when everything is too much: three steps, and the way out at each of them."""

from __future__ import annotations

from flows.engine.say import Say
from flows.safety.crisis import ordered

STEPS = ("crisis.ground_1", "crisis.ground_2", "crisis.ground_3")


def step_of(number: int) -> Say | None:
    """Return a step, counted from 1; None after the last one."""
    if not 0 < number <= len(STEPS):
        return None
    prompt = STEPS[number - 1]
    further = ordered(prompt, ("on", f"ground.{number + 1}"), ("stop", "ground.stop"))
    return Say(prompt, {}, further, apart=True)
