"""Tokens that are not good, not enough, or no longer good: refused at every operation, from the next request on."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import asyncpg
import pytest

from app.domain.shared.access import Role
from app.domain.shared.authz import OPERATIONS
from tests.api.actors import ALL_SCOPES, Actor
from tests.api.stage import Stage, is_as_the_table_says

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def test_a_token_without_the_scope_is_refused(stage: Stage) -> None:
    for operation, rule in OPERATIONS.items():
        actor = stage.somebody_for(operation)
        token = stage.register.token(actor.account_id, actor.role, scopes=ALL_SCOPES - {rule.scope})

        answer = await stage.ask(stage.probes[operation], token)

        assert (answer.status_code, answer.json()["code"]) == (403, "insufficient_scope"), operation
        assert f'scope="{rule.scope}"' in answer.headers["WWW-Authenticate"], operation


async def test_a_role_that_nobody_has_given_is_refused(stage: Stage) -> None:
    claiming = stage.register.token(await stage.register.account(), *Role)
    for operation, probe in stage.probes.items():
        keeping_silent = stage.register.token(stage.somebody_for(operation).account_id)

        for token in (claiming, keeping_silent):
            answer = await stage.ask(probe, token)
            assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), operation


def _unacceptable(stage: Stage, actor: Actor) -> dict[str, str | None]:
    now = datetime.now(UTC)
    good = stage.register.token(actor.account_id, actor.role)
    head, body, signature = good.split(".")
    other = stage.register.tokens.mint(
        stage.register.tokens.claims_of(good, at=now), at=now - timedelta(hours=2), lifetime_seconds=3600
    )
    turned = ("B" if signature[5] != "B" else "C").join((signature[:5], signature[6:]))
    return {
        "none": None,
        "empty": "",
        "expired": other,
        "from tomorrow": stage.register.tokens.mint(
            stage.register.tokens.claims_of(good, at=now), at=now + timedelta(hours=2), lifetime_seconds=3600
        ),
        "altered": f"{head}.{body[:-2]}{'A' if body[-2] != 'A' else 'B'}{body[-1]}.{signature}",
        "wrongly signed": f"{head}.{body}.{turned}",
        "unsigned": f"{head}.{body}.",
        "of unknown account": stage.register.token(uuid4(), actor.role),
        "of unknown client": stage.register.token(actor.account_id, actor.role, client_id=uuid4()),
        "no token": "Bearer",
    }


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_without_a_good_token_nothing_is_done(stage: Stage, *, operation: str) -> None:
    for kind, token in _unacceptable(stage, stage.somebody_for(operation)).items():
        answer = await stage.ask(stage.probes[operation], token)

        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), kind
        assert answer.headers["WWW-Authenticate"].startswith("Bearer "), kind
        assert "resource_metadata=" in answer.headers["WWW-Authenticate"], kind


REVERSIBLE = {
    "the account is closed": (
        "UPDATE account SET disabled_at = now() WHERE id = $1",
        "UPDATE account SET disabled_at = NULL WHERE id = $1",
        401,
    ),
    "the appointment has ended": (
        "UPDATE membership SET valid_to = '2020-12-31' WHERE account_id = $1",
        "UPDATE membership SET valid_to = NULL WHERE account_id = $1",
        403,
    ),
    "the appointment is to come": (
        "UPDATE membership SET valid_from = '2199-12-31' WHERE account_id = $1",
        "UPDATE membership SET valid_from = '2020-01-01' WHERE account_id = $1",
        403,
    ),
    "the client is closed": (
        "UPDATE client SET disabled_at = now() WHERE id = (SELECT $2::uuid WHERE $1::uuid IS NOT NULL)",
        "UPDATE client SET disabled_at = NULL WHERE id = (SELECT $2::uuid WHERE $1::uuid IS NOT NULL)",
        401,
    ),
}


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_who_is_dismissed_is_refused_from_the_next_request_on(
    stage: Stage, superuser: asyncpg.Connection, *, operation: str
) -> None:
    actor, probe = stage.somebody_for(operation), stage.probes[operation]
    if actor.role is Role.CITIZEN:
        return  # nobody is dismissed from being oneself; the account is closed below with the others'

    for what, (do, undo, status) in REVERSIBLE.items():
        arguments = [actor.account_id, stage.register.client_id][: do.count("$")]
        await superuser.execute(do, *arguments)
        refused = await stage.ask_as(actor, probe)
        await superuser.execute(undo, *arguments)

        assert refused.status_code == status, what
    assert is_as_the_table_says(probe, actor, await stage.ask_as(actor, probe))


@pytest.mark.parametrize("operation", OPERATIONS)
async def test_a_revoked_token_is_refused_from_the_next_request_on(
    stage: Stage, superuser: asyncpg.Connection, *, operation: str
) -> None:
    actor, probe, token_id = stage.somebody_for(operation), stage.probes[operation], uuid4().hex
    token = stage.register.token(actor.account_id, actor.role, token_id=token_id)
    before = await stage.ask(probe, token)
    await superuser.execute("INSERT INTO revocation (token_id, expires_at) VALUES ($1, now() + '1 day')", token_id)

    after = await stage.ask(probe, token)

    assert before.status_code < 500
    assert (before.status_code == 401, after.status_code) == (False, 401)


async def test_who_sends_no_token_learns_nothing_else(stage: Stage) -> None:
    for operation, probe in stage.probes.items():
        method, path, _ = probe.sent(stage.scene)

        assert (await stage.api.request(method, path)).status_code == 401, operation
