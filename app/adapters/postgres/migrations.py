"""Brings the database to the tables of this version."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

ROOT = Path(__file__).parents[3]


def configuration(url: str) -> Config:
    """Alembic's configuration for a database; the URL is of the role that owns the tables."""
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "alembic"))
    config.attributes["url"] = "postgresql+asyncpg://" + url.split("://", 1)[1]
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Migrate up."""
    command.upgrade(configuration(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Migrate down."""
    command.downgrade(configuration(url), revision)


def newest() -> str:
    """The revision that this version of the program needs."""
    head = ScriptDirectory.from_config(configuration("postgresql://")).get_current_head()
    assert head  # there is at least one migration
    return head
