"""A decision as the written form that a person gets: one page that can be kept and printed, or plain text."""

from enum import StrEnum
from secrets import token_urlsafe

from fastapi import Request, Response

from app.api.pages.rendering import ALONE_POLICY, rendered
from app.api.texts import CONTENT_LANGUAGE, Teller
from app.api.v1.schemas.decision import DecisionRead
from app.services.decision import DecisionLetter


class LetterForm(StrEnum):
    """In which form the letter is written."""

    HTML = "text/html"
    PLAIN = "text/plain"


def form_of(request: Request) -> LetterForm:
    """Plain text for who asks for it and not for HTML; a page for everybody else."""
    wish = request.headers.get("accept", "")
    return LetterForm.PLAIN if LetterForm.PLAIN in wish and LetterForm.HTML not in wish else LetterForm.HTML


def letter_of(letter: DecisionLetter, form: LetterForm, teller: Teller) -> Response:
    """The letter in the reader's language; the one that counts is named in it."""
    nonce = token_urlsafe(16)
    shown = DecisionRead.of_view(letter.view, teller)
    values = {"decision": shown, "addressee": letter.addressee, "say": teller.say, "language": teller.language.value}
    headers = {CONTENT_LANGUAGE: teller.language.value, "Cache-Control": "private, no-store", "Vary": "Accept"}
    if form is LetterForm.PLAIN:
        return Response(rendered("letter.txt", **values), headers=headers, media_type=form)
    headers["Content-Security-Policy"] = ALONE_POLICY.format(nonce=nonce)
    return Response(rendered("letter.html", nonce=nonce, **values), headers=headers, media_type=form)
