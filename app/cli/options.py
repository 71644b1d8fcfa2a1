"""Options that commands have in common, and what their exit codes mean."""

from pathlib import Path
from typing import Annotated

import typer

ROOT = Path(__file__).parents[2]

ENVIRONMENT_MISSING = 3
INTERRUPTED = 130

EXIT_CODES = (
    "Data goes to standard output, messages to standard error. Exit codes: 0 done, 1 failed, 2 called wrongly, "
    "3 something on this machine is missing and the message names it, 130 interrupted."
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="TCP port on 127.0.0.1.")]
DataDir = Annotated[Path | None, typer.Option(help="Folder of the sandbox's database and keys. [default: .yian]")]
DatabaseUrl = Annotated[
    str | None, typer.Option(envvar="YIAN_OWNER_DATABASE_URL", help="URL of the role that owns the tables.")
]
BaseUrl = Annotated[str, typer.Option(help="A running server.")]


def directory_or_default(data_dir: Path | None) -> Path:
    """The sandbox's folder as named on the command line, or the checkout's own."""
    from app.adapters.postgres.embedded import default_directory

    return data_dir.absolute() if data_dir else default_directory(ROOT)
