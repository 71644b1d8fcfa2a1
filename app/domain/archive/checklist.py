"""What belongs into an archive: a list of items by dated rules of the region, each with what counts for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from app.domain.archive.refusals import ArchiveItemUnknown
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.rulebook import RulesInForce
from app.domain.shared.wording import Wording


class ArchiveOf(StrEnum):
    """Of what an archive is."""

    PERSON = "person"
    """一人一档"""
    CERTIFICATE_CASE = "certificate_case"
    """办证档案"""
    BENEFIT_CASE = "benefit_case"
    """补贴等待遇的办件档案"""
    ASSOCIATION = "association"
    """村（社区）残协工作档案, a year"""

    @property
    def subject(self) -> str:
        """The rule that says what belongs into it."""
        return f"archive.{self.value}"


class Provider(StrEnum):
    """Who brings what is missing."""

    PERSON = "person"
    """本人或者监护人"""
    ASSOCIATION = "association"
    """村（社区）残协"""
    TOWNSHIP = "township"
    """乡镇（街道）残联"""
    COUNTY = "county"
    """县级残联"""
    CIVIL_AFFAIRS = "civil_affairs"
    """民政部门"""
    INSTITUTION = "institution"
    """评定机构"""
    REGISTER = "register"
    """The authority that keeps a register: nothing of it is asked of the person."""


class Source(StrEnum):
    """What counts for an item. All but a document the service sees for itself, and nobody ticks it."""

    DOCUMENT = "document"
    """An archive document that somebody has filed for the item."""
    EVIDENCE = "evidence"
    """Valid evidence of the kind that the item is called by."""
    IDENTIFIER = "identifier"
    CONTACT = "contact"
    HOUSEHOLD = "household"
    GUARDIANSHIP = "guardianship"
    CERTIFICATE = "certificate"
    """A certificate in force that has not run out."""
    CERTIFICATE_CASE = "certificate_case"
    """A case by which a certificate was issued here."""
    ASSESSMENT = "assessment"
    HOME_VISIT = "home_visit"
    """A visit that saw the person."""
    PLAN = "plan"
    """A plan in force."""
    REFERRAL = "referral"
    NEED_REPORT = "need_report"
    APPLICATION = "application"
    """The application that the case belongs to, with its form."""
    DECISION = "decision"
    CONFIRM = "confirm"
    """A second person's word."""
    ACCEPT = "accept"
    EVALUATE = "evaluate"
    POST_NOTICE = "post_notice"
    REVIEW = "review"
    APPROVE = "approve"
    CHECK = "check"
    VERIFY = "verify"
    COMMISSIONER = "commissioner"
    """Somebody who serves the place as a commissioner."""
    ROSTER = "roster"
    """The roster, which the registers keep."""
    GROUPS = "groups"
    """Groups that leave nobody of the place out."""
    VISITS = "visits"
    """Visits of the year that have seen everybody on the roster."""
    SURVEY = "survey"
    """A round of the survey in the year that covers the place."""


_OF_CASES = frozenset(
    {
        *(Source.DOCUMENT, Source.EVIDENCE, Source.APPLICATION, Source.DECISION, Source.CONFIRM, Source.ACCEPT),
        *(Source.EVALUATE, Source.POST_NOTICE, Source.REVIEW, Source.APPROVE, Source.CHECK, Source.VERIFY),
    }
)
COUNTING: Mapping[ArchiveOf, frozenset[Source]] = MappingProxyType(
    {
        ArchiveOf.PERSON: frozenset(
            {
                *(Source.DOCUMENT, Source.IDENTIFIER, Source.CONTACT, Source.HOUSEHOLD, Source.GUARDIANSHIP),
                *(Source.CERTIFICATE, Source.CERTIFICATE_CASE, Source.ASSESSMENT, Source.HOME_VISIT, Source.PLAN),
                *(Source.REFERRAL, Source.NEED_REPORT, Source.DECISION, Source.EVIDENCE),
            }
        ),
        ArchiveOf.CERTIFICATE_CASE: _OF_CASES,
        ArchiveOf.BENEFIT_CASE: _OF_CASES,
        ArchiveOf.ASSOCIATION: frozenset(
            {
                *(Source.DOCUMENT, Source.COMMISSIONER, Source.ROSTER, Source.GROUPS, Source.VISITS, Source.SURVEY),
            }
        ),
    }
)
"""What can be seen of each. Suspected harm counts nowhere: whoever reads an archive is not told of it."""


