"""`python -m app.cli`, as ./yian calls it."""

from app.cli import app

app(prog_name="yian")
