"""What whoever runs Tare can set: environment variables that start with TARE_, or lines in a file `.env`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "TARE_"
ENV_FILE = ".env"
TOKEN = re.compile(r"[1-9]\d{0,18}:[\w-]{20,}", re.ASCII)


class BadSetting(Exception):
    """Something that is set cannot be used. The message names the variable, what is wrong, and an example."""


class Settings(BaseSettings):
    """All settings, checked. Rates of 0 mean no limit."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",  # `.env` may serve other programs too
        frozen=True,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
    )

    telegram_token: SecretStr | None = Field(
        default=None, examples=["123456789:AAExampleExampleExampleExample"]
    )
    telegram_api: str = Field(default="https://api.telegram.org", examples=["http://localhost:8081"])
    database_url: str = Field(
        default="sqlite:///tare.db", repr=False, examples=["postgresql://tare:password@localhost/tare"]
    )
    key_file: Path = Field(default=Path("tare.key"), examples=["/etc/tare/tare.key"])
    rate_bot: float = Field(default=30.0, ge=0, le=1000, examples=["30"])
    rate_chat: float = Field(default=1.0, ge=0, le=100, examples=["1"])
    rate_chat_burst: int = Field(default=3, ge=1, le=20, examples=["3"])
    lease_seconds: float = Field(default=30.0, ge=5, le=600, examples=["30"])
    start_patience: float = Field(default=10.0, ge=0, le=3600, examples=["10"])
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", examples=["INFO"])

    @field_validator("telegram_token")
    @classmethod
    def _looks_like_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("is not a token: @BotFather gives one with a number, a colon and letters")
        return token

    @field_validator("telegram_api")
    @classmethod
    def _is_an_address(cls, api: str) -> str:
        if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", api):
            raise ValueError("is not the address of a server: it starts with http:// or https://")
        return api.rstrip("/")

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_any_case(cls, level: Any) -> Any:
        return level.upper() if isinstance(level, str) else level

    @property
    def token(self) -> str:
        """The token of the bot. Raises `BadSetting` when there is none."""
        if self.telegram_token is None:
            raise BadSetting(
                f"There is no token for Telegram. Ask @BotFather for one and set {_example('telegram_token')}"
            )
        return self.telegram_token.get_secret_value()


def load_settings() -> Settings:
    """Read the settings. Raises `BadSetting` with a line for each one that cannot be used."""
    try:
        return Settings()
    except ValidationError as slips:
        lines = [_slip(str(slip["loc"][0]), slip["msg"]) for slip in slips.errors(include_input=False)]
        raise BadSetting("\n".join(lines)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"The file {ENV_FILE} cannot be read: {type(error).__name__}.") from None


def _slip(field: str, what: str) -> str:
    said = what.removeprefix("Value error, ")
    said = said if said.startswith("is ") else f"is refused: {said[:1].lower()}{said[1:]}"
    return f"{PREFIX}{field.upper()} {said}. For example: {_example(field)}"


def _example(field: str) -> str:
    examples = Settings.model_fields[field].examples or [""]
    return f"{PREFIX}{field.upper()}={examples[0]}"
