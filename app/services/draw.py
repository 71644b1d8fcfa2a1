"""Use cases of draws: commit ahead to seeds, draw who evaluates a case, and let everybody look."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from app.domain.certificate import CertificateCase
from app.domain.draw import (
    Candidate,
    Draw,
    DrawnFor,
    DrawPurpose,
    DrawRules,
    DrawStage,
    EarlierDraw,
    Institution,
    SeedNotCommitted,
    TakeoverRules,
    Turn,
    Wanted,
    eligible,
    is_concerned,
    stand_ins,
)
from app.domain.shared.access import Role, organisation_of
from app.services.ports.draw import DrawKeeper, Series
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of

AHEAD = 20
"""So many commitments of an office stand ready before the cases that they will be used for."""
AT_HOME = "evaluation_at_home"
"""The field of the form by which the person asks for it."""


async def get_draw(draw_id: UUID, *, uow: UnitOfWork) -> Draw:
    """A draw with its proof. It names nobody but institutions and their doctors, by their ids."""
    async with uow:
        return await uow.commit(await uow.draws.get(draw_id))


async def list_draws(
    *, stages: tuple[DrawStage, ...], case_id: UUID | None, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[Draw]:
    """The commitments that wait for a case, and the draws for cases that the caller may know of, or for one of them."""
    async with uow:
        found = await uow.draws.page(stages, case_id=case_id, whose=uow.actor, after=after, limit=limit + 1)
        return await uow.commit(slice_of(found, limit=limit))


async def publish_ahead(keeper: DrawKeeper) -> int:
    """Commit to seeds, office by office, until so many stand ready; how many were published."""
    published = 0
    for series in await keeper.series():
        if series.left < AHEAD:
            published += await _publish_of(series, uow=keeper.open_work(series))
    return published


async def _publish_of(series: Series, *, uow: UnitOfWork) -> int:
    async with uow:
        last, wanting = await uow.draws.last_number(series.organisation_id), AHEAD - series.left
        for number in range(last + 1, last + wanting + 1):
            _publish(number, organisation_id=series.organisation_id, region=series.region, uow=uow)
        return await uow.commit(wanting)


def _publish(number: int, *, organisation_id: UUID, region: str, uow: UnitOfWork) -> None:
    seed = uow.new_seed()
    draw, event = Draw.publish(
        seed,
        draw_id=uow.new_id(),
        organisation_id=organisation_id,
        region=region,
        number=number,
        at=uow.real_now,
    )
    uow.draws.publish(draw, seed)
    uow.record(event, about=draw)


async def draw_for(
    case: CertificateCase,
    candidates: tuple[Candidate, ...],
    *,
    purpose: DrawPurpose = DrawPurpose.EVALUATION,
    uow: UnitOfWork,
) -> Draw:
    """Draw for a case: fix the list, then open the seed, and commit to the next one of the series.

    Instants are the wall's also where a test clock runs: what was known when is a matter of the real order.

    Raises:
        NobodyEligible: the list is empty.
        SeedNotCommitted: no commitment of the office is left.
    """
    office = organisation_of(uow.actor, frozenset({Role.COUNTY_OFFICER}), region=case.evaluation_place)
    taken = await uow.draws.take(office, at=uow.real_now) if office else None
    if office is None or taken is None:
        raise SeedNotCommitted("No commitment is left to draw with. New ones are published within a minute; try again.")
    published, seed = taken
    now = uow.real_now
    drawn, list_drawn = published.draw(
        DrawnFor(
            case_id=case.id,
            person_id=case.person_id,
            region=case.region,
            place=case.evaluation_place,
            application_id=case.application_id,
            round=case.evaluation_round,
            purpose=purpose,
            turns=_turns(case),
        ),
        candidates,
        rules=draw_rules(case, uow=uow),
        by=uow.actor,
        on=uow.today,
        at=now,
    )
    revealed, seed_revealed = drawn.reveal(seed, on=uow.today, at=now)
    saved = uow.draws.add(revealed)
    uow.record(list_drawn, about=case)
    uow.record(seed_revealed, about=case)
    number = await uow.draws.last_number(office) + 1
    _publish(number, organisation_id=office, region=published.region, uow=uow)
    return saved


def draw_rules(case: CertificateCase, *, uow: UnitOfWork) -> DrawRules:
    """What the place that draws says of the list today."""
    return DrawRules.of(uow.rulebook.at(case.evaluation_place, uow.today))


def takeover_rules(case: CertificateCase, *, uow: UnitOfWork) -> TakeoverRules:
    """What the place that draws says today of how long an earlier draw is kept."""
    return TakeoverRules.of(uow.rulebook.at(case.evaluation_place, uow.today))


async def earlier_draws(case: CertificateCase, *, uow: UnitOfWork) -> tuple[EarlierDraw, ...]:
    """The draws of the person's last cases of any business, the latest first, where this one is to keep one."""
    if not case.keeps_earlier_draw:
        return ()
    return await uow.draws.earlier(case.id, since=takeover_rules(case, uow=uow).since(uow.today))


async def eligible_for(
    case: CertificateCase, *, earlier: Sequence[EarlierDraw] = (), uow: UnitOfWork
) -> tuple[Candidate, ...]:
    """Who may be drawn for a case today; nobody who has declined an earlier case of the person's."""
    found = await uow.organisations.institutions()
    wanted = await wanted_by(case, among=found, uow=uow)
    for one in earlier:
        wanted = one.barring(wanted)
    return eligible(found, wanted, draw_rules(case, uow=uow))


async def stand_ins_for(case: CertificateCase, *, uow: UnitOfWork) -> tuple[Candidate, ...]:
    """The list of the institution that stays with a case, for the doctors of it who have declined; it may be empty."""
    if not case.wants_stand_ins:
        return ()
    assert case.institution  # else nothing stays
    assert case.choice
    found = await uow.organisations.institutions()
    wanted = await wanted_by(case, among=found, uow=uow)
    free = replace(wanted, barred=wanted.barred | set(case.choice.doctors))
    return stand_ins(found, free, institution_id=case.institution.id, doctors=len(case.turns[-1].doctors))


def _turns(case: CertificateCase) -> tuple[Turn, ...]:
    """What came before, in the words of draws."""
    return tuple(
        Turn(
            round=turn.round,
            institution_id=turn.institution_id,
            draw_id=turn.draw_id,
            doctors=turn.doctors,
            reason=turn.reason,
        )
        for turn in case.turns
    )


async def is_in_conflict(case: CertificateCase, institution_id: UUID, *, uow: UnitOfWork) -> bool:
    """Say whether the person of a case, or a guardian, serves at an institution."""
    wanted = await wanted_by(case, uow=uow)
    found: list[Institution] = await uow.organisations.institutions()
    return any(one.id == institution_id and is_concerned(one, wanted) for one in found)


async def wanted_by(case: CertificateCase, *, among: Sequence[Institution] = (), uow: UnitOfWork) -> Wanted:
    """What a case asks of who evaluates it, and who of the institutions `among` which one chooses takes no part."""
    doctors = [doctor.account_id for one in among for doctor in one.doctors]
    person = await uow.persons.get(case.person_id)
    answers = (await uow.applications.form(case.application_id)).answers if case.application_id else {}
    return Wanted(
        region=case.evaluation_place,
        categories=case.declared_categories,
        at_home=answers.get(AT_HOME) is True,
        concerned=frozenset({case.person_id, *person.guardians_on(uow.today)}),
        barred=case.evaluated_by
        | case.declined_doctors
        | case.related.keys()
        | await uow.certificate_cases.related(case, doctors),
        declined=case.declined_by,
    )
