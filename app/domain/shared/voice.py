"""Who speaks for a person: the person, or somebody whom the law lets speak in the person's place."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.domain.shared.access import Principal, Role, has_function
from app.domain.shared.errors import Forbidden, Unprocessable
from app.domain.shared.transitions import NotYourFunction


class NotThePerson(Forbidden):
    """What only the person or a guardian may say is said by somebody else."""

    code = "not_the_person"
    title = "Only the person or a guardian may say this"


class WordMissing(Unprocessable):
    """An officer acts on somebody's word, and does not say whose it was."""

    code = "word_missing"
    title = "Say whose word it was"


class Voice(StrEnum):
    """In which capacity somebody speaks."""

    PERSON = "person"
    """本人"""
    GUARDIAN = "guardian"
    """监护人或者代理人"""


class Capacity(StrEnum):
    """Through whom a person's word comes."""

    PERSON = "person"
    """本人"""
    GUARDIAN = "guardian"
    """监护人或者代理人"""
    PORTAL = "portal"
    """经平台提交"""
    SECOND_PARTY = "second_party"
    """第二方: whose word the item needed, and who has said no."""
    STAFF = "staff"
    """窗口代为记录: an officer takes down what is said."""


@dataclass(frozen=True, slots=True)
class Word:
    """The word of a person: through whom it comes and, where an officer took it down, whose it was."""

    capacity: Capacity
    said_by: Voice | None = None


def word_of(
    speaker: Principal,
    *,
    person_id: UUID,
    region: str,
    guardians: Collection[UUID] = (),
    said_by: Voice | None = None,
) -> Word:
    """The word that a caller brings for a person, once the caller may.

    Source: 行政复议法 (2023) art. 22 and the practice of every counter: also by word of mouth, which is taken down.

    Raises:
        NotThePerson: a citizen speaks for somebody else.
        NotYourFunction: an officer takes something down in another place.
        WordMissing: an officer does not say whose word it was.
    """
    if speaker.has(Role.CITIZEN):
        voice = voice_of(speaker, person_id=person_id, guardians=guardians)
        return Word(Capacity.PERSON if voice is Voice.PERSON else Capacity.GUARDIAN)
    if speaker.has(Role.PORTAL):
        return Word(Capacity.PORTAL)
    if not has_function(speaker, speaker.roles, region=region):
        raise NotYourFunction("An officer takes down what is said in their own area. Pass it on to the office there.")
    if said_by is None:
        raise WordMissing("Say whether it was the person or a guardian who told you so.", pointer="/said_by")
    return Word(Capacity.STAFF, said_by)


def voice_of(speaker: Principal, *, person_id: UUID, guardians: Collection[UUID]) -> Voice:
    """In which capacity the speaker says what concerns the person.

    Source: 民法典 arts. 23, 34: a guardian acts for the person; 残疾预防和残疾人康复条例 art. 21: the person and the
    family are heard.

    Raises:
        NotThePerson: the speaker is neither the person nor one of the guardians.
    """
    if speaker.person_id == person_id:
        return Voice.PERSON
    if person_id in speaker.acts_for or (speaker.person_id is not None and speaker.person_id in guardians):
        return Voice.GUARDIAN
    raise NotThePerson("This is for the person, or for a guardian, to say. Ask them to say it themselves.")