def what_counts(source: Source, item: str) -> str:
    """By what is known what counts for an item: documents and evidence by the item too.

    >>> what_counts(Source.DOCUMENT, "certificate_file"), what_counts(Source.PLAN, "plan")
    ('document.certificate_file', 'plan')
    """
    return f"{source.value}.{item}" if source in {Source.DOCUMENT, Source.EVIDENCE} else source.value


@dataclass(frozen=True, slots=True, order=True)
class Want:
    """Something that would count, where it is not older than a day."""

    what: str
    since: date = date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """One item: who brings it, what counts for it, whom it is for, and from when on it must be there."""

    code: str
    wording: Wording
    provided_by: Provider
    met_by: tuple[Source, ...]
    applies_to: frozenset[str] = frozenset()
    """What somebody must be for it, one of these; empty for everybody."""
    after: frozenset[str] = frozenset()
    """Steps of a case, with any of which it must be there; empty from the beginning."""
    within_days: int | None = None
    """How old what counts may be, in days; None where it does not age."""
    is_yearly: bool = False
    """Whether each year has its own."""
    due_month: int | None = None
    """With the end of which month of the year it must be there; None from the first day."""

    @property
    def takes_documents(self) -> bool:
        """Say whether something may be filed for it."""
        return Source.DOCUMENT in self.met_by

    def wants(self, on: date) -> tuple[Want, ...]:
        """What would count on a day, the best first."""
        since = date.min if self.within_days is None else on - timedelta(days=self.within_days)
        return tuple(Want(what_counts(source, self.code), since) for source in self.met_by)

    def is_for(self, traits: Iterable[str]) -> bool:
        """Say whether somebody like this needs it."""
        return not self.applies_to or not self.applies_to.isdisjoint(traits)

    def is_due(self, steps: Iterable[str], *, year: int, on: date) -> bool:
        """Say whether it must be there after these steps of a case, or on a day for a year."""
        if not self.after.isdisjoint(steps) or not self.after:
            return self.due_month is None or (on.year, on.month) > (year, self.due_month)
        return False

    @classmethod
    def of(cls, entry: Entry, *, archive_of: ArchiveOf) -> Self:
        """Read one from rule data.

        Raises:
            MalformedRule: it is not of the shape that it must have.
        """
        entry.require_only(
            *("code", "zh", "en", "provided_by", "met_by", "applies_to", "after", "within_days", "yearly", "due_month")
        )
        try:
            met_by = tuple(Source(source) for source in entry.texts("met_by"))
            provided_by = Provider(entry.text("provided_by"))
        except ValueError as unknown:
            raise MalformedRule(f"{entry.where}: {unknown}.") from None
        if not met_by or not COUNTING[archive_of].issuperset(met_by):
            raise MalformedRule(f"{entry.where}.met_by has nothing that counts, or what cannot be seen there.")
        return cls(
            code=entry.text("code"),
            wording=Wording.of(entry),
            provided_by=provided_by,
            met_by=met_by,
            applies_to=frozenset(entry.texts("applies_to")),
            after=frozenset(entry.texts("after")),
            within_days=entry.whole("within_days") if entry.has("within_days") else None,
            is_yearly=entry.has("yearly") and entry.flag("yearly"),
            due_month=entry.whole("due_month") if entry.has("due_month") else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """All items of one kind of archive, as they are in a region on a day (档案目录)."""

    archive_of: ArchiveOf
    items: tuple[ChecklistItem, ...]
    reference: str
    """The rule that says so, with its version."""

    @classmethod
    def of(cls, archive_of: ArchiveOf, rules: RulesInForce) -> Self:
        """Read it from the rules in force.

        Raises:
            NoRuleInForce: there is none for the region and the day.
            MalformedRule: it is not of the shape that it must have.
        """
        listed = rules.entries(archive_of.subject)
        items = tuple(ChecklistItem.of(entry, archive_of=archive_of) for entry in listed.value)
        if len({item.code for item in items}) < len(items):
            raise MalformedRule(f"{listed.reference} names an item twice.")
        return cls(archive_of=archive_of, items=items, reference=listed.reference)

    def wants(self, on: date) -> tuple[Want, ...]:
        """All that would count on a day, each once."""
        return tuple(sorted({want for item in self.items for want in item.wants(on)}))

    @property
    def sources(self) -> frozenset[Source]:
        """All that is to be looked at."""
        return frozenset(source for item in self.items for source in item.met_by)

    def require_documents_for(self, code: str) -> None:
        """Refuse to have something filed for an item that counts by what is on record.

        Raises:
            ArchiveItemUnknown: there is no such item, or nothing is filed for it.
        """
        if not any(item.code == code and item.takes_documents for item in self.items):
            raise ArchiveItemUnknown(
                "Read the archive: it says which items take a document. All others count by what is on record.",
                pointer="/item",
            )
