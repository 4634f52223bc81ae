"""What in somebody's own words may name a person or a place of work. It is only pointed at, never taken out.

Capital letters, @names, addresses and numbers are all that is looked at, so a name can be missed: the person
is told that, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST = 5
"""How many are pointed at in one line; more would be a list that nobody reads."""

_MARKED = (
    re.compile(r"[^\s@<>()\"\u201c\u201d\u201e]+@[^\s@<>()\"\u201c\u201d\u201e]+\.\w{2,}"),
    re.compile(r"(?<![\w@])@\w{2,}"),
    re.compile(r"\b(?:https?://|www\.)\S+"),
    re.compile(r"(?<![\w.,])(?!\d{4}\s*-\s*\d{4}(?!\d))\+?\(?\d[\d\s()/.\-]{5,}\d(?!\w)"),
)
"""E-mail addresses, names with an @, web addresses, telephone numbers: whatever the language."""

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\-][^\W\d_]+)*")
_ENDS = '.!?:\u2026\u201c\u201e"\u00ab\u00bb(\n\u2022'


def _all(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_NOBODY = {
    "en": _all(
        "i i'm i've i'll i'd monday tuesday wednesday thursday friday saturday sunday",
        "mondays tuesdays wednesdays thursdays fridays saturdays sundays",
        "january february march april may june july august september october november december",
        "christmas easter english german hr it ceo cto cfo pm qa ok okay tv kpi kpis okr okrs pdf excel tare",
    ),
    "de": _all(
        "ich du er sie es wir ihr montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag",
        "januar februar m\u00e4rz april mai juni juli august september oktober november dezember",
        "weihnachten ostern hr it edv ok okay tv kpi kpis pdf excel tare",
    ),
}
"""Words with a capital letter that name nobody, by language."""

_TITLES = _all(
    "herr herrn frau dr prof doktor professor mr mrs ms miss sir madam",
    "chef chefin kollege kollegin kollegen firma familie",
)
"""What stands before a name, whatever the language."""

_SPEAKING = _all(
    "says said shouts shouted yells yelled screams wants wanted told tells asks asked thinks thought",
    "rang rings calls called writes wrote laughs laughed ignores ignored blames blamed promised expects",
    "sagt sagte schreit schrie br\u00fcllt br\u00fcllte will wollte meint meinte fragt fragte findet",
    "ruft rief schreibt schrieb lacht lachte ignoriert erwartet verspricht versprach",
)
"""What somebody does: the word before it may be a name even at the beginning of a sentence."""

_NEVER_A_NAME = _all(
    "he she they we you it this that these those who everybody everyone nobody somebody people everything",
    "nothing something work management leadership still always finally just only being tired exhausted",
)
"""What begins a sentence like "Nothing changed": the verb alone does not make a name of it."""

_BETWEEN = _all("still always never just again only also immer nie wieder auch nur noch dauernd")
"""What may stand between a name and what they do."""

_NOT_BEFORE_A_NAME = _all(
    "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner",
    "mein meine meinen meinem meiner dein deine sein seine seinen seinem seiner",
    "ihr ihre ihren ihrem ihrer unser unsere unseren unserem unserer",
    "jeder jede jedes jeden jedem dieser diese dieses diesen diesem viel viele vielen mehr wenig weniger",
    "alle allen zum zur im am vom beim ins ans aufs pro ohne zu in an auf ab nach nur so als um unter",
    "zwei drei vier f\u00fcnf zehn ganze ganzen manche manchen welche welchen",
)
"""In German every noun has a capital letter; one behind such a word, or an adjective, is rarely a name."""

_NOUN = re.compile(
    r"(?:ung|ungen|heit|heiten|keit|keiten|schaft|tion|tionen|t\u00e4t|nis|tum|ing|ings|mus|ment)$"
)
_ADJECTIVE = re.compile(r"^[a-z\u00e4\u00f6\u00fc\u00df]{3,}(?:e|en|er|es|em)$")


def may_name(text: str, locale: str) -> tuple[str, ...]:
    """Return the pieces of a text that may name somebody, as they are written, each once."""
    found = [match[0].strip() for pattern in _MARKED for match in pattern.finditer(text)]
    rest = text
    for piece in found:
        rest = rest.replace(piece, " ")
    return tuple(dict.fromkeys((*found, *_names(rest, locale))))[:MOST]


def _names(text: str, locale: str) -> Iterator[str]:
    words = list(_WORD.finditer(text))
    for place, match in enumerate(words):
        word = match[0]
        if len(word) == 1 or not word[0].isupper() or word.casefold() in _NOBODY.get(locale, frozenset()):
            continue
        before = words[place - 1][0] if place else ""
        following = (each[0].casefold() for each in words[place + 1 : place + 3])
        after = next((each for each in following if each not in _BETWEEN), "")
        led = _is_title(before) or _speaks(word, after)
        inside = not _begins(text, match.start()) and (locale != "de" or not _is_a_noun(word, before))
        if (led or inside) and not _is_title(word):
            yield word


def _speaks(word: str, after: str) -> bool:
    """Whether somebody may be doing something there: "Anna moved the hearing"."""
    past = len(after) > 4 and after.endswith("ed")
    return word.casefold() not in _NEVER_A_NAME and (after in _SPEAKING or past)


def _begins(text: str, at: int) -> bool:
    """Whether a sentence begins there, where every word has a capital letter."""
    before = text[:at].rstrip(" \t'\u2019\u201a\u2018")
    return not before or before[-1] in _ENDS


def _is_title(word: str) -> bool:
    return word.casefold() in _TITLES


def _is_a_noun(word: str, before: str) -> bool:
    """Whether a German word with a capital letter is rather a thing than a name."""
    low = before.casefold()
    led = low in _NOT_BEFORE_A_NAME or bool(_ADJECTIVE.match(before))
    return led or bool(_NOUN.search(word)) or len(word) > 10
