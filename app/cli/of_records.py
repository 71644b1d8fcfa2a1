"""Groups of commands about what is on record, and about the rules that it is held to."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.cli.group import group
from app.cli.options import ENVIRONMENT_MISSING, EXIT_CODES, DatabaseUrl, Json

draws = group("Proofs of draws.")
instruments = group("Instruments of assessment.")
rules = group("Rules of law, before they are in force.")
staff = group("Who is related to whom they work for.")

Rulebooks = Annotated[
    Path, typer.Argument(exists=True, file_okay=False, help="A folder of rulebooks, with the change in it.")
]


@draws.command("verify", epilog=EXIT_CODES)
def verify_draw(
    proof: Annotated[typer.FileText, typer.Argument(help="The answer of GET /v1/draws/{id}; - reads standard input.")],
    lists: Annotated[
        typer.FileText | None,
        typer.Option(help="For the lot of a month: its lists, as JSON: names, each with its ids."),
    ] = None,
    json_output: Json = False,
) -> None:
    """Draw again from a proof alone (a draw, a chain, an alarm with a sample), and say what does not fit."""
    from app.tools import draws as tool

    raise typer.Exit(tool.verify(proof.read(), lists.read() if lists else None, json_output=json_output))


@instruments.command("lint", epilog=EXIT_CODES)
def lint_instrument(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="The document; its vectors lie in golden/.")
    ],
    json_output: Json = False,
) -> None:
    """Say what is wrong with the document of an instrument, and whether its golden vectors hold and bite."""
    from app.tools import instruments as tool

    raise typer.Exit(tool.lint(file, json_output=json_output))


@rules.command("backtest", epilog=EXIT_CODES)
def backtest_rules(
    rulebooks: Rulebooks,
    region: Annotated[str, typer.Option(help="The code of the place whose decisions are replayed.")],
    on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="A day on which the change is in force.")],
    by: Annotated[str, typer.Option(help="Who makes it.")],
    item: Annotated[str | None, typer.Option(help="One benefit, such as nursing_subsidy; all, if not given.")] = None,
    json_output: Json = False,
) -> None:
    """Say what changed rules would have said to the decisions of a place: flips, cost, and how groups differ."""
    from app.main import open_database
    from app.settings import settings
    from app.tools import back_test

    question = back_test.Question(region=region, item=item, on=on.date(), by=by)
    current = settings()
    done = back_test.run(rulebooks, question, opened=lambda: open_database(current), json_output=json_output)
    raise typer.Exit(done)


@rules.command("sign", epilog=EXIT_CODES)
def sign_back_test(
    report: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The back-test, as JSON.")],
    rulebooks: Rulebooks,
    by: Annotated[str, typer.Option(help="Who has looked at it: somebody else than who made it.")],
) -> None:
    """Sign a back-test as a second person: without it, no rule that changes what people get is loaded."""
    from app.tools import back_test

    on = datetime.now(tz=UTC).date()
    raise typer.Exit(back_test.sign_report(report, rulebooks, by=by, on=on))


@staff.command("record", epilog=EXIT_CODES)
def record_staff(
    rows: Annotated[typer.FileText, typer.Argument(help="Lines of account_id,kind,value; - reads standard input.")],
    keys_file: Annotated[Path, typer.Option(envvar="YIAN_KEYS_FILE", help="The keys of the deployment.")],
    database_url: DatabaseUrl = None,
    json_output: Json = False,
) -> None:
    """Enter telephones and addresses of staff as digests, in the place of those on record for the same accounts."""
    from app.tools import staff as tool

    if not database_url:
        typer.echo("Name the database with --database-url or YIAN_OWNER_DATABASE_URL.", err=True)
        raise typer.Exit(ENVIRONMENT_MISSING)
    try:
        done = tool.record(database_url, keys_file, rows)
    except tool.RowRefused as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None
    told = f"{done.digests} digests of {done.accounts} accounts are on record."
    typer.echo(json.dumps(asdict(done)) if json_output else told)
