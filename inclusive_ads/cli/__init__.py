"""The command line: `inclusive-ads COMMAND`.

Exit codes: 0 nothing at or above the fail level, 1 something is, 2 bad input or use.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from inclusive_ads import __version__
from inclusive_ads.errors import InclusiveAdsError

# Commands are imported when they are called, so that each starts fast.
_COMMANDS = {
    "batch": "batch",
    "check": "check",
    "evidence": "statement",
    "explain": "lexicon",
    "fix": "check",
    "keep": "check",
    "lexicon": "lexicon",
    "serve": "serve",
    "statement": "statement",
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"inclusive_ads.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except InclusiveAdsError as error:
            click.echo(f"inclusive-ads: {error}", err=True)
            ctx.exit(2)
        except BrokenPipeError:
            # The reader of our output has gone; nothing is left to say.
            sys.stderr.close()
            ctx.exit(0)


@click.command(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="inclusive-ads")
def main() -> None:
    """Check the language of job adverts.

    Findings say whom the wording may put off, why, on what source, and what to say instead.
    Guidance, not legal advice. Nothing is stored, logged or sent anywhere.
    """
