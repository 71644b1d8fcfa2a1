"""What is on record of people and taken over from other registers, at any stage."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from app.domain.duplicate import DuplicateAction, DuplicateStage, Ground, PersonDuplicate
from app.domain.job import Job, JobKind, JobState, Owner
from app.domain.register import (
    Differing,
    DiscrepancyStage,
    ImportCounts,
    ImportStage,
    Part,
    RegisterDiscrepancy,
    RegisterEntry,
    RegisterImport,
)
from app.domain.shared.access import Role
from app.domain.shared.channel import Channel
from app.domain.shared.identity import Category, CertificateNumber, CitizenNumber, Grade
from app.domain.shared.transitions import Done
from app.domain.shared.voice import Voice
from app.domain.uncertified_entry import Contact, EntryStage, UncertifiedEntry
from tests.builders.people import (
    APPROVER,
    COUNTY_OFFICER,
    MONDAY,
    NOW,
    PERSON_ID,
    VILLAGE,
)


def a_discrepancy_at(stage: DiscrepancyStage) -> RegisterDiscrepancy:
    """A row of another register that says another name."""
    citizen = CitizenNumber.of(region="990101", born_on=date(1901, 2, 3), sequence=7)
    number = CertificateNumber.of(citizen, category=Category.PHYSICAL, grade=Grade.FIRST)
    entry = RegisterEntry(
        name="样本雪",
        citizen_number=citizen.value,
        number=number.value,
        category=number.category,
        grade=number.grade,
        components={number.category: number.grade},
        issued_on=MONDAY,
        registration_code="652301104201",
        residence_code="652301104201",
    )
    return RegisterDiscrepancy(
        id=UUID(int=64),
        person_id=PERSON_ID,
        region=VILLAGE,
        job_id=UUID(int=65),
        entry=entry,
        differing=(Differing(Part.NAME, "样本云", "样本雪"),),
        certificate_id=None,
        certificate_version=None,
        opened_on=MONDAY,
        opened_at=NOW,
        opened_by=UUID(int=66),
        stage=stage,
    )


def a_register_import_at(stage: ImportStage) -> RegisterImport:
    """A table that an officer of the county has asked to take over."""
    asked, _ = RegisterImport.ask(
        job_id=UUID(int=69), dry_run_id=UUID(int=70), counts=ImportCounts(new=2), by=COUNTY_OFFICER, at=NOW, on=MONDAY
    )
    return replace(asked, stage=stage, organisation_id=next(iter(APPROVER.organisation_ids)))


def a_duplicate_at(stage: DuplicateStage) -> PersonDuplicate:
    """Two records of the same name and day of birth; that they are one person's, somebody else has proposed."""
    is_proposed = stage in {DuplicateStage.MERGE_PROPOSED, DuplicateStage.MERGED}
    proposal = Done(action=DuplicateAction.MERGE, stage=DuplicateStage.MERGE_PROPOSED, on=MONDAY, by=UUID(int=0x9D))
    return PersonDuplicate(
        id=UUID(int=67),
        person_id=PERSON_ID,
        other_id=UUID(int=68),
        region=VILLAGE,
        grounds=(Ground.NAME_SAME, Ground.BIRTH_SAME),
        points=75,
        rule_versions=(),
        found_on=MONDAY,
        stage=stage,
        done=(proposal,) if is_proposed else (),
        kept_id=PERSON_ID if is_proposed else None,
    )


def a_job_at(state: JobState) -> Job:
    """Work that somebody has ordered."""
    owner = Owner(
        subject=UUID(int=1), client_id=UUID(int=2), roles=frozenset({Role.PORTAL}), scopes=frozenset(), token_id="t"
    )
    return replace(Job.order(JobKind.REGISTER_IMPORT, job_id=UUID(int=3), owner=owner, at=NOW), state=state)


def an_entry_at(stage: EntryStage) -> UncertifiedEntry:
    """An entry on the ledger of somebody who has agreed to it."""
    return UncertifiedEntry(
        id=UUID(int=64),
        person_id=PERSON_ID,
        region=VILLAGE,
        reason="not_aware",
        needs=(),
        owner_id=UUID(int=65),
        voice=Voice.PERSON,
        channel=Channel.HOME_VISIT,
        opened_by=UUID(int=66),
        opened_on=MONDAY,
        next_contact_on=MONDAY + timedelta(days=90),
        contacts=(Contact(on=MONDAY, by=UUID(int=66), channel=Channel.HOME_VISIT),),
        stage=stage,
    )
