"""Why the embedded database cannot be had here."""


class PostgresUnavailable(RuntimeError):
    """The embedded PostgreSQL cannot run as things are; the message says how to mend it."""
