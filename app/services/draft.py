"""Use cases of drafts: beginning an application, saving it, coming back to it, and handing it in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from app.domain.application import (
    Draft,
    DraftIncomplete,
    ItemNotInPackage,
    Package,
    PackageNotFound,
    Selection,
    faults_of,
    kept_until,
    require_answers_so_far,
)
from app.domain.shared.access import Role
from app.domain.shared.transitions import Allowed
from app.services.applicant import applicant_on_record
from app.services.application import Applicant, Request, Submitted, apply
from app.services.ports.draft import DraftContent, KeptDraft
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that has to be put right before the draft can be submitted."""

    pointer: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """A draft as its owner sees it."""

    draft: Draft
    content: DraftContent | None
    missing: tuple[Missing, ...] = ()
    actions: tuple[Allowed, ...] = ()

    @property
    def id(self) -> UUID:
        """The draft's id."""
        return self.draft.id

    @property
    def version(self) -> int:
        """The draft's version, which is its ETag."""
        return self.draft.version


async def start_draft(package_code: str, *, region_code: str, content: DraftContent, uow: UnitOfWork) -> DraftView:
    """Begin an application. Answers may be missing; those that are there must fit the form.

    Raises:
        RegionNotFound, PackageNotFound, ItemNotInPackage, AnswersNotRight: see the domain.
    """
    async with uow:
        region = uow.regions.by_code(region_code).path
        draft = Draft(
            id=uow.new_id(),
            actor_id=uow.actor.id,
            client_id=uow.actor.client_id,
            person_id=uow.actor.person_id if uow.actor.has(Role.CITIZEN) else None,
            package_code=package_code,
            region=region,
            started_at=uow.now,
            expires_on=kept_until(uow.rulebook.at(region, uow.today), calendar=uow.calendar(region)),
        )
        _require_so_far(draft, content, uow=uow)
        draft.save(by=uow.actor, on=uow.today, until=draft.expires_on)  # an office drafts for its own places only
        uow.drafts.add(draft, content)
        return await uow.commit(_shown(KeptDraft(draft, content), uow))


async def get_draft(draft_id: UUID, *, uow: UnitOfWork) -> DraftView:
    """A draft with what it says so far, and what is missing.

    Raises:
        DraftExpired: its last day has passed.
    """
    async with uow:
        kept = await uow.drafts.get(draft_id)
        kept.draft.require_kept(uow.today)
        return await uow.commit(_shown(kept, uow))


async def list_drafts(*, after: UUID | None, limit: int, uow: UnitOfWork) -> Slice[DraftView]:
    """What the caller has begun and not submitted."""
    async with uow:
        found = await uow.drafts.page(whose=uow.actor, on=uow.today, after=after, limit=limit + 1)
        page = slice_of([_shown(kept, uow) for kept in found], limit=limit)
        return await uow.commit(page)


async def save_draft(draft_id: UUID, *, version: int, content: DraftContent, uow: UnitOfWork) -> DraftView:
    """Write down what the draft says now. An applicant who is left out stays as entered before."""
    async with uow:
        kept = await uow.drafts.get(draft_id, version=version)
        rules = uow.rulebook.at(kept.draft.region, uow.today)
        until = kept_until(rules, calendar=uow.calendar(kept.draft.region))
        saved = kept.draft.save(by=uow.actor, on=uow.today, until=until)
        before = kept.content.applicant if kept.content else None
        said = replace(content, applicant=content.applicant or before)
        _require_so_far(saved, said, uow=uow)
        return await uow.commit(_shown(KeptDraft(await uow.drafts.save(saved, said), said), uow))


async def submit_draft(draft_id: UUID, *, version: int, uow: UnitOfWork) -> Submitted:
    """Hand the draft in: it becomes an application of the same id in one transaction, held to everything.

    Raises:
        DraftIncomplete: nobody is named whom it is for, or nothing is asked for.
        Everything that `submit_application` may refuse.
    """
    async with uow:
        kept = await uow.drafts.get(draft_id, version=version)
        submitted = kept.draft.submit(by=uow.actor, on=uow.today)
        request = await _request(kept, uow=uow)
        await uow.drafts.save(submitted, None)
        return await uow.commit(await apply(request, application_id=draft_id, uow=uow))


async def discard_draft(draft_id: UUID, *, version: int, uow: UnitOfWork) -> DraftView:
    """Throw the draft away; what it says is forgotten at once."""
    async with uow:
        kept = await uow.drafts.get(draft_id, version=version)
        discarded = await uow.drafts.save(kept.draft.discard(by=uow.actor, on=uow.today), None)
        return await uow.commit(_shown(KeptDraft(discarded, None), uow))


async def _request(kept: KeptDraft, *, uow: UnitOfWork) -> Request:
    content = kept.content
    assert content is not None  # a draft that may be submitted still says what it says
    if lacking := [one for one in _missing(kept, uow) if not one.pointer.startswith("/answers")]:
        raise DraftIncomplete(
            "Say whom the application is for and what is asked for, then submit it.",
            errors=[{"pointer": one.pointer, "code": one.code} for one in lacking],
        )
    return Request(
        package_code=kept.draft.package_code,
        items=content.items,
        source_number=content.source_number,
        channel=content.channel,
        applicant=content.applicant or await _own(uow=uow),
        answers=content.answers,
        platform_names=content.platform_names,
        withheld_evidence=content.withheld_evidence,
    )


async def _own(*, uow: UnitOfWork) -> Applicant:
    """The citizen as the register knows one: whoever signs in as a person need not say who that is."""
    assert uow.actor.person_id is not None  # nobody else may leave the applicant out
    person = await uow.persons.get(uow.actor.person_id)
    applicant = applicant_on_record(person, on=uow.today)
    if applicant is None:
        raise DraftIncomplete("Name and identity number are not on record. Enter the applicant.", pointer="/applicant")
    return applicant


def _require_so_far(draft: Draft, content: DraftContent, *, uow: UnitOfWork) -> None:
    if content.applicant is not None:
        for code in (content.applicant.region_code, content.applicant.registration_region_code):
            uow.regions.by_code(code)
    require_answers_so_far(_chosen(draft, content, uow).form, content.answers)


def _chosen(draft: Draft, content: DraftContent, uow: UnitOfWork) -> Selection:
    """What is asked for so far; as long as nothing is, answers may be to the form of all of it."""
    package = Package.of(draft.package_code, uow.rulebook.at(draft.region, uow.today))
    return package.chosen(content.items or [item.code for item in package.items])


def _missing(kept: KeptDraft, uow: UnitOfWork) -> Iterator[Missing]:
    content = kept.content
    if content is None:
        return
    if content.applicant is None and kept.draft.person_id is None:
        yield Missing("/applicant", "missing")
    if not content.items:
        yield Missing("/items", "missing")
        return
    try:
        form = _chosen(kept.draft, content, uow).form
    except (PackageNotFound, ItemNotInPackage) as gone:  # what is offered may change while a draft lies
        yield Missing("/items", gone.code)
    else:
        yield from (Missing(fault["pointer"], fault["code"]) for fault in faults_of(form, content.answers))


def _shown(kept: KeptDraft, uow: UnitOfWork) -> DraftView:
    if kept.draft.person_id is not None:
        uow.accessed(kept.draft.person_id, disclosed=("draft",))
    return DraftView(
        draft=kept.draft,
        content=kept.content,
        missing=tuple(_missing(kept, uow)),
        actions=kept.draft.allowed_actions(uow.actor, on=uow.today),
    )
