"""Receipts, as they travel."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.pages.receipt import Paper
from app.api.texts import Teller
from app.api.v1.schemas.types import Input, Output
from app.domain.shared.wording import Wording
from app.services.receipt import SignedReceipt

EXAMPLE = "eyJhbGciOiJFUzI1NiIsImtpZCI6IjEiLCJ0eXAiOiJkYytzZC1qd3QifQ.eyJvdXRjb21lIjoic3VibWl0dGVkIn0.c2ln"


class ReceiptPageCreate(Input):
    """A receipt that is to be put on paper."""

    jws: Annotated[
        str,
        Field(
            min_length=1,
            max_length=8192,
            pattern=r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+~?$",
            description="The receipt as it was given, with `~` at its end or without.",
            examples=[EXAMPLE],
        ),
    ]
    paper: Annotated[Paper, Field(description="A sheet of A4, or a card as large as an identity card.")] = Paper.SHEET


class ReceiptRead(Output):
    """A receipt: signed for machines, in words for people. It names nobody, and anybody can check it offline."""

    id: UUID
    kind: Annotated[
        str, Field(max_length=64, description="What it is about, such as `decision_benefit`.", examples=["application"])
    ]
    outcome: Annotated[str, Field(max_length=64, examples=["submitted"])]
    issued_at: Annotated[datetime, Field(description="When it was given.")]
    expires_at: Annotated[datetime, Field(description="Until when it may be relied on.")]
    text: Annotated[str, Field(max_length=1000, description="What it says, in plain words.")]
    jws: Annotated[
        str,
        Field(
            max_length=8192,
            pattern=r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$",
            description="Compact JWS, ES256; with `~` at the end an SD-JWT without disclosures (RFC 9901). Anybody "
            "checks it with the keys at `keys_uri`; `status` in it names the list in which a withdrawal shows.",
            examples=[EXAMPLE],
        ),
    ]
    keys_uri: Annotated[str, Field(max_length=500, examples=["https://yian.example/.well-known/jwks.json"])]

    @classmethod
    def of(cls, signed: SignedReceipt, teller: Teller, *, issuer: str) -> Self:
        """The receipt in the caller's language."""
        receipt = signed.of
        return cls(
            id=receipt.id,
            kind=receipt.kind,
            outcome=receipt.outcome,
            issued_at=receipt.issued_at,
            expires_at=receipt.expires_at,
            text=teller.say(f"receipt.{receipt.kind}", _in_words(signed.words, teller)),
            jws=signed.jws,
            keys_uri=f"{issuer}/.well-known/jwks.json",
        )


def _in_words(parameters: Mapping[str, object], teller: Teller) -> dict[str, object]:
    return {name: teller.word(said) if isinstance(said, Wording) else said for name, said in parameters.items()}
