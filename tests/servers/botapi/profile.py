"""What the bot says of itself: commands, descriptions, name, menu button; per language and scope."""

import json
import re
from dataclasses import dataclass, field

from .refusals import bad_request
from .shapes import Json, JsonObject, units

COMMAND_NAME = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"([a-z]{2})?")
COMMANDS_AT_MOST = 100
DESCRIPTION_AT_MOST = 256
SCOPES = {
    *("default", "all_private_chats", "all_group_chats", "all_chat_administrators"),
    *("chat", "chat_administrators", "chat_member"),
}
# field -> longest value, in UTF-16 units
TEXTS = {"name": 64, "description": 512, "short_description": 120}


@dataclass(slots=True)
class Profile:
    """Every table is by language; an empty language is for everybody without one of their own."""

    commands: dict[tuple[str, str], list[JsonObject]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int, JsonObject] = field(default_factory=dict)

    def set_commands(self, commands: list[JsonObject], scope: Json, language: str) -> None:
        if len(commands) > COMMANDS_AT_MOST:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        cleaned = [_command(command) for command in commands]
        self.commands[scope_key(scope), checked_language(language)] = cleaned

    def commands_for(self, scope: Json, language: str) -> list[JsonObject]:
        return self.commands.get((scope_key(scope), checked_language(language)), [])

    def delete_commands(self, scope: Json, language: str) -> None:
        self.commands.pop((scope_key(scope), checked_language(language)), None)

    def set_text(self, what: str, text: str, language: str) -> None:
        """An empty text removes the one for this language."""
        if units(text) > TEXTS[what]:
            raise bad_request(f"bot {what.replace('_', ' ')} is too long")
        self.texts[what, checked_language(language)] = text

    def text(self, what: str, language: str) -> str:
        """The text for a language, else the one for everybody."""
        return self.texts.get((what, checked_language(language))) or self.texts.get((what, ""), "")


def scope_key(scope: Json) -> str:
    """One string for one scope; no scope is the default one."""
    scope = scope or {"type": "default"}
    if scope["type"] not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if scope["type"].startswith("chat") and "chat_id" not in scope:
        raise bad_request("can't parse BotCommandScope: Can't find field \"chat_id\"")
    return json.dumps(scope, sort_keys=True)


def checked_language(language: str) -> str:
    if not LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _command(command: JsonObject) -> JsonObject:
    name = command["command"].removeprefix("/")
    description = command["description"]
    if not COMMAND_NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("command description must be non-empty")
    if units(description) > DESCRIPTION_AT_MOST:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
