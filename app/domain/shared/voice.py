"""Who speaks for a person: the person, or somebody whom the law lets speak in the person's place."""

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from app.domain.shared.access import Principal
from app.domain.shared.errors import Forbidden


class NotThePerson(Forbidden):
    """What only the person or a guardian may say is said by somebody else."""

    code = "not_the_person"
    title = "Only the person or a guardian may say this"


class Voice(StrEnum):
    """In which capacity somebody speaks."""

    PERSON = "person"
    """本人"""
    GUARDIAN = "guardian"
    """监护人或者代理人"""


def voice_of(speaker: Principal, *, person_id: UUID, guardians: Collection[UUID]) -> Voice:
    """In which capacity the speaker says what concerns the person.

    Source: 民法典 arts. 23, 34: a guardian acts for the person; 残疾预防和残疾人康复条例 art. 21: the person and the
    family are heard.

    Raises:
        NotThePerson: the speaker is neither the person nor one of the guardians.
    """
    if speaker.person_id == person_id:
        return Voice.PERSON
    if speaker.person_id is not None and speaker.person_id in guardians:
        return Voice.GUARDIAN
    raise NotThePerson("This is for the person, or for a guardian, to say. Ask them to say it themselves.")
