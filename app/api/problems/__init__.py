"""Refusals as RFC 9457 problems. Code, status, page, schema and text come from one registry: the classes themselves.

kinds     which status a kind of refusal has; what only HTTP can refuse
texts     the words, in English and Chinese
faults    what is wrong with a field: Pydantic's findings as pointers, codes and words of ours
answer    a refusal as `application/problem+json`
handlers  the places where the framework hands refusals over
"""

from app.api.problems.answer import MEDIA_TYPE, problem_response
from app.api.problems.handlers import install_problem_handlers
from app.api.problems.kinds import (
    EdgeProblem,
    HeaderTooLarge,
    IdempotencyKeyMalformed,
    IdempotencyKeyMissing,
    InsufficientScope,
    InternalError,
    InvalidContent,
    InvalidCursor,
    MethodNotAllowed,
    PayloadTooLarge,
    PreconditionRequired,
    RequestTimeout,
    Unauthenticated,
    UnreadableBody,
    UnsupportedMediaType,
    registry,
    status_of,
)

__all__ = [
    "MEDIA_TYPE",
    "EdgeProblem",
    "HeaderTooLarge",
    "IdempotencyKeyMalformed",
    "IdempotencyKeyMissing",
    "InsufficientScope",
    "InternalError",
    "InvalidContent",
    "InvalidCursor",
    "MethodNotAllowed",
    "PayloadTooLarge",
    "PreconditionRequired",
    "RequestTimeout",
    "Unauthenticated",
    "UnreadableBody",
    "UnsupportedMediaType",
    "install_problem_handlers",
    "problem_response",
    "registry",
    "status_of",
]
