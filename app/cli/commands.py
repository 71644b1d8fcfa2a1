"""The commands that stand by themselves."""

import json
from dataclasses import asdict
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from app.cli.group import Commands
from app.cli.options import ENVIRONMENT_MISSING, EXIT_CODES, DatabaseUrl, DataDir, Json, Port, directory_or_default


class Measured(StrEnum):
    """What `./yian bench` can measure."""

    REQUESTS = "requests"
    JOBS = "jobs"
    ALIKE = "alike"
    INTEGRITY = "integrity"
    DUPLICATES = "duplicates"
    INSTRUMENTS = "instruments"
    SURVEY = "survey"
    VISITS = "visits"
    ARCHIVE = "archive"
    ENTITLEMENT = "entitlement"
    POPULATION = "population"
    ASSIGNMENT = "assignment"


app = typer.Typer(
    cls=Commands,
    help="Yian 一案: one backend for disability services.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command(epilog=EXIT_CODES)
def dev(
    port: Port = 8000,
    data_dir: DataDir = None,
    persons: Annotated[int, typer.Option(min=0, help="Add that many synthetic people.")] = 0,
    json_output: Json = False,
) -> None:
    """Serve a sandbox from an embedded database, with organisations, staff, services and tokens for every role."""
    from app.sandbox import dev as sandbox

    sandbox.run(port=port, data_dir=directory_or_default(data_dir), persons=persons, json_output=json_output)


@app.command(epilog=EXIT_CODES)
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="TCP port.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that serve.")] = 1,
) -> None:
    """Serve a deployment with the settings of the environment."""
    from app.settings import settings
    from app.tools import serve as server

    settings()  # refuses here, in one sentence, what every worker would refuse in a traceback
    server.run(host=host, port=port, workers=workers)


@app.command(epilog=EXIT_CODES)
def worker() -> None:
    """Let limits run out, look for what is due, do the jobs and tidy up, with the settings of the environment."""
    from app import worker as root

    raise typer.Exit(root.run())


@app.command("test", epilog=EXIT_CODES, context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def run_tests(
    context: typer.Context,
    postgres_bin: Annotated[Path | None, typer.Option(help="Folder of another PostgreSQL's programs.")] = None,
    json_output: Json = False,
) -> None:
    """Run the whole suite in parallel on a real PostgreSQL; further arguments go to pytest."""
    from app.tools import suite

    place = postgres_bin.absolute() if postgres_bin else None
    raise typer.Exit(suite.run(context.args, postgres_bin=place, json_output=json_output))


@app.command(epilog=EXIT_CODES)
def check(json_output: Json = False) -> None:
    """Check format, lint, types, import contracts and the tests that need no database."""
    from app.tools import check as checks

    raise typer.Exit(checks.run(json_output=json_output))


@app.command(epilog=EXIT_CODES)
def demo(
    base_url: Annotated[str | None, typer.Option(help="A running server. [default: a sandbox of its own]")] = None,
    json_output: Json = False,
) -> None:
    """Lead one person from the application to the confirmed service, over HTTP, as each actor."""
    from app.sandbox import demo as sandbox

    raise typer.Exit(sandbox.run(base_url=base_url, json_output=json_output))


@app.command(epilog=EXIT_CODES)
def bench(
    measured: Annotated[Measured, typer.Argument(help="What is measured.")] = Measured.REQUESTS,
    persons: Annotated[
        int | None, typer.Option(min=1_000, max=2_000_000, help="How many people. [default: what it needs]")
    ] = None,
    json_output: Json = False,
) -> None:
    """Measure requests, jobs, how alike answers are, what alarms and comparisons find, visits, rules, lists."""
    tool = import_module(f"app.tools.bench.{measured}")
    asked = {} if measured is Measured.INSTRUMENTS else {"persons": persons}
    raise typer.Exit(tool.run(json_output=json_output, **asked))


@app.command(epilog=EXIT_CODES)
def migrate(
    database_url: DatabaseUrl = None,
    json_output: Json = False,
) -> None:
    """Bring a database to the tables, rulebooks and regions of this version. The sandbox does this by itself."""
    from app.tools import migrate as migrations

    if not database_url:
        typer.echo("Name the database with --database-url or YIAN_OWNER_DATABASE_URL.", err=True)
        raise typer.Exit(ENVIRONMENT_MISSING)
    done = migrations.run(database_url)
    told = f"Tables at {done.revision}; {done.new_rules} rules and {done.new_regions} regions put on record."
    typer.echo(json.dumps(asdict(done)) if json_output else told)


@app.command("seed", epilog=EXIT_CODES)
def seed_people(
    persons: Annotated[int, typer.Option(min=1, max=2_000_000, help="How many synthetic people.")],
    data_dir: DataDir = None,
    random_seed: Annotated[int, typer.Option("--seed", help="The same seed makes the same people.")] = 652301,
    json_output: Json = False,
) -> None:
    """Add synthetic people, with numbers that no living person has, to the sandbox's database."""
    from app.adapters.keys import read_keys
    from app.adapters.postgres.embedded import embedded_postgres
    from app.adapters.postgres.roles import OWNER
    from app.sandbox import installation, seed
    from app.sandbox.dev import DATABASE

    directory = directory_or_default(data_dir)
    with embedded_postgres(directory) as server:
        installation.prepare_database(server, DATABASE)
        keys = read_keys(installation.keys_file(directory))
        seconds = seed.run(server.dsn(OWNER, DATABASE), keys, persons=persons, seed=random_seed)
    done = {"persons": persons, "seconds": round(seconds, 1)}
    typer.echo(json.dumps(done) if json_output else f"{persons:,} synthetic people in {seconds:.1f} s.")


@app.command(epilog=EXIT_CODES)
def doctor(
    data_dir: DataDir = None,
    port: Port = 8000,
    make_keys: Annotated[Path | None, typer.Option(help="Write a new deployment's keys to this file instead.")] = None,
    json_output: Json = False,
) -> None:
    """Look at this machine: what is wrong, and how to mend it."""
    from app.tools import doctor as tool

    if make_keys:
        raise typer.Exit(tool.write_keys(make_keys))
    raise typer.Exit(tool.run(data_dir=directory_or_default(data_dir), port=port, json_output=json_output))
