"""What the sandbox shows: clients of one's own, and their clocks."""

from datetime import date, datetime
from typing import Annotated, Self, TypeAlias
from uuid import UUID

from pydantic import Field, StringConstraints

from app.api.texts import Teller
from app.api.v1.schemas.types import CertificateNumberText, Input, Instant, Output
from app.domain.certificate import Outcome
from app.domain.person import Person
from app.domain.shared.region import code_of
from app.services.magic_number import HOLDER, MAGIC_NUMBERS, MagicNumber
from app.services.ports.sandbox import BusinessTime, SandboxClient
from app.services.rehearsal import Fired, event_types
from app.services.scenario import SCENARIOS, End

EventName: TypeAlias = Annotated[
    str,
    StringConstraints(min_length=3, max_length=64, pattern=r"^[a-z_]+\.[a-z_]+$"),
    Field(description="The name of an event.", examples=["certificate_case.approved"]),
]


class SandboxCitizenRead(Output):
    """An invented citizen: identity numbers of this kind are given to nobody."""

    person_id: UUID
    name: Annotated[str, Field(max_length=100)]
    citizen_number: Annotated[str, Field(max_length=18)]
    birth_date: str
    region_code: Annotated[str, Field(max_length=12)]

    @classmethod
    def of(cls, person: Person) -> Self:
        """The citizen as they travel."""
        assert person.birth_date  # an invented citizen has a number, and with it a date of birth
        return cls(
            person_id=person.id,
            name=person.names[0].value,
            citizen_number=person.identifiers[0].number.value,
            birth_date=person.birth_date.isoformat(),
            region_code=code_of(person.region),
        )


class SandboxClientRead(Output):
    """A client of one's own, with a token for every role. The secret is shown this once."""

    client_id: UUID
    client_secret: Annotated[str, Field(max_length=128)]
    tokens: Annotated[dict[str, str], Field(description="A token for every role of the sandbox, valid for a day.")]
    accounts: Annotated[dict[str, UUID], Field(description="The account behind each token.")]
    citizen: SandboxCitizenRead
    guardian: Annotated[
        SandboxCitizenRead, Field(description="Another citizen; an officer may record a guardianship of theirs.")
    ]

    @classmethod
    def of(cls, client: SandboxClient, tokens: dict[str, str]) -> Self:
        """The client as it travels."""
        return cls(
            client_id=client.client_id,
            client_secret=client.secret,
            tokens=tokens,
            accounts={seat.name: seat.claims.subject for seat in client.seats},
            citizen=SandboxCitizenRead.of(client.citizen),
            guardian=SandboxCitizenRead.of(client.guardian),
        )


class ScenarioRead(Output):
    """One end that an item may come to."""

    end: End
    text: Annotated[str, Field(max_length=500, description="What happens on the way.")]


class MagicNumberRead(Output):
    """A certificate number that is always answered alike: with an outcome, or with a problem of the whole request."""

    number: CertificateNumberText
    name: Annotated[str, Field(max_length=100, description="Its holder; another name does not go with the number.")]
    outcome: Annotated[Outcome | None, Field(description="What a verification answers; null where it is refused.")]
    problem_code: Annotated[
        str | None, Field(max_length=64, description="With which code it is refused; null where there is an outcome.")
    ]
    text: Annotated[str, Field(max_length=500, description="What it stands for.")]

    @classmethod
    def told(cls, magic: MagicNumber, teller: Teller) -> Self:
        """The number in the caller's language."""
        outcome = magic.answer if isinstance(magic.answer, Outcome) else None
        refusal = magic.refusal()
        return cls(
            number=magic.number.value,
            name=HOLDER,
            outcome=outcome,
            problem_code=refusal.code if refusal else None,
            text=teller.word(magic.wording),
        )


class ScenariosRead(Output):
    """What can be played: the ends that `Test-Scenario: item=end;item=end` names, the magic numbers, and the events."""

    items: Annotated[list[ScenarioRead], Field(max_length=20, description="The ends of items.")]
    certificates: Annotated[
        list[MagicNumberRead], Field(max_length=100, description="Numbers for POST /v1/certificate-verifications.")
    ]
    events: Annotated[
        list[EventName], Field(max_length=500, description="The events that POST /v1/sandbox/events fires.")
    ]

    @classmethod
    def told(cls, teller: Teller) -> Self:
        """All of it in the caller's language."""
        return cls(
            items=[ScenarioRead(end=one.end, text=teller.word(one.wording)) for one in SCENARIOS],
            certificates=[MagicNumberRead.told(one, teller) for one in MAGIC_NUMBERS],
            events=list(event_types()),
        )


class EventCreate(Input):
    """Which event shall be fired."""

    name: EventName


class FiredEventRead(Output):
    """An event that was fired. It comes in the feed, with `is_test`, as soon as its turn is there."""

    name: EventName
    subject_id: Annotated[UUID, Field(description="What it says to have happened to, and by which it is found again.")]
    is_test: Annotated[bool, Field(description="Always true: nothing has happened.")]

    @classmethod
    def of(cls, fired: Fired) -> Self:
        """The event as it travels."""
        return cls(name=fired.name, subject_id=fired.subject_id, is_test=True)


class ClockAdvance(Input):
    """Where the clock shall move to."""

    to: Annotated[Instant, Field(description="An instant after the clock's own, with its zone.")]


class SandboxClockRead(Output):
    """What a test clock shows."""

    now: Annotated[datetime, Field(description="Business time: deadlines and days are counted by it.")]
    today: Annotated[date, Field(description="The legal day at that time, where the business is done.")]
    real: Annotated[datetime, Field(description="Real time: tokens expire by it.")]

    @classmethod
    def of(cls, time: BusinessTime) -> Self:
        """The clock as it travels."""
        return cls(now=time.now, today=time.today, real=time.real)
