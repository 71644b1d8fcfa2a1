"""The command line, `./yian COMMAND`: it only dispatches, and imports what a command needs when it is called."""

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typing_extensions import override

ROOT = Path(__file__).parents[1]

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


class Measured(StrEnum):
    """What `./yian bench` can measure."""

    REQUESTS = "requests"
    JOBS = "jobs"
    ALIKE = "alike"
    INTEGRITY = "integrity"


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


def directory_or_default(data_dir: Path | None) -> Path:
    """The sandbox's folder as named on the command line, or the checkout's own."""
    from app.adapters.postgres.embedded import default_directory

    return data_dir.absolute() if data_dir else default_directory(ROOT)


app = typer.Typer(
    cls=Commands,
    help="Yian 一案: one backend for disability services.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
openapi = typer.Typer(help="The description of the API, openapi/v1.json.", epilog=EXIT_CODES, no_args_is_help=True)
token = typer.Typer(help="Tokens of the sandbox.", epilog=EXIT_CODES, no_args_is_help=True)
jobs = typer.Typer(help="One's own jobs on a running server.", epilog=EXIT_CODES, no_args_is_help=True)
draws = typer.Typer(help="Proofs of draws.", epilog=EXIT_CODES, no_args_is_help=True)
app.add_typer(draws, name="draws")
app.add_typer(jobs, name="jobs")
app.add_typer(openapi, name="openapi")
app.add_typer(token, name="token")


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
    """Measure requests, jobs over many rows, how alike answers are, or what alarms of integrity find."""
    from app.tools.bench import alike as of_answers
    from app.tools.bench import integrity as of_integrity
    from app.tools.bench import jobs as of_jobs
    from app.tools.bench import requests as of_requests

    measures = {
        Measured.REQUESTS: of_requests.run,
        Measured.JOBS: of_jobs.run,
        Measured.ALIKE: of_answers.run,
        Measured.INTEGRITY: of_integrity.run,
    }
    raise typer.Exit(measures[measured](json_output=json_output, persons=persons))


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


@openapi.command("export", epilog=EXIT_CODES)
def export_openapi(json_output: Json = False) -> None:
    """Write openapi/v1.json anew from the code."""
    from app.tools import openapi as tool

    raise typer.Exit(tool.export(json_output=json_output))


@openapi.command("check", epilog=EXIT_CODES)
def check_openapi(json_output: Json = False) -> None:
    """Say whether openapi/v1.json is what the code makes of it."""
    from app.tools import openapi as tool

    raise typer.Exit(tool.check(json_output=json_output))


BaseUrl = Annotated[str, typer.Option(help="A running server.")]
Token = Annotated[str, typer.Option(envvar="YIAN_TOKEN", help="Whose jobs; ./yian token mint makes one.")]
JobId = Annotated[str, typer.Argument(help="The id of the job.")]


@jobs.command("list", epilog=EXIT_CODES)
def list_jobs(
    token: Token,
    state: Annotated[list[str] | None, typer.Option(help="Only those in this state; can be repeated.")] = None,
    base_url: BaseUrl = "http://127.0.0.1:8000",
    json_output: Json = False,
) -> None:
    """List one's own jobs, the newest first."""
    from app.tools import jobs as tool

    raise typer.Exit(tool.show_all(tool.Server(base_url, token), states=state or [], json_output=json_output))


@jobs.command("show", epilog=EXIT_CODES)
def show_job(
    job_id: JobId, token: Token, base_url: BaseUrl = "http://127.0.0.1:8000", json_output: Json = False
) -> None:
    """Show where one job stands."""
    from app.tools import jobs as tool

    raise typer.Exit(tool.show(tool.Server(base_url, token), job_id, json_output=json_output))


@jobs.command("watch", epilog=EXIT_CODES)
def watch_job(
    job_id: JobId, token: Token, base_url: BaseUrl = "http://127.0.0.1:8000", json_output: Json = False
) -> None:
    """Follow one job until it ends or waits for somebody."""
    from app.tools import jobs as tool

    raise typer.Exit(tool.watch(tool.Server(base_url, token), job_id, json_output=json_output))


@draws.command("verify", epilog=EXIT_CODES)
def verify_draw(
    proof: Annotated[typer.FileText, typer.Argument(help="The answer of GET /v1/draws/{id}; - reads standard input.")],
    json_output: Json = False,
) -> None:
    """Draw again from a proof alone, and say what does not fit."""
    from app.tools import draws as tool

    raise typer.Exit(tool.verify(proof.read(), json_output=json_output))


@token.command("mint", epilog=EXIT_CODES)
def mint_token(
    role: Annotated[str, typer.Option(help="The role, such as county_officer.")],
    base_url: Annotated[str, typer.Option(help="A running sandbox.")] = "http://127.0.0.1:8000",
    json_output: Json = False,
) -> None:
    """Get a token for a role from a running sandbox, good for a day."""
    from app.sandbox import tokens

    raise typer.Exit(tokens.mint(role=role, base_url=base_url, json_output=json_output))


if __name__ == "__main__":
    app(prog_name="yian")
