"""The prompts of every locale, read once: templates, button labels, and the words people type."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from flows.engine.flow import FlowError
from flows.engine.understanding import plain
from flows.engine.words import Elsewhere, Words


@dataclass(frozen=True)
class Catalogue:
    """One locale: template sources by prompt name, labels by prompt name and option code.

    A prompt "sketch.O2" is the text `ask` of the table [sketch.O2]; "sketch.O2.why" its text `why`. What is
    worded differently in a situation (BR10) has a name of its own: "sketch.O2.ask_self", and its labels
    "sketch.O2:self", which hold all options of the question.
    """

    locale: str
    templates: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]
    words: Words

    def label(self, prompt: str, code: str, situation: str = "") -> str:
        """Return what stands on a button. Raises KeyError for one that nobody wrote."""
        return self.labels.get(f"{prompt}:{situation}", self.labels[prompt])[code]

    def reworded(self, reword: Callable[[str], str]) -> Catalogue:
        """Return the catalogue with every text and label changed; what people type stays."""
        labels = {
            prompt: {code: reword(label) for code, label in options.items()}
            for prompt, options in self.labels.items()
        }
        templates = {name: reword(text) for name, text in self.templates.items()}
        words = Words(**{**self.words.__dict__, "labels": labels})
        return Catalogue(self.locale, templates, labels, words)


def load_catalogues(folder: Traversable | None = None) -> dict[str, Catalogue]:
    """Return all locales by name. Raises FlowError naming the file that cannot be read."""
    root = folder or files("prompts")
    locales = sorted(place.name for place in root.iterdir() if place.is_dir() and "__" not in place.name)
    return {locale: _load(locale, root / locale) for locale in locales}


def _load(locale: str, folder: Traversable) -> Catalogue:
    tree: dict[str, Any] = {}
    for place in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if place.name.endswith(".toml"):
            _merge(tree, _read(place, locale))
    if "words" not in tree:
        raise FlowError(f"prompts/{locale}: has no words.toml; copy it from prompts/en and translate it")
    typed = tree.pop("words")
    labels = _shared(dict(_labels(tree)))
    labels |= _in_situations(tree, labels)
    return Catalogue(locale, dict(_templates(tree)), labels, _words(locale, typed, tree, labels))


def _read(place: Traversable, locale: str) -> dict[str, Any]:
    try:
        return tomllib.loads(place.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FlowError(f"prompts/{locale}/{place.name}: {error}; mend it and run `tare check`") from error


def _merge(tree: dict[str, Any], more: Mapping[str, Any]) -> None:
    for name, value in more.items():
        if isinstance(value, dict) and isinstance(tree.get(name), dict):
            _merge(tree[name], value)
        elif name in tree:
            raise FlowError(f"prompts: {name} is written twice; remove one")
        else:
            tree[name] = value


def _templates(tree: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for name, value in tree.items():
        if isinstance(value, str):
            yield f"{above}{name}", value.strip("\n")
            if name == "ask":
                yield above.removesuffix("."), value.strip("\n")
        elif isinstance(value, dict) and not name.startswith("options"):
            yield from _templates(value, f"{above}{name}.")


def _labels(tree: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, str] | str]]:
    for prompt, name, value in _tables(tree):
        if name == "options":
            yield prompt, value if isinstance(value, str) else dict(value)


def _in_situations(
    tree: Mapping[str, Any], labels: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """Return the labels of a situation, whole: `options_self` holds only those that differ from `options`."""
    found: dict[str, dict[str, str]] = {}
    for prompt, name, value in _tables(tree):
        if name.startswith("options_"):
            _known_codes(prompt, name, value, labels)
            found[f"{prompt}:{name.removeprefix('options_')}"] = {**labels[prompt], **value}
    return found


def _elsewhere(tree: Mapping[str, Any]) -> Mapping[str, Elsewhere]:
    """Return what the buttons of each prompt say in situations: whoever reads it may type it."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for prompt, name, value in _tables(tree):
        for code, label in value.items() if name.startswith("options_") else ():
            there = found.setdefault(prompt, {})
            there[code] = (*there.get(code, ()), label)
    return found


def _also(tree: Mapping[str, Any], labels: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Return the synonyms of each prompt: `also` lists phrases by code, people type one of them."""
    found: dict[str, dict[str, str]] = {}
    for prompt, name, value in _tables(tree):
        if name == "also":
            _known_codes(prompt, name, value, labels)
            found[prompt] = {plain(phrase): code for code, phrases in value.items() for phrase in phrases}
    return found


def _known_codes(prompt: str, name: str, value: Any, labels: Mapping[str, Mapping[str, str]]) -> None:
    for code in value:
        if code not in labels.get(prompt, {}):
            raise FlowError(f"prompts: {name} of {prompt} words {code}, which is no option; mend the code")


def _tables(tree: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str, Any]]:
    """Yield prompt, name and value of everything that is about options: `options`, `options_self`, `also`."""
    for name, value in tree.items():
        if name in ("options", "also") or name.startswith("options_"):
            yield above.removesuffix("."), name, value
        elif isinstance(value, dict):
            yield from _tables(value, f"{above}{name}.")


def _shared(labels: Mapping[str, dict[str, str] | str]) -> dict[str, dict[str, str]]:
    """Replace `options = "engine.fits"` by the labels of that prompt: one scale, worded once."""
    whole: dict[str, dict[str, str]] = {}
    for prompt, options in labels.items():
        meant = labels.get(options, {}) if isinstance(options, str) else options
        if isinstance(meant, str) or not meant:
            raise FlowError(f"prompts: {prompt} shares the options of {options}, which has none of its own")
        whole[prompt] = meant
    return whole


def _words(
    locale: str, typed: Mapping[str, Any], tree: Mapping[str, Any], labels: Mapping[str, Mapping[str, str]]
) -> Words:
    phrases = {
        name: frozenset(plain(phrase) for phrase in typed[name])
        for name in ("skip", "back", "why", "unsure", "yes", "no")
    }
    asides = labels.get("engine.asides", {})
    for name in ("skip", "back", "why"):
        phrases[name] |= {plain(asides[name])} if name in asides else set()
    numbers = {plain(word): int(number) for word, number in typed["numbers"].items()}
    elsewhere, also = _elsewhere(tree), _also(tree, labels)
    return Words(locale=locale, numbers=numbers, labels=labels, elsewhere=elsewhere, also=also, **phrases)
