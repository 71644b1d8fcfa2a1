"""Opens sandbox clients: an account with a secret and a clock, an invented citizen, and a seat for every role."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import SystemRandom
from uuid import UUID

from app.adapters.crypto import hash_secret, new_secret
from app.adapters.postgres import gate
from app.adapters.postgres.database import Database
from app.adapters.postgres.draw_keeper import PostgresDrawKeeper
from app.adapters.postgres.person import PostgresPersons
from app.adapters.postgres.session import Session
from app.adapters.postgres.tables import AccountRow, ClientRow, ClockRow, MembershipRow
from app.adapters.postgres.transaction import transaction
from app.domain.person import EconomicFact, EconomicStatus, FactSource, Person, Registration
from app.domain.shared.access import Role
from app.domain.shared.authz import Reach
from app.domain.shared.identity import CitizenNumber
from app.domain.shared.region import path_of
from app.sandbox.authority import account_row, client_row, membership_row, posts, scopes_of
from app.sandbox.people import FIRST_REGION, GIVEN_NAMES, LAST_REGION
from app.sandbox.scenario import Play
from app.services.draw import publish_ahead
from app.services.ports.sandbox import SandboxClient, Seat
from app.services.ports.tokens import Claims
from app.services.scenario import End

CITIZEN_REGION = path_of("652301104201")
OLDEST_CITIZEN = date(1970, 1, 1)
BIRTH_DAYS = 8_000
PORTAL = "portal"
CITIZEN = "citizen"
GUARDIAN = "guardian"
"""Another citizen, who is nobody's guardian until an officer puts that on record."""


class PostgresSandbox:
    """The sandbox's store in PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._random = SystemRandom()

    async def open_client(self, *, at: datetime) -> SandboxClient:
        """Write clock, client and citizen in one transaction, and say who may act for the client."""
        await publish_ahead(PostgresDrawKeeper(self._database))
        secret = new_secret()
        client_id, citizen_account = self._database.new_id(), self._database.new_id()
        guardian_account, clock_id = self._database.new_id(), self._database.new_id()
        citizen, guardian = (replace(self._invented(at), clock_id=clock_id) for _ in range(2))
        async with transaction(self._database.pool) as connection:
            await gate.step_in(connection, reach=Reach.INTAKE)
            session = Session(connection, self._database)
            self._add_client(session, client_id, clock_id=clock_id, secret=secret)
            for account, person in ((citizen_account, citizen), (guardian_account, guardian)):
                session.add(AccountRow, **account_row(account, Role.CITIZEN, "", person_id=person.id))
                PostgresPersons(session, self._database.new_id).add(person)
            await session.flush()
        seats = (
            *(
                self._seat(post.token, post.account_id, post.role, client_id)
                for post in posts()
                if post.token != PORTAL
            ),
            self._seat(PORTAL, client_id, Role.PORTAL, client_id),
            self._seat(CITIZEN, citizen_account, Role.CITIZEN, client_id),
            self._seat(GUARDIAN, guardian_account, Role.CITIZEN, client_id),
        )
        return SandboxClient(client_id=client_id, secret=secret, seats=seats, citizen=citizen, guardian=guardian)

    async def play(self, application_id: UUID, *, client_id: UUID, script: Mapping[str, End]) -> str:
        """Take items of an application to their ends."""
        return await Play(self._database, application_id, client_id=client_id).run(script)

    def _add_client(self, session: Session, client_id: UUID, *, clock_id: UUID, secret: str) -> None:
        portal = next(post for post in posts() if post.token == PORTAL)
        session.add(ClockRow, id=clock_id, offset_seconds=0)
        session.add(AccountRow, **account_row(client_id, Role.PORTAL, PORTAL))
        session.add(MembershipRow, **membership_row(portal, client_id))
        digest = hash_secret(secret)
        session.add(ClientRow, **client_row(client_id, PORTAL, secret_digest=digest, clock_id=clock_id))

    def _seat(self, name: str, account_id: UUID, role: Role, client_id: UUID) -> Seat:  # noqa: PLR0917 - four plain facts
        claims = Claims(
            subject=account_id,
            client_id=client_id,
            roles=frozenset({role}),
            scopes=scopes_of(role),
            token_id=str(self._database.new_id()),
        )
        return Seat(name=name, claims=claims)

    def _invented(self, at: datetime) -> Person:
        """Somebody of the sample village who cannot exist, in a household that receives the subsistence allowance."""
        number = CitizenNumber.of(
            region=str(self._random.randint(FIRST_REGION, LAST_REGION)),
            born_on=OLDEST_CITIZEN + timedelta(days=self._random.randrange(BIRTH_DAYS)),
            sequence=self._random.randint(1, 999),
        )
        on = at.astimezone(UTC).date()
        status = EconomicFact(
            status=EconomicStatus.SUBSISTENCE_ALLOWANCE, source=FactSource.AUTHORITY, valid_from=date(on.year, 1, 1)
        )
        registration = Registration(
            name="样" + "".join(self._random.choices(GIVEN_NAMES, k=2)),
            region=CITIZEN_REGION,
            registration_region=CITIZEN_REGION,
            citizen_number=number,
            economic_statuses=(status,),
        )
        person, _ = Person.register(registration, person_id=self._database.new_id(), on=on)
        return person
