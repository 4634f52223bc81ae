"""The command `tare`. Each command imports only what it needs, so that all of them start fast."""

# ruff: noqa: PLC0415 - see above

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from bot import logs

if TYPE_CHECKING:
    from bot.settings import Settings

REFUSED = 2
"""The exit code when something outside the program has to be put right first."""


@click.group()
@click.version_option(package_name="tare")
def main() -> None:
    """A coach in a chat that helps worn-out people find out where the weight of work really comes from."""
    logs.set_up("WARNING")


@main.command()
@click.option("--db", metavar="URL", help="A database of its own, such as sqlite:///try.db")
@click.option("--locale", help="The language to begin with.")
@click.option("--script", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Play a chat.")
@click.option(
    "--import",
    "export",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Go on from a file that /export gave.",
)
def chat(db: str | None, locale: str | None, script: Path | None, export: Path | None) -> None:
    """Talk with the coach in the terminal: no token, no server."""
    with _refusals():
        from bot.chatting import chat as talk
        from bot.settings import load_settings

        sys.exit(talk(load_settings(), db=db, locale=locale, script=script, export=export))


@main.command()
@click.option("--no-poll", is_flag=True, help="Only deliver what is due, beside a process that listens.")
@click.option("--webhook", metavar="URL", help="Let Telegram push updates to this address of ours.")
def serve(no_poll: bool, webhook: str | None) -> None:
    """Run the bot on Telegram until it is stopped."""
    if no_poll and webhook is not None:
        raise click.UsageError(
            "--no-poll never listens, so nothing can be pushed to it: leave out one of both."
        )
    with _refusals():
        from bot.settings import load_settings

        settings = load_settings(webhook)
        logs.set_up(settings.log_level)
        logs.catch_the_rest()
        from bot.loop import run_fast
        from bot.serving import serve as run

        run_fast(run(settings, _say, listens=not no_poll))


@main.command()
@click.option("--no-backup", is_flag=True, help="This database ran last; only the list of erased is lost.")
def migrate(no_backup: bool) -> None:
    """Bring the database to the newest tables. Make a backup first."""
    with _refusals():
        from bot.settings import load_settings
        from bot.storage import migrate as bring_up
        from bot.storage import revision

        settings = load_settings()
        bring_up(settings.database_url)
        if settings.key_file.exists():
            from bot.keeping import opened_once

            asyncio.run(opened_once(settings, no_backup=no_backup))
        click.echo(f"The tables are at step {revision(settings.database_url)}, the newest.")


@main.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--address", required=True, metavar="telegram:ID", help="Whose it is to be.")
def import_(file: Path, address: str) -> None:
    """Put a file that /export gave into the database, for somebody who is not there yet."""
    with _refusals():
        from bot.keeping import imported
        from bot.settings import load_settings

        count = asyncio.run(imported(load_settings(), file, address))
        click.echo(f"Imported, with {count} records. They go on with /continue.")


@main.command("rotate-key")
@click.option("--also", multiple=True, metavar="URL", help="Another database of the same key file.")
def rotate_key(also: tuple[str, ...]) -> None:
    """Replace the master key, while the bot goes on serving."""
    with _refusals():
        from bot.keeping import databases_of
        from bot.rotation import rotate
        from bot.settings import load_settings

        settings = load_settings()
        asyncio.run(rotate(settings.key_file, databases_of(settings, also), _say))


@main.command()
@click.option(
    "--uses", type=click.IntRange(1, 10_000), default=1, show_default=True, help="People a code lets in."
)
@click.option("--days", type=click.IntRange(1, 365), default=14, show_default=True, help="How long it holds.")
@click.option("--count", type=click.IntRange(1, 1000), default=1, show_default=True, help="How many codes.")
@click.option("--list", "listed", is_flag=True, help="Show what became of codes, not the codes.")
@click.option("--withdraw", metavar="CODE", help="Let nobody in by this code any more.")
def invite(uses: int, days: int, count: int, listed: bool, withdraw: str | None) -> None:
    """Make codes that let people in, where TARE_INVITE_ONLY is set."""
    with _refusals():
        from bot import operating
        from bot.settings import load_settings

        settings = load_settings()
        if withdraw is not None:
            asyncio.run(operating.withdraw_invite(settings, withdraw))
            click.echo("Nobody comes in by that code any more.")
        elif listed:
            for each in asyncio.run(operating.all_invites(settings)):
                click.echo(f"{each.used} of {each.uses} used, until {each.expires_at:%Y-%m-%d %H:%M} UTC")
        else:
            codes, until = asyncio.run(operating.make_invites(settings, count, uses, days))
            for code in codes:
                click.echo(code)
            _say(f"Until {until:%Y-%m-%d %H:%M} UTC. As a link: https://t.me/NAME_OF_YOUR_BOT?start=CODE")


@main.command()
@click.argument("who", required=False)
@click.option("--list", "listed", is_flag=True, help="Show what was decided lately.")
def block(who: str | None, listed: bool) -> None:
    """Turn somebody away, by their reference or their account, without reading anything."""
    with _refusals():
        from bot import operating
        from bot.settings import load_settings

        if listed or who is None:
            for each in asyncio.run(operating.deeds(load_settings())):
                click.echo(f"{each.at:%Y-%m-%d %H:%M} UTC  {each.what} {each.about}".rstrip())
            return
        reference, fresh = asyncio.run(operating.block(load_settings(), who))
        click.echo(f"{reference} is turned away{'' if fresh else ' already'}.")


@main.command()
@click.argument("who")
def unblock(who: str) -> None:
    """Let somebody talk again."""
    with _refusals():
        from bot import operating
        from bot.settings import load_settings

        reference, changed = asyncio.run(operating.unblock(load_settings(), who))
        click.echo(f"{reference} can talk again." if changed else f"{reference} was not turned away.")


@main.command()
def doctor() -> None:
    """Look at token, Telegram, clock, key, database, zones and help lines, and say what to do."""
    with _refusals():
        from bot.settings import load_settings

        sys.exit(asyncio.run(_examined(load_settings())))


async def _examined(settings: Settings) -> int:
    from bot.doctor import State, examine

    worst = 0
    async for finding in examine(settings):
        click.echo(f"{finding.state:6}  {finding.what}: {finding.says}")
        worst = max(worst, int(finding.state is State.BROKEN))
    return worst


@main.command()
@click.option("--warnings", is_flag=True, help="Say every warning instead of how many there are.")
def check(warnings: bool) -> None:
    """Refuse broken flows, prompts and tables, in every locale."""
    from bot.checking import check_all

    found = check_all(datetime.now(UTC).date())
    for warning in found.warnings if warnings else ():
        click.echo(f"warning: {warning}", err=True)
    if found.warnings and not warnings:
        click.echo(f"{len(found.warnings)} remarks. All of them: tare check --warnings", err=True)
    for mistake in found.mistakes:
        click.echo(mistake)
    if found.mistakes:
        sys.exit(1)
    click.echo("Flows, prompts, the rule and the help lines are in order.")


@main.command()
@click.argument("flow", required=False)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="A folder for one file a flow.")
def draw(flow: str | None, out: Path | None) -> None:
    """Draw flows as diagrams (Mermaid), from the same table that runs."""
    from flows.engine.drawing import draw as drawn
    from flows.shelf import FLOWS

    if flow is not None and flow not in FLOWS:
        raise click.BadParameter(f"there is no flow {flow!r}; there are {', '.join(FLOWS)}")
    for name in [flow] if flow else FLOWS:
        if out is None:
            click.echo(drawn(FLOWS[name]), nl=False)
        else:
            out.mkdir(parents=True, exist_ok=True)
            (out / f"{name}.mmd").write_text(drawn(FLOWS[name]), "utf-8")
            click.echo(out / f"{name}.mmd")


@main.command()
@click.argument("file", type=click.File("r", encoding="utf-8"), default="-")
def score(file: TextIO) -> None:
    """Score answer vectors, a line each: id, tab, vector. Gives a JSON object a line."""
    from bot.rulebook import rulebook
    from bot.scorer import write_scores

    with _refusals():
        if not write_scores(file, rulebook(), lambda line: click.echo(line, nl=False)):
            sys.exit(1)


def _say(words: str) -> None:
    click.echo(words, err=True)


@contextmanager
def _refusals() -> Iterator[None]:
    """What has to be put right outside is told in its own words, what is our mistake by its place alone."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if type(error).__module__ in logs.SPEAKS:
            _refuse(str(error))
        _say(f"Something is wrong in Tare itself: {logs.place_of(error)}")
        sys.exit(1)


def _refuse(words: str) -> None:
    _say(words)
    sys.exit(REFUSED)


if __name__ == "__main__":
    main()
