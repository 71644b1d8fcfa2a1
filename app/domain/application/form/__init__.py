"""The one form of a package: what may be asked of the applicant, and whether the answers can be right."""

from app.domain.application.form.answers import (
    AnswersNotRight,
    Declared,
    asked,
    declared_by,
    faults_of,
    ignored,
    require_answers,
    require_answers_so_far,
    shown_in_place,
)
from app.domain.application.form.field import APPLICANT, PHONE, SAFE_INTEGER, FormField, HeldFact, Occasion

__all__ = [
    "APPLICANT",
    "PHONE",
    "SAFE_INTEGER",
    "AnswersNotRight",
    "Declared",
    "FormField",
    "HeldFact",
    "Occasion",
    "asked",
    "declared_by",
    "faults_of",
    "ignored",
    "require_answers",
    "require_answers_so_far",
    "shown_in_place",
]
