"""Commands: POSTs that may come twice. The work is done once, and every repetition gets the first answer."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar, cast

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from app.api.dependencies import caller_of, ports_of
from app.api.preconditions import etag_of
from app.api.problems import IdempotencyKeyMalformed, IdempotencyKeyMissing
from app.api.texts import CONTENT_LANGUAGE, Teller, teller_of
from app.domain.duplicate import NotComparedYet
from app.services.duplicate import compare_person
from app.services.ports.caller import Answer, Caller, Keyed, Replayed, TryAgain
from app.services.ports.work import UnitOfWork

Result = TypeVar("Result")
Outcome = TypeVar("Outcome", covariant=True)

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
MAX_KEY_LENGTH = 128
ATTEMPTS = 3
CREATED = 201


class UseCase(Protocol[Outcome]):
    """A use case of which only the transaction is still open."""

    def __call__(self, *, uow: UnitOfWork) -> Awaitable[Outcome]: ...


class Command:
    """One keyed request by a permitted caller."""

    def __init__(self, request: Request, operation: str, *, key: str, digest: bytes, body: bytes) -> None:
        self._request = request
        self._operation = operation
        self._key = key
        self._digest = digest
        self._body = body

    @property
    def content_digest(self) -> str:
        """SHA-256 of the body, byte for byte as it was sent, in hexadecimal."""
        return hashlib.sha256(self._body).hexdigest()

    async def run(
        self,
        use_case: UseCase[Result],
        present: Callable[[Result, Teller], BaseModel],
        *,
        status: int | Callable[[Result], int] = 200,
        location: Callable[[Result], str] | None = None,
    ) -> Response:
        """Run the use case in its transaction, or send again what was answered before."""
        teller = teller_of(self._request)
        answers: list[Answer] = []

        def render(result: object) -> Answer:
            done = cast("Result", result)
            headers = {CONTENT_LANGUAGE: teller.language.value}
            headers |= _headers(done, location(done) if location else None)
            answered = status(done) if callable(status) else status
            answers.append(Answer(answered, headers, present(done, teller).model_dump_json().encode()))
            return answers[-1]

        keyed_request = Keyed(self._key, self._digest, render)
        caller = caller_of(self._request, self._operation, key=keyed_request)
        try:
            await self._attempt(use_case, caller)
        except Replayed as replayed:
            return _response(replayed.answer, {REPLAYED: "true"})
        return _response(answers[-1], {})

    async def _attempt(self, use_case: UseCase[Result], caller: Caller) -> Result:
        """Run it, and run it again where two transactions met and this one gave way, or somebody is compared first."""
        ports = ports_of(self._request)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await use_case(uow=ports.open_work(caller))
            except TryAgain:
                if attempt == ATTEMPTS:
                    raise
            except NotComparedYet as waiting:
                if attempt == ATTEMPTS or waiting.who is None:
                    raise
                await compare_person(waiting.who, names=ports.names, keeper=ports.duplicate_keeper)
        raise AssertionError("The last attempt returns or raises.")


def keyed(operation: str) -> Any:  # noqa: ANN401 - FastAPI's own type for a dependency
    """A command by a caller who may do this operation.

    Raises:
        IdempotencyKeyMissing: the header is missing.
        IdempotencyKeyMalformed: it is not 1 to 128 visible ASCII characters.
    """

    async def command(request: Request) -> Command:
        caller_of(request, operation)  # who may not do it learns so before anything else
        key = request.headers.get(HEADER)
        if key is None:
            raise IdempotencyKeyMissing(f"Send {HEADER} with a new random value, and the same one when you try again.")
        if not (0 < len(key) <= MAX_KEY_LENGTH and key.isascii() and key.isprintable()):
            raise IdempotencyKeyMalformed(f"{HEADER} is 1 to {MAX_KEY_LENGTH} visible ASCII characters.")
        content = (request.method, request.url.path, request.headers.get("if-match", ""))
        body = await request.body()
        digest = hashlib.sha256("\n".join(content).encode() + b"\n" + body)
        return Command(request, operation, key=key, digest=digest.digest(), body=body)

    return Depends(command)


def _headers(result: object, location: str | None) -> dict[str, str]:
    headers = {"Location": location} if location else {}
    version = getattr(result, "version", None)
    return headers if version is None else headers | {"ETag": etag_of(version)}


def _response(answer: Answer, headers: dict[str, str]) -> Response:
    return Response(answer.body, answer.status, answer.headers | headers, "application/json")
