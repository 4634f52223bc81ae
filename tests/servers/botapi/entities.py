"""Formatted text: parse_mode HTML as strict as the real parser, entities, lengths in UTF-16 units."""

import re
from dataclasses import dataclass, field, replace

from .html_parser import HtmlError, parse_html
from .refusals import bad_request, cannot
from .shapes import Json, JsonObject, units

ENTITY_TYPES = {
    *("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold", "italic"),
    *("underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code", "pre"),
    *("text_link", "text_mention", "custom_emoji", "date_time"),
}
# Bold before italic before underline and so on where two entities cover the same words.
NESTING = ["blockquote", "expandable_blockquote", "pre", "code", "text_link", "text_mention"]
CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b-\x1f]")
COMMAND = re.compile(r"(?<![\w/<>])/\w{1,64}(?:@\w+)?")


@dataclass(frozen=True, slots=True)
class Formatted:
    """Plain text and its entities, as a message stores them."""

    text: str
    entities: list[JsonObject] = field(default_factory=list)

    @property
    def length(self) -> int:
        return units(self.text)


def formatted(text: str, parse_mode: str, entities: Json) -> Formatted:
    """What the server makes of a text; a RefusedError when it cannot be parsed."""
    text = CONTROL_CHARACTERS.sub(" ", text.replace("\r", ""))
    if parse_mode.lower() == "html":
        return trimmed(_from_html(text))
    if parse_mode.lower() in {"markdown", "markdownv2"}:
        raise cannot(f"parse parse_mode {parse_mode}")
    if parse_mode:
        raise bad_request("unsupported parse_mode")
    plain = Formatted(text, _checked(text, entities) if entities else [])
    return trimmed(plain)


def commands_in(text: str) -> list[JsonObject]:
    """The bot_command entities that a client puts on what a person typed."""
    return [
        {
            "type": "bot_command",
            "offset": units(text[: found.start()]),
            "length": units(found.group()),
        }
        for found in COMMAND.finditer(text)
    ]


def _from_html(source: str) -> Formatted:
    try:
        text, entities = parse_html(source)
    except HtmlError as error:
        raise bad_request(f"can't parse entities: {error}") from error
    return Formatted(text, sorted(entities, key=_order))


def _order(entity: JsonObject) -> tuple[int, int, int]:
    kind = entity["type"]
    return entity["offset"], -entity["length"], NESTING.index(kind) if kind in NESTING else len(NESTING)


def _checked(text: str, entities: list[JsonObject]) -> list[JsonObject]:
    end = units(text)
    for entity in entities:
        _check_entity(entity, end)
    return sorted(entities, key=_order)


def _check_entity(entity: JsonObject, end: int) -> None:
    if entity["type"] not in ENTITY_TYPES:
        raise bad_request(f"can't parse MessageEntity: unsupported type {entity['type']!r} specified")
    start, stop = entity["offset"], entity["offset"] + entity["length"]
    if start < 0 or entity["length"] <= 0:
        raise bad_request(f"receive an entity with incorrect offset {start} or length {entity['length']}")
    if stop > end:
        raise bad_request(
            f"entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {end}"
        )


def trimmed(whole: Formatted) -> Formatted:
    """Without white space at both ends; entities shrink and move with the text."""
    text = whole.text.rstrip()
    end = units(text)
    first = min((entity["offset"] for entity in whole.entities), default=end)
    lead = min(len(text) - len(text.lstrip()), first)
    cut = [_clipped(entity, lead, end) for entity in whole.entities]
    return replace(whole, text=text[lead:], entities=[entity for entity in cut if entity["length"] > 0])


def _clipped(entity: JsonObject, lead: int, end: int) -> JsonObject:
    length = min(entity["length"], end - entity["offset"])
    return {**entity, "offset": entity["offset"] - lead, "length": length}
