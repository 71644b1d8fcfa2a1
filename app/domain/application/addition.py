"""Asking for one thing more in an application that is open: it is held to the package, and begins as at submission."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from app.domain.application.application import LIFECYCLE, Action, Application, Item
from app.domain.application.events import ItemAdded
from app.domain.application.form import AnswersNotRight, asked, require_answers
from app.domain.application.package import ItemNotInPackage, Package, PackageItem
from app.domain.application.platform import NO_NAME, PlatformName, require_clear
from app.domain.application.promise import promised_end
from app.domain.application.status import SECOND_PARTY_PENDING, PublicStatus
from app.domain.application.submission import Case, Owner, Submission, begins_as, business_of, cases_of
from app.domain.certificate import Business
from app.domain.shared.access import Principal
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.errors import Conflict, Unprocessable
from app.domain.shared.voice import Word

SAID_OTHERWISE = "said_otherwise"
"""What is wrong with an answer that is another one than the application holds already."""

SAID_ELSEWHERE = "said_elsewhere"
"""What is wrong with an answer to what was answered to somebody else: the caller is not told whether it is the same."""


class ItemAlreadyThere(Conflict):
    """The application asks for it already, or did and it has ended."""

    code = "item_already_there"
    title = "The application has this item already"


class DependencyNotThere(Unprocessable):
    """What the item builds on is neither asked for in the application nor held."""

    code = "dependency_not_there"
    title = "What the item builds on is not there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """One item more, with the ids that it gets here. Answers do not show themselves in logs."""

    item: str
    case_id: UUID
    owners: Mapping[str, Owner]
    """The organisation that answers for each item of the package."""
    platform: PlatformName = NO_NAME
    answers: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """What is answered for it now."""
    said_before: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """What the application holds already, and nobody is asked again."""
    hidden: Collection[str] = ()
    """Fields of it that the caller was not the one to send, and is told nothing of."""
    held: Collection[str] = ()
    """Items whose result the person has, from wherever."""
    at: datetime
    on: date
    """The legal day on which it is asked for."""
    needs_word: bool = False
    """Whether it waits for a second person's word."""


def with_item(
    application: Application,
    addition: Addition,
    *,
    package: Package,
    by: Principal,
    word: Word,
    calendar: WorkingCalendar,
) -> tuple[Application, ItemAdded]:
    """The application with one item more, which waits for what it builds on as if it had been chosen at once.

    `package` is the one that the application was made under.

    Raises:
        NotYourFunction: the caller may not act for the person.
        IllegalTransition: all of the application is finished.
        ItemNotInPackage, ItemAlreadyThere: it is not offered with this application, or in it already.
        DependencyNotThere: what it builds on has ended without success or was not asked for, and is not held.
        AnswersNotRight: an answer is missing, cannot be, or is another one than was given before.
        PlatformNameUnclear: another item has the same name.
    """
    LIFECYCLE.step(application, Action.ADD_ITEM, by=by, on=addition.on)
    offered = _offered(addition.item, application, package=package)
    answers = answers_of(addition, package=package)
    require_answers(package.chosen([offered.code]).form, answers)
    _require_own_name(addition, application)
    begun = [item for item in application.items if item.code in offered.depends_on]
    _require_there(offered, begun, held=addition.held)
    item = _begun(offered, addition, begun, business=business_of(answers), calendar=calendar)
    grown = replace(application, items=(*application.items, item))
    return grown, ItemAdded(
        application_id=application.id,
        item=item.code,
        matter_code=item.platform.matter_code.value if item.platform.matter_code else None,
        source_number=item.platform.source_number,
        owner_code=item.owner_code,
        added_by=by.id,
        capacity=word.capacity,
        said_by=word.said_by,
        item_status=item.status,
        status=grown.status,
        promised_until=grown.promised_until,
    )


def answers_of(addition: Addition, *, package: Package) -> dict[str, Any]:
    """All that is answered of what the item asks: what was said before, and what is said now.

    Raises:
        AnswersNotRight: something was said before and is said otherwise now, for other items rest on it; or it was said
            to somebody else, of whom the caller learns nothing by trying answers.
    """
    form = package.chosen([addition.item]).form
    before = {one.code: addition.said_before[one.code] for one in form if one.code in addition.said_before}
    if elsewhere := [code for code in addition.answers if code in before and code in addition.hidden]:
        raise AnswersNotRight.of([{"pointer": f"/answers/{code}", "code": SAID_ELSEWHERE} for code in elsewhere])
    if otherwise := [code for code, answer in addition.answers.items() if before.get(code, answer) != answer]:
        raise AnswersNotRight.of([{"pointer": f"/answers/{code}", "code": SAID_OTHERWISE} for code in otherwise])
    return {**before, **addition.answers}


def case_of(application: Application, addition: Addition, *, package: Package) -> Case:
    """The case that carries the item that was added.

    Raises:
        BusinessNotOffered: the package does not offer the certificate business that is asked for.
    """
    submission = Submission(
        application_id=application.id,
        person_id=application.person_id,
        region=application.region,
        source_id=application.source_id,
        source_number=application.source_number,
        channel=application.channel,
        items=(addition.item,),
        answers=asked(package.form, answers_of(addition, package=package)),
        submitted_at=addition.at,
        applied_on=addition.on,
    )
    alone = replace(application, items=(application.item(addition.item),))
    (case,) = cases_of(alone, submission, package=package)
    return case


def _offered(code: str, application: Application, *, package: Package) -> PackageItem:
    if code in {item.code for item in application.items}:
        raise ItemAlreadyThere("The application has this item. Where it has ended, apply for it under a new number.")
    for item in package.items:
        if item.code == code:
            return item
    raise ItemNotInPackage(
        f"The package of this application has no {code}. Apply for it under a new number.", pointer="/item"
    )


def _require_own_name(addition: Addition, application: Application) -> None:
    names = {item.code: item.platform for item in application.items}
    require_clear({**names, addition.item: addition.platform}, items={*names, addition.item})


def _require_there(offered: PackageItem, begun: list[Item], *, held: Collection[str]) -> None:
    there = {item.code for item in begun if not item.is_finished or item.status is PublicStatus.GRANTED}
    if lacking := [code for code in offered.depends_on if code not in there and code not in held]:
        raise DependencyNotThere(
            f"It builds on {', '.join(lacking)}, which is neither asked for here nor held. "
            "Add that first or, where it has ended, apply for both under a new number.",
            pointer="/item",
            lacking=lacking,
        )


def _begun(
    offered: PackageItem,
    addition: Addition,
    begun: list[Item],
    *,
    business: Business | None,
    calendar: WorkingCalendar,
) -> Item:
    waits_for = [item for item in begun if not item.is_finished]
    promised_until = (
        None
        if addition.needs_word
        else promised_end(
            offered.terms_of(business),
            after=[item.promised_until for item in waits_for],
            on=addition.on,
            calendar=calendar,
        )
    )
    return Item(
        code=offered.code,
        case_id=addition.case_id,
        case_kind=offered.case_kind,
        owner_id=addition.owners[offered.code].id,
        owner_code=addition.owners[offered.code].code,
        platform=addition.platform,
        status=begins_as(waits_for, needs_word=addition.needs_word),
        status_reason=SECOND_PARTY_PENDING if addition.needs_word else None,
        depends_on=tuple(item.code for item in waits_for),
        promised_until=promised_until,
    )
