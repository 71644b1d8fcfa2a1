"""The command line, `./yian COMMAND`: it only dispatches, and imports what a command needs when it is called."""

from app.cli.commands import app
from app.cli.of_records import draws, instruments, rules, staff
from app.cli.of_servers import jobs, openapi, token

__all__ = ["app"]

app.add_typer(draws, name="draws")
app.add_typer(instruments, name="instruments")
app.add_typer(jobs, name="jobs")
app.add_typer(openapi, name="openapi")
app.add_typer(rules, name="rules")
app.add_typer(staff, name="staff")
app.add_typer(token, name="token")
