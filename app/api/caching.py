"""Reference data, which seldom changes: an answer carries its digest, and who has it already is told so (RFC 9110)."""

import hashlib
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel

from app.api.language import Language
from app.api.openapi import operation
from app.api.texts import CONTENT_LANGUAGE
from app.domain.shared.errors import DomainError

NOT_MODIFIED = 304
_DIGEST_BYTES = 12


def reference(name: str, *, found: bool | None = None, refusals: tuple[type[DomainError], ...] = ()) -> dict[str, Any]:
    """The arguments of a route that reads reference data: `operation`, and that what one has may still be right."""
    told = operation(name, found=found, refusals=refusals)
    told["responses"][NOT_MODIFIED] = {"description": "What you have is still right."}
    return told


def unless_known(request: Request, shown: BaseModel, *, language: Language | None = None) -> Response:
    """What one caller is shown, or only that it has not changed. No cache between the two keeps it."""
    headers = {"Cache-Control": "private, no-cache", "Vary": "Accept-Language, Authorization"}
    if language is not None:
        headers[CONTENT_LANGUAGE] = language.value
    return answer_unless_known(request, shown.model_dump_json().encode(), headers=headers)


def answer_unless_known(request: Request, body: bytes, *, headers: dict[str, str]) -> Response:
    """The answer; or, where `If-None-Match` names it, only that it has not changed.

    The digest is of the whole answer: a new revision of the rules, another day and a new version of this program all
    make another one, and nothing else does.
    """
    tag = f'"{hashlib.blake2b(body, digest_size=_DIGEST_BYTES).hexdigest()}"'
    told = {"ETag": tag, **headers}
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if known & {tag, "*"}:
        return Response(status_code=NOT_MODIFIED, headers=told)
    return Response(body, headers=told, media_type="application/json")
