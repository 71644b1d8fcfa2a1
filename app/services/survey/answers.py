"""What somebody has answered in a survey, and what the same person answered in the round before."""

from uuid import UUID

from app.domain.survey import Answered, Given, NotOfThisSurvey, SurveyEntry, SurveyRound
from app.services.ports.work import UnitOfWork


async def answers_of(
    entry: SurveyEntry, of: SurveyRound, *, assessment_id: UUID | None, uow: UnitOfWork
) -> tuple[Answered, Given | None]:
    """The answers in an assessment, and those of the round before."""
    known = {one.id: one for one in await uow.assessments.of_person(entry.person_id)}
    if assessment_id is None or assessment_id not in known:
        raise NotOfThisSurvey("Name the assessment in which the person has answered.", pointer="/assessment_id")
    found = known[assessment_id]
    corrected = {one.corrects for one in known.values()}
    answered = Answered(
        assessment_id=found.id,
        person_id=found.person_id,
        instrument=found.instrument,
        instrument_version=found.instrument_version,
        is_valid=found.is_valid_on(uow.today) and found.id not in corrected,
        given=found.answers.given,
    )
    return answered, await before_of(entry, of, uow=uow)


async def before_of(entry: SurveyEntry, of: SurveyRound, *, uow: UnitOfWork) -> Given | None:
    """What the person answered in the round before; None where nothing was."""
    earlier = await uow.survey_entries.in_round(of.previous_id, entry.person_id) if of.previous_id else None
    if earlier is None or earlier.assessment_id is None:
        return None
    return (await uow.assessments.get(earlier.assessment_id)).answers.given
