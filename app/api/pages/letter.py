"""A decision as the written form that a person gets: one page that can be kept and printed, or plain text."""

from enum import StrEnum
from secrets import token_urlsafe

from fastapi import Request, Response

from app.api.pages.rendering import ALONE_POLICY, rendered
from app.api.texts import CONTENT_LANGUAGE, Teller
from app.api.v1.schemas.decision import DecisionRead
from app.domain.person import Preferences
from app.services.decision import DecisionLetter


class LetterForm(StrEnum):
    """In which form the letter is written."""

    HTML = "text/html"
    PLAIN = "text/plain"


def form_of(request: Request, preferences: Preferences) -> LetterForm:
    """What the reader asks for; of whoever names neither, as the person wants to be told."""
    wish = request.headers.get("accept", "")
    if LetterForm.HTML in wish:
        return LetterForm.HTML
    is_plain = LetterForm.PLAIN in wish or preferences.wants_plain_text
    return LetterForm.PLAIN if is_plain else LetterForm.HTML


def letter_of(letter: DecisionLetter, request: Request, teller: Teller) -> Response:
    """The letter in the reader's language, in the form that the person wants; the text that counts is named in it."""
    form = form_of(request, letter.preferences)
    nonce = token_urlsafe(16)
    shown = DecisionRead.of_view(letter.view, teller)
    values = {
        "decision": shown,
        "addressee": letter.addressee,
        "preferences": letter.preferences,
        "say": teller.say,
        "language": teller.language.value,
    }
    headers = {CONTENT_LANGUAGE: teller.language.value, "Cache-Control": "private, no-store", "Vary": "Accept"}
    if form is LetterForm.PLAIN:
        return Response(rendered("letter.txt", **values), headers=headers, media_type=form)
    headers["Content-Security-Policy"] = ALONE_POLICY.format(nonce=nonce)
    return Response(rendered("letter.html", nonce=nonce, **values), headers=headers, media_type=form)
