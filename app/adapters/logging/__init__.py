"""Logs as one JSON object a line, without personal data, whoever writes them: we, a library, or a crash."""

from app.adapters.logging.configuration import configure_logging
from app.adapters.logging.redaction import REDACTED, redacted

__all__ = ["REDACTED", "configure_logging", "redacted"]
