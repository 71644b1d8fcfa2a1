"""How commands are grouped, and what becomes of an error that is the machine's."""

from typing import Any

import typer
from typer.core import TyperGroup
from typing_extensions import override

from app.cli.options import ENVIRONMENT_MISSING, EXIT_CODES, INTERRUPTED


class Commands(TyperGroup):
    """The commands, with one place that turns what is missing into a sentence and an exit code."""

    @override
    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None
        except Exception as error:  # this is the outermost layer
            sentence = _what_is_missing(error)
            if sentence is None:
                raise
            typer.echo(sentence, err=True)
            raise typer.Exit(ENVIRONMENT_MISSING) from None


def _what_is_missing(error: Exception) -> str | None:
    """A sentence for an error that is the machine's; None for one that is ours."""
    from pydantic import ValidationError

    from app.adapters.postgres.embedded.refusal import PostgresUnavailable
    from app.sandbox.dev import PortTaken

    if isinstance(error, (PostgresUnavailable, PortTaken)):
        return str(error)
    if isinstance(error, ValidationError) and error.title == "Settings":
        wrong = "\n".join(f"  YIAN_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
        return f"The settings are not complete:\n{wrong}\nSee .env.example. A sandbox needs none: ./yian dev."
    if isinstance(error, ConnectionError):
        return f"Nothing answers there: {error}."
    return None


def group(help_text: str) -> typer.Typer:
    """A group of commands with a name in common."""
    return typer.Typer(help=help_text, epilog=EXIT_CODES, no_args_is_help=True)
