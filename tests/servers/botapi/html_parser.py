"""The HTML of the Bot API, with the words of the real parser (td/telegram/MessageEntity.cpp)."""

import re
from dataclasses import dataclass

from .shapes import JsonObject, units

ENTITY_OF_TAG = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
    "blockquote": "blockquote",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
PLAIN = re.compile(r"[^<&]+")
REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<decimal>[0-9]+)|(?P<name>[A-Za-z]+));?")
NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
SPACE = re.compile(r"\s*")
TAG_NAME = re.compile(r"[^\s>]*")
ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")


class HtmlError(ValueError):
    """Why a text is not the HTML that Telegram understands."""


@dataclass(slots=True)
class Tag:
    name: str
    argument: str
    offset: int
    written: int


def parse_html(source: str) -> tuple[str, list[JsonObject]]:
    """Plain text and unsorted entities of a source, or HtmlError."""
    parser = _Parser(source)
    parser.read()
    for entity in parser.entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return "".join(parser.out), parser.entities


def decoded(reference: re.Match[str]) -> str | None:
    """The character a reference stands for; None when it stands for nothing and is kept as typed."""
    if reference["name"]:
        return NAMED.get(reference["name"])
    code = int(reference["hex"], 16) if reference["hex"] else int(reference["decimal"])
    digits = reference.group().rstrip(";")
    if code == 0 or code >= 0x10FFFF or len(digits) >= 10:
        return None
    if 0xD800 <= code <= 0xDFFF:
        raise HtmlError(
            "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched "
            "surrogate code units"
        )
    return chr(code)


class _Parser:
    """Reads the source once from left to right; `offset` counts UTF-16 units already written."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out: list[str] = []
        self.offset = 0
        self.open: list[Tag] = []
        self.entities: list[JsonObject] = []

    def read(self) -> None:
        while self.at < len(self.source):
            if plain := PLAIN.match(self.source, self.at):
                self._write(plain.group())
                self.at = plain.end()
            elif self.source[self.at] == "&":
                self._read_reference()
            elif self.source.startswith("</", self.at):
                self._read_end_tag()
            else:
                self._read_start_tag()
        if self.open:
            raise HtmlError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')

    def _write(self, text: str) -> None:
        self.out.append(text)
        self.offset += units(text)

    def _read_reference(self) -> None:
        found = REFERENCE.match(self.source, self.at)
        character = decoded(found) if found else None
        self._write(character or "&")
        self.at = found.end() if found and character else self.at + 1

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode())

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.source, self.at)
        if found is None:  # every pattern here matches the empty string
            return ""
        self.at = found.end()
        return found.group()

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _read_start_tag(self) -> None:
        begin = self.at
        self.at += 1
        name = self._take(TAG_NAME).lower()
        self._expect_more(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if name not in ENTITY_OF_TAG:
            raise HtmlError(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        argument = self._read_attributes(name, begin)
        if name == "span" and argument != "tg-spoiler":
            raise HtmlError(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.open.append(Tag(name, argument, self.offset, len(self.out)))

    def _expect_more(self, complaint: str) -> None:
        if self.at >= len(self.source):
            raise HtmlError(complaint)

    def _read_attributes(self, tag: str, begin: int) -> str:
        """Up to the closing bracket; the one attribute that means something is the tag's argument."""
        argument = ""
        self._take(SPACE)
        while self._peek() != ">":
            self._expect_more(f"Unclosed start tag at byte offset {self._byte(begin)}")
            argument = self._read_attribute(tag, begin) or argument
            self._take(SPACE)
        self.at += 1
        return argument

    def _read_attribute(self, tag: str, begin: int) -> str:
        name = self._take(ATTRIBUTE_NAME)
        place = f'the tag "{tag}" at byte offset {self._byte(begin)}'
        if not name:
            raise HtmlError(f"Empty attribute name in {place}")
        self._take(SPACE)
        if self._peek() != "=":
            if (tag, name) == ("blockquote", "expandable"):
                return name
            raise HtmlError(f"Expected equal sign in declaration of an attribute of {place}")
        self.at += 1
        value = self._read_value(begin)
        return value if (tag, name) in {("a", "href"), ("code", "class"), ("span", "class")} else ""

    def _read_value(self, begin: int) -> str:
        self._take(SPACE)
        unclosed = f"Unclosed start tag at byte offset {self._byte(begin)}"
        self._expect_more(unclosed)
        quote = self._peek()
        if quote not in {"'", '"'}:
            return self._read_name_token()
        end = self.source.find(quote, self.at + 1)
        if end < 0 or end + 1 >= len(self.source):
            raise HtmlError(unclosed)
        raw = self.source[self.at + 1 : end]
        self.at = end + 1
        return REFERENCE.sub(lambda found: decoded(found) or found.group(), raw)

    def _read_name_token(self) -> str:
        begin = self.at
        token = self._take(NAME_TOKEN)
        if not self._peek().isspace() and self._peek() != ">":
            raise HtmlError(f"Unexpected end of name token at byte offset {self._byte(begin)}")
        return token.lower()

    def _read_end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise HtmlError(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self.at += 2
        name = self._take(TAG_NAME).lower()
        self._take(SPACE)
        if self._peek() != ">":
            raise HtmlError(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        self._close(name, begin)

    def _close(self, name: str, begin: int) -> None:
        tag = self.open.pop()
        if name not in {"", tag.name}:
            raise HtmlError(
                f"Unmatched end tag at byte offset {self._byte(begin)}, "
                f'expected "</{tag.name}>", found "</{name}>"'
            )
        if self.offset > tag.offset:
            self.entities += self._entity(tag)

    def _entity(self, tag: Tag) -> list[JsonObject]:
        entity: JsonObject = {
            "type": ENTITY_OF_TAG[tag.name],
            "offset": tag.offset,
            "length": self.offset - tag.offset,
        }
        if tag.name == "blockquote" and tag.argument:
            entity["type"] = "expandable_blockquote"
        if tag.name == "a":
            url = tag.argument or "".join(self.out[tag.written :])
            return [{**entity, "url": url}] if "." in url or ":" in url else []
        if tag.name in {"code", "pre"}:
            return self._code(tag, entity)
        return [entity]

    def _code(self, tag: Tag, entity: JsonObject) -> list[JsonObject]:
        """`<pre><code class="language-x">` is one entity with a language, in either order of nesting."""
        language = tag.argument.removeprefix("language-") if tag.argument.startswith("language-") else ""
        inner = self.entities[-1] if self.entities else {}
        same_range = inner.get("offset") == tag.offset and inner.get("length") == entity["length"]
        if same_range and {tag.name, inner["type"]} == {"pre", "code"}:
            language = language or inner.get("language", "")
            if language:
                self.entities.pop()
                return [{**entity, "type": "pre", "language": language}]
        return [{**entity, "language": language}] if language else [entity]
