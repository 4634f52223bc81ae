"""The files in deploy/ fit the program: each is read as what will read it, and what it names is there."""

from __future__ import annotations

import asyncio
import re
import shlex
import sys
from collections.abc import Mapping
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.cli import REFUSED, main
from bot.metrics import STATUSES, Metrics
from bot.serving import STOPPED_WITHIN
from bot.settings import PREFIX, Settings
from bot.web.door import KEEPS_ALIVE, host_and_port
from bot.web.receiving import BIGGEST
from docs.rewrite import ROOT
from tests.serving.given import World
from tests.test_docs import options_of
from tests.web.given import open_bot

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
FILES = sorted(file for file in DEPLOY.rglob("*") if file.is_file())
PATH = "/telegram"
EVERYBODY = 30.0
"""Messages a second that Telegram takes from one bot."""


def unit(file: Path) -> ConfigParser:
    """Read a unit; two lines with one name would be an error here, and are not needed."""
    read = ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    read.optionxform = str  # type: ignore[assignment,method-assign]  # as configparser's documentation says
    read.read_string(file.read_text("utf-8"))
    return read


def compose() -> Any:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))


def worker() -> Any:
    return compose()["services"]["worker"]


def filled_in(value: str) -> str:
    """What compose makes of ${NAME} and ${NAME:?message}."""
    values = {"HOST": "bot.example.org", "TARE_TELEGRAM_TOKEN": f"1:{'A' * 35}", "POSTGRES_PASSWORD": "word"}
    return re.sub(r"\$\{(\w+)(?::\?[^}]*)?\}", lambda found: values[found[1]], value)


