"""Use cases of ratings: the person says how an item was served, the unit answers bad ones and sees figures."""

from dataclasses import dataclass, replace
from uuid import UUID

from app.domain.rating import FollowUpOutcome, Rated, Rating, RatingRules, Satisfaction
from app.domain.shared.access import Principal, Role
from app.services.ports.rating import AlreadyRated
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of

SHOWN = ("rating",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How content somebody is, and what else there is to say."""

    satisfaction: Satisfaction
    words: str | None = None


async def rate_item(application_id: UUID, item: str, said: Said, *, uow: UnitOfWork) -> Rating:
    """Take in how an item was served, once it is finished.

    Raises:
        ItemNotFound: the application has no such item.
        AlreadyRated: it was rated before.
        TooEarlyToRate, NotThePerson: see the domain.
    """
    async with uow:
        application = await uow.applications.get(application_id)
        rated = application.item(item)
        if any(one.item == item for one in await uow.ratings.of_application(application_id)):
            raise AlreadyRated("This item was rated before. Correct that rating while there is time.")
        rating, event = Rating.give(
            Rated(
                application_id=application.id,
                person_id=application.person_id,
                region=application.region,
                item=item,
                owner_id=rated.owner_id,
                is_finished=rated.is_finished,
            ),
            rating_id=uow.new_id(),
            satisfaction=said.satisfaction,
            words=said.words,
            by=uow.actor,
            on=uow.today,
            rules=_rules(application.region, uow),
            calendar=uow.calendar(application.region),
            guardians=await _guardians(application.person_id, uow),
        )
        uow.ratings.add(rating)
        uow.record(event, about=rating)
        uow.accessed(rating.person_id, disclosed=SHOWN)
        return await uow.commit(rating)


async def correct_rating(rating_id: UUID, said: Said, *, version: int, uow: UnitOfWork) -> Rating:
    """Say it differently, while there is time."""
    async with uow:
        rating = await uow.ratings.get(rating_id, version=version)
        corrected, event = rating.correct(
            satisfaction=said.satisfaction,
            words=said.words,
            by=uow.actor,
            on=uow.today,
            rules=_rules(rating.region, uow),
            calendar=uow.calendar(rating.region),
            guardians=await _guardians(rating.person_id, uow),
        )
        saved = await uow.ratings.save(corrected)
        uow.record(event, about=saved)
        uow.accessed(saved.person_id, disclosed=SHOWN)
        return await uow.commit(saved)


async def get_application_ratings(application_id: UUID, *, uow: UnitOfWork) -> tuple[Rating, ...]:
    """What the person has said of the items of an application, and what the units have answered."""
    async with uow:
        application = await uow.applications.get(application_id)
        ratings = await uow.ratings.of_application(application_id)
        uow.accessed(application.person_id, disclosed=SHOWN)
        return await uow.commit(tuple(_as_shown(one, uow.actor) for one in ratings))


async def list_ratings(*, is_answered: bool, after: UUID | None, limit: int, uow: UnitOfWork) -> Slice[Rating]:
    """The bad ratings of the own unit's work, without the names of who gave them, once nothing is open any more."""
    async with uow:
        found = await uow.ratings.bad_ones(is_answered=is_answered, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        uow.accessed(*(rating.person_id for rating in page.items), disclosed=SHOWN)
        return await uow.commit(page)


async def follow_up_rating(
    rating_id: UUID, *, version: int, outcome: FollowUpOutcome, answer: str, uow: UnitOfWork
) -> Rating:
    """Answer a bad rating, after looking into it."""
    async with uow:
        rating = await uow.ratings.get(rating_id, version=version)
        answered, event = rating.answer(outcome=outcome, text=answer, by=uow.actor, on=uow.today)
        saved = await uow.ratings.save(answered)
        uow.record(event, about=saved)
        uow.accessed(saved.person_id, disclosed=SHOWN)
        return await uow.commit(saved)


def _as_shown(rating: Rating, whose: Principal) -> Rating:
    """The rating without words that the person has not said through this very portal."""
    if not whose.has(Role.PORTAL) or rating.rated_by == whose.id:
        return rating
    return replace(rating, words=None, follow_up=None)


async def _guardians(person_id: UUID, uow: UnitOfWork) -> tuple[UUID, ...]:
    """Who may speak for the person; not asked where the person speaks."""
    if uow.actor.person_id in {None, person_id}:
        return ()
    return await uow.facts.guardians_of(person_id, on=uow.today)


def _rules(region: str, uow: UnitOfWork) -> RatingRules:
    return RatingRules.of(uow.rulebook.at(region, uow.today))
