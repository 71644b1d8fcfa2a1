"""What is held of the people in many rows of a survey: one statement for each kind of thing, read beforehand."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from app.domain.assessment import Assessment, Need, NeedRules
from app.domain.person import Person
from app.domain.shared.errors import NotFound
from app.domain.shared.identity import CitizenNumber
from app.domain.survey import Given, SurveyEntry, SurveyRound
from app.domain.survey_finding import QualityRules
from app.services.ports.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is beside the answers of those who are surveyed, for the needs and the findings in them."""

    persons: Mapping[UUID, Person]
    needs: Mapping[UUID, list[Need]]
    need_rules: dict[str, NeedRules] = field(default_factory=dict)
    quality_rules: dict[str, QualityRules] = field(default_factory=dict)
    """By place: many people of a table live in the same one."""

    def person(self, person_id: UUID) -> Person:
        """The person.

        Raises:
            NotFound: there is none whom this caller may know of.
        """
        if person_id not in self.persons:
            raise NotFound("There is no such person. Check the id.")
        return self.persons[person_id]

    def need_rules_of(self, region: str, *, uow: UnitOfWork) -> NeedRules:
        """What holds for needs in a place today."""
        if region not in self.need_rules:
            self.need_rules[region] = NeedRules.of(uow.rulebook.at(region, uow.today))
        return self.need_rules[region]

    def quality_rules_of(self, region: str, *, uow: UnitOfWork) -> QualityRules:
        """What holds for the data of surveys in a place today."""
        if region not in self.quality_rules:
            self.quality_rules[region] = QualityRules.of(uow.rulebook.at(region, uow.today))
        return self.quality_rules[region]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldEntries:
    """How people stand in a round; a row finds what the rows before it have made of the person."""

    of: SurveyRound
    people: Mapping[CitizenNumber, UUID]
    earlier: Mapping[UUID, SurveyEntry]
    """How they stood in the round before."""
    answered: Mapping[UUID, Assessment]
    """What they answered then, by its id."""
    _now: dict[UUID, SurveyEntry]
    _read: dict[UUID, int] = field(default_factory=dict)
    """The versions that were read of those who are changed."""

    def of_number(self, number: CitizenNumber) -> SurveyEntry | None:
        """How whoever bears a number stands; None where nobody in the round does."""
        person_id = self.people.get(number)
        return self._now.get(person_id) if person_id else None

    def before(self, person_id: UUID) -> Given | None:
        """What the person answered in the round before; None where nothing was.

        Raises:
            NotFound: the answers are not among those that this caller may know of.
        """
        earlier = self.earlier.get(person_id)
        if earlier is None or earlier.assessment_id is None:
            return None
        if earlier.assessment_id not in self.answered:
            raise NotFound("There is no such assessment. Check the id.")
        return self.answered[earlier.assessment_id].answers.given

    def keep(self, entry: SurveyEntry) -> SurveyEntry:
        """Let a step that was taken stand, at its new version, until `write`."""
        self._read.setdefault(entry.id, entry.version)
        saved = replace(entry, version=entry.version + 1)
        self._now[saved.person_id] = saved
        return saved

    async def write(self, *, uow: UnitOfWork) -> None:
        """Write whoever was changed.

        Raises:
            StaleVersion: somebody else was quicker with one of them.
        """
        changed = [entry for entry in self._now.values() if entry.id in self._read]
        await uow.survey_entries.save_many(changed, read=self._read)


async def entries_of(numbers: Collection[CitizenNumber], of: SurveyRound, *, uow: UnitOfWork) -> HeldEntries:
    """How whoever bears these numbers stands in a round and stood in the one before."""
    people = await uow.persons.find_by_citizen_numbers(numbers)
    now = await uow.survey_entries.many_in_round(of.id, set(people.values()))
    earlier = await uow.survey_entries.many_in_round(of.previous_id, set(now)) if of.previous_id else {}
    keys = {entry.assessment_id for entry in earlier.values() if entry.assessment_id is not None}
    answered = await uow.assessments.get_many(keys) if keys else {}
    return HeldEntries(of=of, people=people, earlier=earlier, answered=answered, _now=dict(now))


async def situation_of(person_ids: Collection[UUID], *, uow: UnitOfWork) -> Situation:
    """What is known of people besides their answers."""
    persons = await uow.persons.get_many(list(person_ids)) if person_ids else {}
    return Situation(
        persons={key: person for key, person in persons.items() if person.merged_into is None},
        needs=await uow.needs.of_persons(person_ids) if person_ids else {},
    )
