"""What an author got wrong in a flow, found before anybody talks to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from flows.engine.conversation import DONE
from flows.engine.flow import Flow
from flows.engine.questions import Choice, FreeText, MultiChoice, Place, Question, Scale
from flows.engine.say import ASIDES
from flows.engine.spelling import plain, words_of
from flows.engine.tokens import CODE, LONGEST, choice_token

STATE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
"""What a state may be called: it stands in tokens, in the names of prompts, and in diagrams."""

LONGEST_ID = "x" * 8
LONGEST_CODE = "x" * 32


def check(flow: Flow, prompts: Collection[str], labels: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return every mistake as a sentence that names flow, state and remedy; nothing when all is well.

    `prompts` are the names of the prompts of one locale, `labels` the button labels by prompt and code.
    """
    found = [mistake for rule in TABLE_RULES for mistake in rule(flow)]
    if not found:  # a broken table has no paths to walk
        found += [mistake for rule in PATH_RULES for mistake in rule(flow)]
    found += [*missing_prompts(flow, prompts), *bad_labels(flow, labels)]
    return [f"flow {flow.name}{mistake}" for mistake in found]


def unknown_states(flow: Flow) -> Iterator[str]:
    """States that a transition, the start or a reflection names and that have no question."""
    known = {*flow.questions, DONE}
    if flow.start not in flow.questions:
        yield f", state {flow.start}: is the start but has no question; add it or start elsewhere"
    for go in flow.transitions:
        for state in {go.source, go.target} - known:
            yield f", state {state}: named by a transition but has no question; add one or mend the name"
    for reflect in flow.reflections:
        if reflect.question not in flow.questions:
            yield f", state {reflect.question}: has a reflection but no question; add one or mend the name"
    for name, question in flow.questions.items():
        for other in set(question.depends_on) - set(flow.questions):
            yield f", state {name}: depends on {other}, which has no question; mend the name"


def after_the_end(flow: Flow) -> Iterator[str]:
    """A question, or a way on, where there is nothing any more."""
    if DONE in flow.questions:
        yield f", state {DONE}: is the end and cannot be a question; give it another name"
    for go in flow.transitions:
        if go.source == DONE:
            yield f", state {DONE}: is the end, but a transition leads on to {go.target}; remove it"


def dead_ends(flow: Flow) -> Iterator[str]:
    """Questions that nothing follows."""
    left = {go.source for go in flow.transitions}
    for state in flow.questions:
        if state not in left:
            yield f", state {state}: is a dead end; add a transition out of it, to {DONE} if it is the last"


def guards_without_last_resort(flow: Flow) -> Iterator[str]:
    """States that a person could be stuck in because every way out has a condition."""
    for state, ways in _ways(flow).items():
        if ways and ways[-1] is not None:
            yield f", state {state}: every transition has a guard; let the last one have none"


def transitions_never_taken(flow: Flow) -> Iterator[str]:
    """Transitions behind one without a guard."""
    for state, ways in _ways(flow).items():
        if None in ways[:-1]:
            yield f", state {state}: a transition without guard is not the last; move it to the end"


def nameless_guards(flow: Flow) -> Iterator[str]:
    """Guards that nobody can read in a diagram."""
    named = [(go.source, go.when) for go in flow.transitions]
    named += [(reflect.question, reflect.when) for reflect in flow.reflections]
    for state, guard in named:
        if guard is not None and not getattr(guard, "__name__", "").isidentifier():
            yield f", state {state}: a guard has no name; make it a function whose name is a statement"


def odd_questions(flow: Flow) -> Iterator[str]:
    """Questions that cannot be answered, or whose names and codes do not survive on a button."""
    for state, question in flow.questions.items():
        if not STATE.fullmatch(state):
            yield f", state {state}: is no name; use letters, digits and _, a letter first"
        for oddity in _oddities(question):
            yield f", state {state}: {oddity}"


def _oddities(question: Question) -> Iterator[str]:
    if isinstance(question, Choice | MultiChoice) and not question.labelled:
        yield "has no options; add some"
    if isinstance(question, Scale) and question.low >= question.high:
        yield f"goes from {question.low} to {question.high}; put the lower end first"
    for code in {code for code in question.labelled if question.labelled.count(code) > 1}:
        yield f"has option {code} twice; remove one"
    if isinstance(question, MultiChoice):
        for code in set(question.alone) - set(question.labelled):
            yield f"lets {code} stand alone, which is no option; mend the code"
        for code in question.labelled:
            if code[:1] in ("+", "-"):
                yield f"option {code} begins like a mark on a list; let it begin with a letter"


