"""The questions of the sittings as a document shows them: the English words, without a person's own facts."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, Undefined

from bot.catalogue import Catalogue, load_catalogues
from flows.assessment.sittings import SITTINGS
from flows.engine.flow import Flow


class _Gap(Undefined):
    """What only a person could fill in stands in brackets; a condition on it does not hold."""

    def __str__(self) -> str:
        return f"[{self._undefined_name}]"


@cache
def english() -> Catalogue:
    return load_catalogues()["en"]


def worded(prompt: str) -> str:
    """Return the words of a prompt; its own name where there are none."""
    return plain(english().templates.get(prompt, f"`{prompt}`"))


def plain(template: str) -> str:
    """Return a template in words, with the names of facts in brackets and without its HTML.

    Filters are left out: they change a fact, and here there are none.
    """
    source = re.sub(r"(\{\{[^|}]*)\|[^}]*\}\}", r"\1}}", template)
    return re.sub(r"</?\w+>", "", Environment(undefined=_Gap).from_string(source).render())  # noqa: S701 - no HTML comes out


def label(prompt: str, code: str) -> str:
    """Return the words of an answer; its code where it has none."""
    return english().labels.get(prompt, {}).get(code, code)


def sitting_of(item: str) -> Flow | None:
    """Return the sitting that asks for an item, in one question or in parts."""
    return next((flow for flow in SITTINGS if any(asks_for(item, name) for name in flow.questions)), None)


def asks_for(item: str, question: str) -> bool:
    return item in (question, question.partition("_")[0])
