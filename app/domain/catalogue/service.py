"""A service that an organisation offers: what it is, where, for whom, how many places it has, and what it costs.

Shaped by Open Referral's HSDS 3.1 (service, location, language, accessibility, service area, schedule, phone,
required document, cost option), with our own eligibility rules instead of free text: who is entitled is said once, by
the service's code.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.domain.catalogue.opening import Phone, Schedule
from app.domain.catalogue.stages import ListingAction, ListingStage
from app.domain.shared.errors import Unprocessable
from app.domain.shared.region import contains
from app.domain.shared.transitions import Done
from app.domain.shared.wording import Wording


class CapacityImpossible(Unprocessable):
    """More places are taken than there are, or fewer than none."""

    code = "capacity_impossible"
    title = "The capacity cannot be right"


class Family(StrEnum):
    """The eight families of services. Source: 昌市政办发〔2020〕53号 五(五)3."""

    REHABILITATION = "rehabilitation"
    """康复"""
    EDUCATION = "education"
    """教育"""
    EMPLOYMENT = "employment"
    """就业"""
    POVERTY_RELIEF = "poverty_relief"
    """扶贫"""
    HOME_CARE = "home_care"
    """居家照料"""
    RIGHTS = "rights"
    """维权"""
    CULTURE_SPORT = "culture_sport"
    """文化体育"""
    HOME_ACCESS = "home_access"
    """家庭无障碍改造"""


class ProviderKind(StrEnum):
    """Who provides a service. Source: 昌市政办发〔2020〕53号 五(五)3: government, society and federations."""

    GOVERNMENT = "government"
    """政府部门"""
    SOCIAL = "social"
    """社会力量"""
    FEDERATION = "federation"
    """残联"""


class Mode(StrEnum):
    """How a service reaches the person."""

    AT_PLACE = "at_place"
    """到点服务"""
    AT_HOME = "at_home"
    """上门服务"""
    REMOTE = "remote"
    """电话或者网络服务"""


class Feature(StrEnum):
    """What makes a place accessible. Source: 无障碍环境建设法 (2023), chapters 2 to 4."""

    STEP_FREE = "step_free"
    """无台阶或者有坡道"""
    LIFT = "lift"
    """电梯"""
    ACCESSIBLE_TOILET = "accessible_toilet"
    """无障碍卫生间"""
    TACTILE_GUIDANCE = "tactile_guidance"
    """盲道与盲文标识"""
    VOICE_PROMPTS = "voice_prompts"
    """语音提示"""
    SIGN_LANGUAGE = "sign_language"
    """手语服务"""
    WRITTEN_COMMUNICATION = "written_communication"
    """书写交流"""
    EASY_READING = "easy_reading"
    """易读材料"""


class ServiceStatus(StrEnum):
    """Whether a service is offered at present, in the words of HSDS."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    TEMPORARILY_CLOSED = "temporarily_closed"
    DEFUNCT = "defunct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place at which a service is offered."""

    id: UUID
    name: Wording
    region: str
    """Path of the region in which it lies."""
    features: frozenset[Feature] = frozenset()
    schedules: tuple[Schedule, ...] = ()
    """When the place is open."""
    phones: tuple[Phone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """How many places there are and how many are taken, as of a day.

    Raises:
        CapacityImpossible: more places are taken than there are, or fewer than none.
    """

    total: int
    taken: int
    as_of: date

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be."""
        if not 0 <= self.taken <= self.total:
            raise CapacityImpossible(
                "As many places are taken as there are, or fewer. Count them again.", pointer="/capacity"
            )

    @property
    def free(self) -> int:
        """How many places are free.

        >>> Capacity(total=12, taken=9, as_of=date(2026, 11, 16)).free
        3
        """
        return self.total - self.taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service as one organisation offers it (服务). Who is entitled to it, the rulebook says for its code."""

    id: UUID
    organisation_id: UUID
    code: str
    """Which service of the catalogue it is, such as `CARE-HOME`."""
    family: Family
    name: Wording
    description: Wording
    provider_kind: ProviderKind
    region: str
    """Path of the area for which the organisation offers it, and in which it is looked for."""
    meets: frozenset[str]
    """The needs of the catalogue that it meets."""
    mode: Mode = Mode.AT_PLACE
    serves: tuple[str, ...] = ()
    """Paths of the areas whose residents it takes; anybody's where there are none (HSDS service area)."""
    locations: tuple[Location, ...] = ()
    languages: frozenset[str] = frozenset({"zh-CN"})
    """BCP 47 tags of the languages that are spoken."""
    capacity: Capacity | None = None
    """None where places are not counted."""
    waiting_days: int | None = None
    """How long one waits at present; None where nobody knows."""
    cost_fen: int = 0
    """What the person pays, in fen, for one unit."""
    documents: tuple[str, ...] = ()
    """Codes of what the person brings along."""
    taxonomies: tuple[str, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    """When it is given, where that is otherwise than its places are open."""
    phones: tuple[Phone, ...] = ()
    status: ServiceStatus = ServiceStatus.ACTIVE
    stage: ListingStage = ListingStage.CONFIRMED
    """Whether its provider stands by what is said here. Only what is confirmed is shown and matched."""
    done: tuple[Done[ListingStage, ListingAction], ...] = ()
    declined_because: str = ""
    """The provider's reason, while it is declined."""
    version: int = 1

    @property
    def person_id(self) -> None:
        """No person stands in it."""

    @property
    def application_id(self) -> None:
        """It belongs to no application."""

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions in which its places lie."""
        return tuple(location.region for location in self.locations)

    @property
    def features(self) -> frozenset[Feature]:
        """What makes all of its places accessible: only what none of them lacks."""
        every = [location.features for location in self.locations]
        return frozenset.intersection(*every) if every else frozenset()

    @property
    def has_place(self) -> bool:
        """Say whether a place is free, as far as places are counted."""
        return self.capacity is None or self.capacity.free > 0

    @property
    def is_confirmed(self) -> bool:
        """Say whether its provider stands by it, as far as there is anybody to ask."""
        return self.stage is ListingStage.CONFIRMED

    def takes_from(self, region: str) -> bool:
        """Say whether it takes residents of a region."""
        return not self.serves or any(contains(area, region) for area in self.serves)