def long_tokens(flow: Flow) -> Iterator[str]:
    """Options whose button would not fit into what Telegram carries."""
    for state, question in flow.questions.items():
        for code in question.labelled:
            if not CODE.fullmatch(code):
                yield f", state {state}: option {code!r} is no code; use up to 32 of A-Z a-z 0-9 _ + / -"
            elif len(choice_token(LONGEST_ID, 99_999, state, f"+{code}")) > LONGEST:
                yield f", state {state}: option {code!r} makes a button of over {LONGEST} bytes; shorten it"
        longest = LONGEST_CODE if isinstance(question, Place) else "~ready"
        if len(choice_token(LONGEST_ID, 99_999, state, longest)) > LONGEST:
            yield f", state {state}: its name makes a button of over {LONGEST} bytes; shorten it"


def unreachable_states(flow: Flow) -> Iterator[str]:
    """Questions that no way leads to."""
    for state in flow.questions:
        if state not in _spread(flow, {flow.start}, forward=True):
            yield f", state {state}: cannot be reached from {flow.start}; add a transition to it or remove it"


def loops_without_exit(flow: Flow) -> Iterator[str]:
    """Questions from which no way leads to the end."""
    ending = _spread(flow, {DONE}, forward=False)
    for state in flow.questions:
        if state not in ending:
            yield f", state {state}: is in a loop with no exit; add a transition that leads to {DONE}"


def missing_prompts(flow: Flow, prompts: Collection[str]) -> Iterator[str]:
    """Prompts that a question or a reflection will ask for."""
    for state, question in flow.questions.items():
        wanted = [flow.prompt(state), f"{flow.prompt(state)}.short"]
        wanted += [f"{flow.prompt(state)}.why"] if question.explained else []
        wanted += [f"{flow.prompt(state)}.{r.part}" for r in flow.reflections if r.question == state]
        for prompt in wanted:
            if prompt not in prompts:
                yield f", state {state}: the prompt {prompt} is missing; write it in every locale"


def bad_labels(flow: Flow, labels: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Options without a label, labels without an option, labels that a typed answer cannot tell apart."""
    beside = {_spelt(label): code for code, label in labels.get(ASIDES, {}).items() if code != "skipped"}
    for state, question in flow.questions.items():
        there = labels.get(flow.prompt(state), {})
        for code in question.labelled:
            if code not in there:
                yield f", state {state}: option {code} has no label; write one in every locale"
        for code in there:
            if code not in question.labelled and not isinstance(question, Place | FreeText):
                yield f", state {state}: label {code} belongs to no option; remove it or mend the code"
        seen: dict[str, str] = {}
        for code, label in there.items():
            twin = seen.setdefault(_spelt(label), code)
            if twin != code:
                yield f", state {state}: options {twin} and {code} read the same; word them apart"
            if _spelt(label) in beside:
                yield f", state {state}: option {code} reads like the button that says {label}; word it apart"


Rule = Callable[[Flow], Iterator[str]]
TABLE_RULES: tuple[Rule, ...] = (
    unknown_states,
    after_the_end,
    dead_ends,
    guards_without_last_resort,
    transitions_never_taken,
    nameless_guards,
    odd_questions,
    long_tokens,
)
PATH_RULES: tuple[Rule, ...] = (unreachable_states, loops_without_exit)


def _spelt(label: str) -> str:
    return "".join(words_of(label)) or plain(label)


def _ways(flow: Flow) -> dict[str, list[object]]:
    ways: dict[str, list[object]] = {state: [] for state in flow.questions}
    for go in flow.transitions:
        ways.setdefault(go.source, []).append(go.when)
    return ways


def _spread(flow: Flow, reached: set[str], *, forward: bool) -> set[str]:
    """All states that can be reached along the transitions, or against them."""
    growing = True
    while growing:
        more = {
            (go.target if forward else go.source)
            for go in flow.transitions
            if (go.source if forward else go.target) in reached
        }
        growing = not more <= reached
        reached = reached | more
    return reached
