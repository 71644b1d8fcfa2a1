"""The person: an id of ours, and dated facts about somebody. No ethnicity, belief, politics or biometrics, ever."""

from app.domain.person.facts import (
    Contact,
    ContactKind,
    EconomicFact,
    EconomicStatus,
    FactSource,
    Guardianship,
    HeldIdentifier,
    HeldName,
    Language,
    PreferredFormat,
    in_force,
)
from app.domain.person.guardianship import (
    GuardianshipEnded,
    GuardianshipExists,
    GuardianshipImpossible,
    GuardianshipNotFound,
    GuardianshipRecorded,
    GuardianshipRules,
    GuardianshipUnproved,
    born_by,
)
from app.domain.person.identity import (
    BirthDateDisagrees,
    IdentityDisagrees,
    SexDisagrees,
    age_on,
    require_agreement,
)
from app.domain.person.moving import MoveImpossible, RegistrationMoved
from app.domain.person.person import (
    EconomicStatusRecorded,
    NameMissing,
    Person,
    PersonRegistered,
    Registration,
)

__all__ = [
    "BirthDateDisagrees",
    "Contact",
    "ContactKind",
    "EconomicFact",
    "EconomicStatus",
    "EconomicStatusRecorded",
    "FactSource",
    "Guardianship",
    "GuardianshipEnded",
    "GuardianshipExists",
    "GuardianshipImpossible",
    "GuardianshipNotFound",
    "GuardianshipRecorded",
    "GuardianshipRules",
    "GuardianshipUnproved",
    "HeldIdentifier",
    "HeldName",
    "IdentityDisagrees",
    "Language",
    "MoveImpossible",
    "NameMissing",
    "Person",
    "PersonRegistered",
    "PreferredFormat",
    "Registration",
    "RegistrationMoved",
    "SexDisagrees",
    "age_on",
    "born_by",
    "in_force",
    "require_agreement",
]