def settings_of(named: Mapping[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    """What the program makes of an environment."""
    monkeypatch.chdir(tmp_path)
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    return Settings()


def variables(text: str) -> dict[str, str]:
    """The lines NAME=value of an environment file."""
    return dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_setting_that_is_named_is_one(file: Path) -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z_]+", file.read_text("utf-8")))

    assert named - {f"{PREFIX}{name.upper()}" for name in Settings.model_fields} == set()


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_a_unit_starts_the_program_with_options_that_it_has(file: Path) -> None:
    _, command, *options = shlex.split(unit(file)["Service"]["ExecStart"])

    assert command == "serve"
    assert {option for option in options if option.startswith("--")} <= options_of(main.commands["serve"])


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_a_unit_gives_time_to_stop_and_starts_again_unless_that_does_not_help(file: Path) -> None:
    service = unit(file)["Service"]

    assert int(service["TimeoutStopSec"]) > STOPPED_WITHIN
    assert (service["Restart"], int(service["RestartPreventExitStatus"])) == ("always", REFUSED)


def test_the_settings_of_the_units_are_accepted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    common = variables((DEPLOY / "env.example").read_text("utf-8"))
    own = unit(DEPLOY / "systemd" / "tare-webhook@.service")["Service"]["Environment"].replace("%i", "8081")
    settings = settings_of(common | dict(each.split("=") for each in own.split()), monkeypatch, tmp_path)

    assert (settings.listen, settings.metrics_listen) == ("127.0.0.1:8081", "127.0.0.1:18081")
    assert settings.webhook_url == f"https://bot.example.org{PATH}"
    assert set(common).isdisjoint(each.partition("=")[0] for each in own.split())


def test_the_settings_of_the_containers_are_accepted_and_share_the_rate(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    named = {name: filled_in(value) for name, value in worker()["environment"].items()}
    settings = settings_of(named, monkeypatch, tmp_path)

    assert settings.rate_bot * worker()["deploy"]["replicas"] <= EVERYBODY
    assert settings.webhook_url == f"https://bot.example.org{PATH}"


def test_the_containers_find_each_other() -> None:
    services = compose()["services"]
    _, port = host_and_port(worker()["environment"]["TARE_LISTEN"])

    assert services["caddy"]["environment"]["UPSTREAMS"] == f"worker:{port}"
    assert f"127.0.0.1:{port}/ready" in worker()["healthcheck"]["test"][-1]
    assert "@postgres/tare" in worker()["environment"]["TARE_DATABASE_URL"]
    assert services["postgres"]["environment"]["POSTGRES_DB"] == "tare"
    assert [*worker()["depends_on"]] == ["postgres"]


def test_what_has_to_be_kept_is_on_volumes_that_are_declared() -> None:
    whole = compose()
    mounted = [mount for service in whole["services"].values() for mount in service["volumes"]]
    named = {mount.partition(":")[0] for mount in mounted if not mount.startswith("./")}
    files = [mount.partition(":")[0] for mount in mounted if mount.startswith("./")]

    assert named == {*whole["volumes"]}
    assert [file for file in files if not (DEPLOY / file).is_file()] == []
    assert "keys:/var/lib/tare" in worker()["volumes"]
    assert re.search(r"^WORKDIR /var/lib/tare$", containerfile(), re.MULTILINE)


def test_a_container_is_given_time_to_stop() -> None:
    assert int(worker()["stop_grace_period"].removesuffix("s")) > STOPPED_WITHIN
    assert "STOPSIGNAL SIGTERM" in containerfile()


def containerfile() -> str:
    return (DEPLOY / "Containerfile").read_text("utf-8")


def test_what_is_copied_into_the_image_is_there_and_nobody_is_root_in_it() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", containerfile(), re.MULTILINE)
    missing = [name for names in copied for name in names.split() if not (ROOT / name).exists()]

    assert missing == []
    assert {"bot", "flows", "prompts", "requirements.lock"} <= {
        name for names in copied for name in names.split()
    }
    assert re.findall(r"^USER (\w+)$", containerfile(), re.MULTILINE) == ["tare"]


async def test_the_health_check_of_a_container_passes_for_a_bot_that_is_ready_and_fails_else(
    world: World,
) -> None:
    _, _, option, program = worker()["healthcheck"]["test"]

    async def code() -> int:
        here = program.replace("127.0.0.1:8080", world.settings.listen)
        check = await asyncio.create_subprocess_exec(
            *(sys.executable, option, here), stderr=asyncio.subprocess.DEVNULL
        )
        return await check.wait()

    async with open_bot(world) as bot:
        await bot.service.working.wait()
        ready = await code()
    gone = await code()

    assert (ready, gone) == (0, 1)


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_proxy_passes_on_the_one_path_from_telegram_alone(name: str) -> None:
    text = re.sub(r"#.*", "", (DEPLOY / name).read_text("utf-8"))
    paths = re.findall(r"(?:location =|path) (\S+)", text)

    assert text.count("{") == text.count("}")
    assert paths == [PATH]
    assert {"149.154.160.0/20", "91.108.4.0/22"} <= set(re.findall(r"[\d.]+/\d+", text))
    assert "404" in text


def test_the_proxies_let_through_what_an_update_may_have_and_little_more() -> None:
    nginx, caddy = ((DEPLOY / name).read_text("utf-8") for name in ("nginx.conf", "Caddyfile"))
    megabytes = [*re.findall(r"client_max_body_size (\d+)m;", nginx), *re.findall(r"max_size (\d+)MB", caddy)]

    assert megabytes == ["1", "1"]
    assert BIGGEST == 1_000_000


def test_caddy_lets_go_of_a_silent_connection_before_the_bot_does() -> None:
    """nginx keeps one for 60 s, unless it is told otherwise."""
    caddy, nginx = ((DEPLOY / name).read_text("utf-8") for name in ("Caddyfile", "nginx.conf"))
    kept = re.findall(r"keepalive (\d+)s", caddy)

    assert [int(seconds) < KEEPS_ALIVE for seconds in kept] == [True]
    assert "keepalive_timeout" not in nginx


def test_the_ports_behind_nginx_are_those_that_its_first_line_names() -> None:
    first, rest = (DEPLOY / "nginx.conf").read_text("utf-8").split("\n", 1)

    assert re.findall(r"tare-webhook@(\d+)", first) == re.findall(r"server 127\.0\.0\.1:(\d+)", rest)


def test_nginx_may_try_every_process_once() -> None:
    nginx = (DEPLOY / "nginx.conf").read_text("utf-8")
    processes = re.findall(r"^ +server [\d.:]+", nginx, re.MULTILINE)

    assert re.findall(r"proxy_next_upstream_tries (\d+);", nginx) == [str(len(processes))]


def test_no_proxy_writes_a_message_or_the_secret_or_who_came() -> None:
    """nginx writes bodies longer than its buffer to files; Caddy logs the headers of what fails."""
    nginx, caddy = ((DEPLOY / name).read_text("utf-8") for name in ("nginx.conf", "Caddyfile"))
    [longest] = re.findall(r"client_max_body_size (\w+);", nginx)

    assert f"client_body_buffer_size {longest};" in nginx
    assert "access_log off;" in nginx
    assert "request>headers delete" in caddy


def test_caddy_leaves_out_a_process_that_failed_and_never_tries_a_push_again_itself() -> None:
    """Caddy 2.6.2 has lost the body by then, and takes the next process for broken too."""
    caddy = re.sub(r"#.*", "", (DEPLOY / "Caddyfile").read_text("utf-8"))

    assert "lb_try_duration" not in caddy
    assert re.findall(r"(max_fails|fail_duration) (\S+)", caddy) == [
        ("max_fails", "1"),
        ("fail_duration", "{$LEFT_OUT:2s}"),
    ]


def test_the_containers_have_one_name_so_none_of_it_is_left_out() -> None:
    assert compose()["services"]["caddy"]["environment"]["LEFT_OUT"] == "0s"


def test_caddy_says_what_is_too_long_as_the_bot_does() -> None:
    [pattern] = re.findall(r"header_regexp Content-Length (\S+)", (DEPLOY / "Caddyfile").read_text("utf-8"))

    assert re.search(pattern, str(BIGGEST))
    assert not re.search(pattern, str(BIGGEST - 1))


def test_the_page_names_every_metric_and_no_other() -> None:
    page = (ROOT / "docs" / "reference" / "metrics.md").read_text("utf-8")
    told = Metrics().written(0).decode()
    there = set(re.findall(r"^# TYPE (tare_\w+?) ", told, re.MULTILINE))

    assert set(re.findall(r"`(tare_\w+)`", page)) == {name for name in there if not name.endswith("_created")}


def test_the_page_names_every_status_that_is_answered() -> None:
    page = (ROOT / "docs" / "how-to" / "run-for-real.md").read_text("utf-8")
    rows = re.findall(r"^\| ([\d, ]+) \|", page, re.MULTILINE)

    assert {status for row in rows for status in row.split(", ")} == {*STATUSES} - {"400", "408"}
