"""Groups of commands about the API and about what a running server does."""

from typing import Annotated

import typer

from app.cli.group import group
from app.cli.options import EXIT_CODES, BaseUrl, Json

openapi = group("The description of the API, openapi/v1.json.")
token = group("Tokens of the sandbox.")
jobs = group("One's own jobs on a running server.")

Token = Annotated[str, typer.Option(envvar="YIAN_TOKEN", help="Whose jobs; ./yian token mint makes one.")]
JobId = Annotated[str, typer.Argument(help="The id of the job.")]


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


@token.command("mint", epilog=EXIT_CODES)
def mint_token(
    role: Annotated[str, typer.Option(help="The role, such as county_officer.")],
    base_url: Annotated[str, typer.Option(help="A running sandbox.")] = "http://127.0.0.1:8000",
    json_output: Json = False,
) -> None:
    """Get a token for a role from a running sandbox, good for a day."""
    from app.sandbox import tokens

    raise typer.Exit(tokens.mint(role=role, base_url=base_url, json_output=json_output))
