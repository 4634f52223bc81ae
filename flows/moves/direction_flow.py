"""The questions of /direction: own words, the list, and then two at a time.

Which two are asked next depends on all answers so far, so the ending of the flow finds the pair and opens
the question for it (`flows.moves.direction`). The pairs asked so far stand in `about["usual"]`, a line each
thing, where their questions find them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

from flows.assessment.guards import named
from flows.engine.answers import Rejected, Value
from flows.engine.conversation import DONE, Conversation
from flows.engine.flow import Flow, Go, Guard
from flows.engine.matching import nearest
from flows.engine.numerals import at_place, place
from flows.engine.question import Face, Option, Question, Shared
from flows.engine.questions import FreeText, MultiChoice
from flows.engine.say import Fact, Label
from flows.engine.words import Ear
from flows.moves.direction_ranking import Pair, ranked
from flows.moves.direction_things import (
    LONGEST_OWN,
    MOST,
    MOST_OWN,
    NAMES,
    THINGS,
    own_parts,
    thing_named,
)

LEVEL, ENOUGH = "same_weight", "that_is_enough"
SAID = (LEVEL, ENOUGH)
"""What may be said instead of a thing; nobody writes codes like these as own words."""

SIDES = ("a", "b")

MOST_PAIRS = 14
"""Pairs that can be asked: nine for six things, and some more after answers were changed."""

PAIRS = tuple(f"p{number}" for number in range(1, MOST_PAIRS + 1))


class OwnThings(FreeText):
    """Up to three things in own words, with commas between. Its value is the text as it was written."""

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        kept = super().parse(text, prompt, ear)
        parts = own_parts(kept) if isinstance(kept, str) else ()
        if isinstance(kept, str) and not parts:
            return Rejected("engine.no_words")
        if len(parts) > MOST_OWN:
            return Rejected("direction.too_many", {"most": MOST_OWN})
        if any(len(part) > LONGEST_OWN for part in parts):
            return Rejected("direction.too_long", {"longest": LONGEST_OWN})
        return kept


class Between(Question):
    """Which of two things, that they weigh the same, or that it is enough. Its value is the thing.

    Skipped, they weigh the same.
    """

    kind = "between"

    def __init__(self, number: int, **shared: Unpack[Shared]) -> None:
        super().__init__(**shared)
        self.labelled = SAID
        self.number = number

    @property
    def how(self) -> str:
        return "choice"

    def pair(self, ear: Ear) -> tuple[str, ...]:
        """Return the two things that this question is about, () as long as nobody knows."""
        return ear.usual[2 * self.number - 2 : 2 * self.number]

    def options(self, prompt: str, ear: Ear) -> tuple[Option, ...]:
        two = zip(SIDES, self.pair(ear), strict=False)
        faces = [*((code, thing_named(thing)) for code, thing in two), *((c, Label(prompt, c)) for c in SAID)]
        return tuple(Option(code, face, str(n)) for n, (code, face) in enumerate(faces, start=1))

    def label(self, prompt: str, code: str) -> Face:
        return Label(prompt, code) if code in SAID else thing_named(code)

    def parse(self, text: str, prompt: str, ear: Ear) -> Value | Rejected:
        codes = tuple(option.code for option in self.options(prompt, ear))
        number = place(text, ear.words)
        if number is not None:
            return self.accept(at_place(number, codes) or "", ear)
        said = self.button_that_says(text, prompt, ear.words)
        named_so = {code: self._words(code, prompt, ear) for code in codes}
        found = said or nearest(text, named_so, ear.words)
        return self.accept(found, ear) if found else Rejected("engine.not_an_option")

    def _words(self, code: str, prompt: str, ear: Ear) -> str:
        if code in SAID:
            return ear.words.labels.get(prompt, {}).get(code, code)
        thing = self.pair(ear)[SIDES.index(code)]
        return ear.words.labels.get(NAMES, {}).get(thing, thing)

    def accept(self, code: str, ear: Ear) -> Value | Rejected:
        two = dict(zip(SIDES, self.pair(ear), strict=False))
        found = code if code in SAID else two.get(code)
        return found or Rejected("engine.not_an_option")

    def holds(self, value: Value) -> bool:
        return value is None or (isinstance(value, str) and 0 < len(value) <= LONGEST_OWN)


def own_things(conversation: Conversation) -> tuple[str, ...]:
    """Return what was written in own words."""
    written = conversation.value("own")
    return own_parts(written) if isinstance(written, str) else ()


def ticked(conversation: Conversation) -> tuple[str, ...]:
    """Return what is marked on the list, whichever length of it was asked."""
    marked = next((value for name in LISTS if (value := conversation.value(name)) is not None), ())
    return marked if isinstance(marked, tuple) else ()


def pairs_of(conversation: Conversation) -> tuple[tuple[str, str], ...]:
    """Return the pairs that were asked so far, the open one among them."""
    lines = conversation.about.get("usual", "").split("\n")
    return tuple(zip(lines[::2], lines[1::2], strict=False))


def chosen_of(conversation: Conversation) -> dict[Pair, str | None]:
    """Return what was chosen of each pair; None for one that weighs the same, or was left open."""
    return {
        frozenset(pair): value if isinstance(value := answer.value, str) and value in pair else None
        for name, pair in zip(PAIRS, pairs_of(conversation), strict=False)
        if (answer := conversation.answers.get(name)) is not None and answer.value != ENOUGH
    }


def things_of(conversation: Conversation) -> tuple[str, ...]:
    """Return the things that are being ranked, as the coach put them in order."""
    return tuple(filter(None, conversation.about.get("things", "").split("\n")))


def it_is_enough(conversation: Conversation) -> bool:
    return any(conversation.value(name) == ENOUGH for name in PAIRS)


def some_own(count: int) -> Guard:
    """Return the guard: so many things were written in own words."""

    def are_so_many(conversation: Conversation) -> bool:
        return len(own_things(conversation)) == count

    return named(are_so_many, f"{('one', 'two', 'three')[count - 1]}_in_own_words")


def there_is_a_pair(number: int) -> Guard:
    """Return the guard: the pair of this number was found, and both of it still matter."""

    def is_there(conversation: Conversation) -> bool:
        asked = pairs_of(conversation)
        return len(asked) >= number and set(asked[number - 1]) <= _still_named(conversation)

    return named(is_there, f"pair_{number}_is_there")


def _still_named(conversation: Conversation) -> set[str]:
    """What is marked or written now; `meant` are things of the list that own words were taken for."""
    meant = conversation.about.get("meant", "").split()
    return {*ticked(conversation), *own_things(conversation), *meant}


def pair_steps(conversation: Conversation) -> tuple[str, ...]:
    """Return the pairs that a person is told about: those asked, and the most that may follow."""
    if conversation.state not in PAIRS:
        return ()
    answered = sum(name in conversation.answers for name in PAIRS)
    return PAIRS[: answered + ranked(things_of(conversation), chosen_of(conversation)).left]


def facts(conversation: Conversation, question: str) -> Mapping[str, Fact]:
    """Return what the prompts may use: how many may be marked, what the log speaks for, the first pair."""
    gave = conversation.about.get("gave", "").split()
    return {
        "room": MOST - len(own_things(conversation)),
        "gave": tuple(Label(NAMES, thing) for thing in gave),
        "first": question == PAIRS[0],
    }


LISTS = ("matters", "matters_five", "matters_four", "matters_three")
"""The same list by how many may be marked; the things in own words count too."""


def _pair_transitions() -> tuple[Go, ...]:
    found: list[Go] = []
    for number, name in enumerate(PAIRS, start=1):
        found.append(Go(name, DONE, when=it_is_enough))
        if number < MOST_PAIRS:
            found.append(Go(name, PAIRS[number], when=there_is_a_pair(number + 1)))
        found.append(Go(name, DONE))
    return tuple(found)


DIRECTION = Flow(
    name="direction",
    version=1,
    start="own",
    questions={
        "own": OwnThings(200),
        **{name: MultiChoice(*THINGS, most=MOST - own) for own, name in enumerate(LISTS)},
        **{name: Between(number) for number, name in enumerate(PAIRS, start=1)},
    },
    transitions=(
        Go("own", "matters_five", when=some_own(1)),
        Go("own", "matters_four", when=some_own(2)),
        Go("own", "matters_three", when=some_own(3)),
        Go("own", "matters"),
        *(go for name in LISTS for go in (Go(name, PAIRS[0], when=there_is_a_pair(1)), Go(name, DONE))),
        *_pair_transitions(),
    ),
    steps=pair_steps,
    facts=facts,
    worded_as={**dict.fromkeys(LISTS, "matters"), **dict.fromkeys(PAIRS, "pair")},
)
