"""The command line: `inclusive-ads COMMAND`.

Exit codes: 0 nothing at or above the fail level, 1 something is, 2 bad input or use.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
from pathlib import Path
from typing import Any  # click gives options as it parsed them

import click

from inclusive_ads import __version__
from inclusive_ads.errors import InclusiveAdsError

# Command → its module and its line of help; the modules are imported when they are called, so that each starts fast.
_COMMANDS = {
    "batch": ("batch", "Check folders, files, CSV or JSON lines."),
    "check": ("check", "Report on adverts."),
    "evidence": ("statement", "Say which groups the workforce figures show as under-represented."),
    "explain": ("lexicon", "Say what an entry, or a phrase, is about."),
    "fix": ("fix", "Write the improved advert."),
    "keep": ("fix", "Keep a wording, with a reason and the names of who agreed."),
    "key": ("serve", "Make a key for a program that calls the API."),
    "lexicon": ("lexicon", "Validate, test, list and document the lexicons, or start your own."),
    "outcomes": ("outcomes", "Say what became of applicants before and after a change of wording."),
    "profile": ("profile", "Begin a profile, see how it stands, and add records to it."),
    "register": ("register", "Read, export and erase the register of what was kept and inserted."),
    "serve": ("serve", "Open the page and the API on this computer."),
    "statement": ("statement", "Say which statements an advert should carry, where and why."),
    "targets": ("outcomes", "Say how far each grade is from a goal, and what would reach it."),
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"inclusive_ads.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in sorted(_COMMANDS.items())])

    def invoke(self, ctx: click.Context) -> Any:
        _speak_utf8()
        try:
            return super().invoke(ctx)
        except InclusiveAdsError as error:
            click.echo(f"inclusive-ads: {error}", err=True)
            ctx.exit(2)
        except BrokenPipeError:
            # The reader of our output has gone. What is still in the buffer has nowhere to go; as for a process
            # that a signal ended, the code is 128 + 13.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(141)
        except KeyboardInterrupt:
            click.echo("inclusive-ads: stopped.", err=True)
            ctx.exit(130)
        except OSError as error:
            name = f"'{error.filename}': " if error.filename else ""
            click.echo(f"inclusive-ads: {name}{error.strerror or type(error).__name__}.", err=True)
            ctx.exit(2)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            # Neither the message nor a traceback: both may hold words of the advert.
            click.echo(f"inclusive-ads: a fault of ours: {type(error).__name__} in {_place(error)}.", err=True)
            click.echo("Please report it, with the command but without the advert.", err=True)
            ctx.exit(2)


def _speak_utf8() -> None:
    """Files and pipes get UTF-8, whatever the locale; a terminal gets what it can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def _place(error: BaseException) -> str:
    step = error.__traceback__
    while step and step.tb_next:
        step = step.tb_next
    return f"{Path(step.tb_frame.f_code.co_filename).name}, line {step.tb_lineno}" if step else "an unknown place"


@click.command(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 nothing at or above the fail level, 1 something is, 2 bad input or use.",
)
@click.version_option(__version__, prog_name="inclusive-ads")
def main() -> None:
    """Check the language of job adverts.

    Findings say whom the wording may put off, why, on what source, and what to say instead.
    Guidance, not legal advice. Nothing is stored, logged or sent anywhere.
    """
