"""A receipt on paper: a sheet or a card that says it in words, with a code that holds it signed."""

from collections.abc import Iterator
from enum import StrEnum
from secrets import token_urlsafe

from fastapi import Response

from app.api.pages.code import code_of
from app.api.pages.rendering import ALONE_POLICY, rendered
from app.api.texts import CONTENT_LANGUAGE, Teller
from app.domain.shared.identity import Category, Grade
from app.services.receipt import ReceiptOnPaper

FAMILIES = {"certificate_verification": "standing", "application": "stage"}
FAMILIES |= dict.fromkeys(("consent", "consent_withdrawal"), "receipt_page.of_consent")
"""Whose words the outcomes of a kind are; those of decisions are `outcome`."""


class Paper(StrEnum):
    """What the receipt is printed on."""

    SHEET = "a4"
    CARD = "card"
    """As large as an identity card (ISO/IEC 7810, ID-1)."""


def receipt_page(receipt: ReceiptOnPaper, paper: Paper, teller: Teller) -> Response:
    """The page, in the reader's language; it carries all of itself."""
    nonce = token_urlsafe(16)
    content = rendered("receipt.html", nonce=nonce, **values_of(receipt, paper, teller))
    headers = {
        CONTENT_LANGUAGE: teller.language.value,
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": ALONE_POLICY.format(nonce=nonce),
    }
    return Response(content, headers=headers, media_type="text/html")


def values_of(receipt: ReceiptOnPaper, paper: Paper, teller: Teller) -> dict[str, object]:
    """What the template is filled with."""
    claims = receipt.claims
    return {
        "receipt": receipt,
        "claims": claims,
        "code": code_of(receipt.jws),
        "lines": tuple(_lines(receipt, teller)),
        "paper": paper.value,
        "say": teller.say,
        "language": teller.language.value,
    }


def _lines(receipt: ReceiptOnPaper, teller: Teller) -> Iterator[tuple[str, str]]:
    claims, family = receipt.claims, FAMILIES.get(receipt.kind, "outcome")
    yield "kind", teller.say(f"receipt_page.{receipt.kind}")
    yield "result", teller.say(f"{family}.{claims['outcome']}")
    if isinstance(items := claims.get("items"), list):
        yield "items", ", ".join(teller.say(f"items.{item['code']}") for item in items)
    if "category" in claims:
        yield "category", teller.say(f"categories.{Category(int(str(claims['category']))).slug}")
    if "grade" in claims:
        yield "grade", str(Grade(int(str(claims["grade"]))).value)
    if "is_within_grade" in claims:
        yield "within_grade", teller.say(f"fact_value.{str(claims['is_within_grade']).lower()}")
    yield "checked_on", receipt.checked_on.isoformat()
    yield "last_day", receipt.last_day.isoformat()
    yield "number", str(claims["jti"])
    yield "issuer", str(claims["iss"])
