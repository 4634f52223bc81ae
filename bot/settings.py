"""What whoever runs Tare can set: environment variables that start with TARE_, or lines in a file `.env`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "TARE_"
ENV_FILE = ".env"
TOKEN = re.compile(r"[1-9]\d{0,18}:[\w-]{20,}", re.ASCII)
ACCOUNT = "[1-9][0-9]{0,18}"


OUR_PATHS = ("/health", "/ready", "/metrics")


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
    webhook_url: str | None = Field(default=None, examples=["https://bot.example.org/telegram"])
    webhook_secret: SecretStr | None = Field(default=None, examples=["Rather-a-long-one-made-by-chance_42"])
    listen: str = Field(default="127.0.0.1:8080", examples=["0.0.0.0:8080"])
    metrics_listen: str | None = Field(default=None, examples=["127.0.0.1:9100"])
    invite_only: bool = Field(default=False, examples=["true"])
    safety_contact: str | None = Field(default=None, max_length=200, examples=["safety@example.org"])
    allowed: str | None = Field(default=None, repr=False, examples=["12345678,23456789"])
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

    @field_validator("webhook_url")
    @classmethod
    def _can_be_pushed_to(cls, url: str | None, settings: ValidationInfo) -> str | None:
        """Plain http only for a Bot API server of one's own; no path that the process uses itself."""
        if url is None:
            return None
        found = re.fullmatch(r"(https?)://[^\s/?#@]+(/[^\s?#]*)?", url)
        if not found:
            raise ValueError("is not an address to push to: it starts with https:// and names host and path")
        if found[1] == "http" and "api.telegram.org" in settings.data.get("telegram_api", ""):
            raise ValueError("is refused by Telegram, which pushes to https:// only")
        if found[2] in OUR_PATHS:
            raise ValueError("is no use: its path is taken here by something else")
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _is_a_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{20,256}", secret.get_secret_value()):
            raise ValueError("is not a usable secret: it has 20 to 256 letters of A-Z, a-z, 0-9, _ and -")
        return secret

    @field_validator("listen", "metrics_listen")
    @classmethod
    def _is_host_and_port(cls, address: str | None) -> str | None:
        found = re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[\w.-]+):(\d{1,5})", address or "")
        if address is not None and (not found or int(found[2]) > 65535):
            raise ValueError("is not an address of this machine with a port")
        return address

    @field_validator("allowed")
    @classmethod
    def _are_accounts(cls, accounts: str | None) -> str | None:
        if accounts is not None and not re.fullmatch(rf"{ACCOUNT}(\s*,\s*{ACCOUNT})*", accounts):
            raise ValueError("is not a list of Telegram accounts: their numbers, with commas between them")
        return accounts

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

    @property
    def allowed_addresses(self) -> frozenset[str]:
        """Return the addresses of those who need no invitation."""
        return frozenset(f"telegram:{each}" for each in re.findall(ACCOUNT, self.allowed or ""))


def load_settings(webhook_url: str | None = None) -> Settings:
    """Read the settings; what is given here wins. Raises `BadSetting` with a line for each that is no use."""
    try:
        return Settings() if webhook_url is None else Settings(webhook_url=webhook_url)
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
