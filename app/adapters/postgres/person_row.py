"""The row of a person with all dated facts, as one statement reads it, and the person that it tells."""

from typing import Any
from uuid import UUID

from app.adapters.crypto import FieldCipher
from app.domain.person import (
    Contact,
    ContactKind,
    EconomicFact,
    EconomicStatus,
    FactSource,
    Guardianship,
    HeldIdentifier,
    HeldName,
    Language,
    Person,
    PreferredFormat,
)
from app.domain.shared.access import Acting
from app.domain.shared.identity import IDENTIFIERS, Sex

PERSONS = """
SELECT id, region_path, registration_path, registration_since, residence_since, birth_date, sex,
    preferred_format, preferred_language, merged_into, clock_id, version,
    (SELECT coalesce(array_agg((n.id, n.name_cipher, n.valid_from, n.valid_to)), '{{}}')
     FROM person_name n WHERE n.person_id = person.id) AS names,
    (SELECT coalesce(array_agg((i.id, i.scheme, i.value_cipher, i.valid_from, i.valid_to)), '{{}}')
     FROM person_identifier i WHERE i.person_id = person.id) AS identifiers,
    (SELECT coalesce(array_agg((c.id, c.kind, c.value_cipher, c.valid_from, c.valid_to)), '{{}}')
     FROM person_contact c WHERE c.person_id = person.id) AS contacts,
    (SELECT coalesce(array_agg((e.status, e.source, e.valid_from, e.valid_to, e.recorded_by) ORDER BY e.id), '{{}}')
     FROM economic_status e WHERE e.person_id = person.id) AS economic_statuses,
    (SELECT coalesce(array_agg((g.guardian_id, g.scope, g.proof, g.valid_from, g.valid_to)), '{{}}')
     FROM guardianship g WHERE g.person_id = person.id) AS guardians{more}
FROM person WHERE {condition}
"""


def person_of(row: Any, cipher: FieldCipher) -> Person:
    """The person whom a row tells, with all that is sealed in it opened."""

    def opened(sealed: bytes, key: UUID, table: str) -> str:
        column = "name" if table == "person_name" else "value"
        return cipher.decrypt(sealed, table=table, column=column, row=key)

    return Person(
        id=row["id"],
        region=row["region_path"],
        registration_region=row["registration_path"],
        registration_since=row["registration_since"],
        residence_since=row["residence_since"],
        birth_date=row["birth_date"],
        sex=Sex(row["sex"]),
        names=tuple(
            HeldName(value=opened(sealed, key, "person_name"), valid_from=since, valid_to=until)
            for key, sealed, since, until in row["names"]
        ),
        identifiers=tuple(
            HeldIdentifier(
                number=IDENTIFIERS[scheme].parse(opened(sealed, key, "person_identifier")),
                valid_from=since,
                valid_to=until,
            )
            for key, scheme, sealed, since, until in row["identifiers"]
        ),
        contacts=tuple(
            Contact(
                kind=ContactKind(kind),
                value=opened(sealed, key, "person_contact"),
                valid_from=since,
                valid_to=until,
            )
            for key, kind, sealed, since, until in row["contacts"]
        ),
        economic_statuses=economic_statuses_of(row),
        guardians=guardians_of(row),
        preferred_format=PreferredFormat(row["preferred_format"]),
        preferred_language=Language(row["preferred_language"]),
        merged_into=row["merged_into"],
        clock_id=row["clock_id"],
        version=row["version"],
    )


def economic_statuses_of(row: Any) -> tuple[EconomicFact, ...]:
    """What was said of how the household stands, in the order in which it was."""
    return tuple(
        EconomicFact(
            status=EconomicStatus(status), source=FactSource(source), valid_from=since, valid_to=until, recorded_by=by
        )
        for status, source, since, until, by in row["economic_statuses"]
    )


def guardians_of(row: Any) -> tuple[Guardianship, ...]:
    """Who acts or has acted for the person."""
    return tuple(
        Guardianship(guardian_id=who, acting=Acting(scope), proof=FactSource(proof), valid_from=since, valid_to=until)
        for who, scope, proof, since, until in row["guardians"]
    )
