"""A refusal as `application/problem+json` (RFC 9457), in the caller's language and without anybody's data."""

import json
import re
from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from app.api.language import Language, language_of
from app.api.problems.faults import OF_A_FORM
from app.api.problems.kinds import EdgeProblem, Fault, InsufficientScope, Unauthenticated, retry_after_of, status_of
from app.api.problems.texts import text_of
from app.domain.shared.errors import DomainError
from app.services.ports.caller import CallerUnknown

MEDIA_TYPE = "application/problem+json"
MAX_FAULTS = 50
_PERSONAL = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{15,}[0-9Xx]*)(?!\d)")


def problem_response(request: Request, error: DomainError) -> Response:
    """The answer to a refused request."""
    language = language_of(request.headers)
    return Response(
        json.dumps(_content(request, error, language), ensure_ascii=False, separators=(",", ":")).encode(),
        status_of(error),
        {"Content-Language": language.value, **_headers(error, base_url_of(request))},
        MEDIA_TYPE,
    )


def base_url_of(request: Request) -> str:
    """Where callers reach this deployment, without a closing stroke: as it was told, never as the request says."""
    return getattr(request.app.state, "base_url", "")


def _content(request: Request, error: DomainError, language: Language) -> dict[str, Any]:
    text = text_of(error, language)
    content: dict[str, Any] = {
        "type": f"{base_url_of(request)}/problems/{error.code}",
        "title": text.title,
        "status": status_of(error),
        "detail": _without_numbers(text.detail),
        "code": error.code,
        "request_id": getattr(request.state, "request_id", ""),
    }
    if faults := _faults(error, content["detail"], language):
        content["errors"] = [
            {"pointer": _without_numbers(one.pointer), "code": one.code, "detail": _without_numbers(one.detail)}
            for one in faults[:MAX_FAULTS]
        ]
    return content


def _faults(error: DomainError, detail: str, language: Language) -> tuple[Fault, ...]:
    if isinstance(error, EdgeProblem) and error.faults:
        return error.faults
    told = error.facts.get("errors")
    if isinstance(told, list):  # a refusal that tells everything at once
        return tuple(_fault_of(one, detail, language) for one in told)
    return (Fault(error.pointer, error.code, detail),) if error.pointer else ()


def _fault_of(told: Mapping[str, str], detail: str, language: Language) -> Fault:
    if "detail" not in told and (finding := OF_A_FORM.get(told["code"])):
        return finding.at(told["pointer"], language)
    return Fault(told["pointer"], told["code"], told.get("detail", detail))


def _headers(error: DomainError, base_url: str) -> dict[str, str]:
    headers = {}
    if (seconds := retry_after_of(error)) is not None:
        headers["Retry-After"] = str(seconds)
    if isinstance(error, CallerUnknown | InsufficientScope):
        headers["WWW-Authenticate"] = _challenge(error, base_url)
    return headers


def _challenge(error: DomainError, base_url: str) -> str:
    """How to get in (RFC 6750, 3; RFC 9728, 5.1). Who sent no token is told of no error."""
    parts = [f'resource_metadata="{base_url}/.well-known/oauth-protected-resource"']
    if isinstance(error, InsufficientScope):
        parts = ['error="insufficient_scope"', f'scope="{error.facts.get("scope", "")}"', *parts]
    elif not isinstance(error, Unauthenticated):
        parts = ['error="invalid_token"', *parts]
    return f"Bearer {', '.join(parts)}"


def _without_numbers(text: str) -> str:
    """A last net: whatever looks like an identity, certificate or phone number does not go out in a refusal."""
    return _PERSONAL.sub("…", text)
