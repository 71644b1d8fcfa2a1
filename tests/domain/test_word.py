"""Whose word something is done on: the person's own, a guardian's, or one that is handed on and taken down."""

from uuid import UUID

import pytest

from app.domain.shared.access import Principal, Role
from app.domain.shared.transitions import NotYourFunction
from app.domain.shared.voice import Capacity, NotThePerson, Voice, Word, WordMissing, word_of
from tests.builders import CITIZEN, ELSEWHERE, PERSON_ID, TOWNSHIP_OFFICER, VILLAGE, a_principal

GUARDIAN_ID = UUID(int=5)


def word(speaker: Principal, said_by: Voice | None = None) -> Word:
    return word_of(speaker, person_id=PERSON_ID, region=VILLAGE, guardians=(GUARDIAN_ID,), said_by=said_by)


def test_the_person_and_a_guardian_speak_for_themselves() -> None:
    guardian = a_principal(Role.CITIZEN, person_id=GUARDIAN_ID, memberships=())

    assert word(CITIZEN) == Word(Capacity.PERSON)
    assert word(guardian) == Word(Capacity.GUARDIAN)


def test_nobody_else_speaks_for_a_person_in_the_own_name() -> None:
    with pytest.raises(NotThePerson):
        word(a_principal(Role.CITIZEN, person_id=UUID(int=6), memberships=()))


def test_a_portal_hands_a_word_on() -> None:
    assert word(a_principal(Role.PORTAL)) == Word(Capacity.PORTAL)


def test_an_officer_takes_down_whose_word_it_was() -> None:
    assert word(TOWNSHIP_OFFICER, Voice.GUARDIAN) == Word(Capacity.STAFF, Voice.GUARDIAN)
    with pytest.raises(WordMissing):
        word(TOWNSHIP_OFFICER)


def test_an_officer_of_another_place_takes_nothing_down() -> None:
    with pytest.raises(NotYourFunction):
        word(a_principal(Role.TOWNSHIP_OFFICER, region=ELSEWHERE), Voice.PERSON)
