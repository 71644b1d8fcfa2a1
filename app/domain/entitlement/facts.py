"""What is known of a person, as far as the conditions of services ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.person import EconomicStatus
from app.domain.shared.identity import Category, Grade


class DeclaredFlag(StrEnum):
    """Flags that the person declares; all others are derived from household, certificate and registers."""

    WILLING_TO_WORK = "willing_to_work"
    EARNS_INCOME = "earns_income"
    NO_FIXED_INCOME = "no_fixed_income"
    OWNS_MOTOR_WHEELCHAIR = "owns_motor_wheelchair"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a person. None, or a missing key, means that it is not known."""

    has_certificate: bool | None = None
    """Whether a certificate is in force."""
    components: Mapping[Category, Grade] = field(default_factory=dict)
    """What the certificate says: the grade of each category. Multiple stands for components that are not known."""
    grade: Grade | None = None
    """The grade, where the components are not known."""
    birth_date: date | None = None
    economic_status: EconomicStatus | None = None
    registration_region: str | None = None
    """Path of the place of household registration (户籍)."""
    residence_region: str | None = None
    diagnoses: Mapping[Category, bool] = field(default_factory=dict)
    """Of which categories a designated doctor has, or has not, made a diagnosis."""
    needs: Mapping[str, bool] = field(default_factory=dict)
    """Which needs of the catalogue are confirmed, and which are known not to be there."""
    receiving: Mapping[str, bool] = field(default_factory=dict)
    """Which services and benefits are being received, and which are known not to be."""
    last_received: Mapping[str, date | None] = field(default_factory=dict)
    """When each service or benefit was last received; None for never."""
    flags: Mapping[str, bool] = field(default_factory=dict)

    @property
    def heaviest(self) -> Grade | None:
        """The grade that counts. Source: 残疾人证管理办法 (2017), art. 13: that of the heaviest component."""
        return min(self.components.values(), default=self.grade)

    @property
    def knows_components(self) -> bool:
        """Say whether every category that the person has is known."""
        return bool(self.components) and Category.MULTIPLE not in self.components
