"""The other issuers that a deployment trusts: read strictly from its file, and their key sets kept fresh."""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from app.adapters.jwt import Algorithm, KeySetSource, PlainHttp, Profile, key_set
from app.adapters.jwt.keys import Jwk
from app.adapters.jwt.profile import OWN_MAX_LIFETIME_SECONDS

FETCH_EVERY_SECONDS = 300.0
"""How soon a key that an issuer has withdrawn counts no more."""
FETCH_AGAIN_SECONDS = 30.0
"""After a failure, and at the soonest for a token with a key that is not known: nobody makes us fetch without end."""
KEPT = timedelta(hours=24)
"""How long the last good key set stays in force while its issuer cannot be reached; then no token of it is believed."""

_NEEDED = frozenset({"issuer", "audience", "algorithm"})
_KEYS = frozenset({"jwks", "jwks_url"})
_OPTIONAL = frozenset({"max_lifetime_seconds", "token_types", "client_claim", "role_claim", "scope_claim"})

Replace = Callable[[str, Mapping[str, Jwk]], None]


class IssuersRefused(ValueError):
    """The file of trusted issuers cannot be used; the text says what is to be put right."""


@dataclass(frozen=True, slots=True)
class TrustedIssuer:
    """What is demanded of an issuer's tokens, and where its keys come from if they do not stand in the file."""

    profile: Profile
    source: KeySetSource | None = None


def trusted_issuers(written: object, *, plain_http: PlainHttp = PlainHttp.NEVER) -> tuple[TrustedIssuer, ...]:
    """The issuers of a deployment's file; docs/operations.md describes its members.

    Raises:
        IssuersRefused: it is no list of issuers, or a member is missing, unknown or out of place.
        KeyRefused: a key of the file cannot be used.
    """
    if not isinstance(written, list) or not all(isinstance(entry, dict) for entry in written):
        raise IssuersRefused("The file of trusted issuers is a JSON list of objects.")
    issuers = tuple(_issuer(entry, plain_http) for entry in written)
    if len({issuer.profile.issuer for issuer in issuers}) < len(issuers):
        raise IssuersRefused("The file of trusted issuers names one of them twice.")
    return issuers


def _issuer(entry: dict[str, Any], plain_http: PlainHttp) -> TrustedIssuer:
    name = entry.get("issuer", "an issuer")
    if missing := _NEEDED - entry.keys():
        raise IssuersRefused(f"{name} lacks {', '.join(sorted(missing))}.")
    if unknown := entry.keys() - _NEEDED - _KEYS - _OPTIONAL:
        raise IssuersRefused(f"{name} has what is not known here: {', '.join(sorted(unknown))}.")
    if len(_KEYS & entry.keys()) != 1:
        raise IssuersRefused(f"{name} needs either jwks, its keys, or jwks_url, where they are fetched.")
    algorithm = Algorithm(entry["algorithm"])
    profile = Profile(
        issuer=entry["issuer"],
        audience=entry["audience"],
        algorithm=algorithm,
        keys=key_set(entry["jwks"], algorithm=algorithm) if "jwks" in entry else {},
        max_lifetime_seconds=entry.get("max_lifetime_seconds", OWN_MAX_LIFETIME_SECONDS),
        token_types=frozenset(entry.get("token_types", ["at+jwt"])),
        client_claim=entry.get("client_claim", "client_id"),
        role_claim=tuple(entry.get("role_claim", ["roles"])),
        scope_claim=tuple(entry.get("scope_claim", ["scope"])),
    )
    if "jwks" in entry:
        return TrustedIssuer(profile)
    return TrustedIssuer(profile, KeySetSource(entry["jwks_url"], algorithm=algorithm, plain_http=plain_http))


class FreshKeys:
    """Fetches the key sets of issuers from time to time, and at once when a token names a key that is not known."""

    def __init__(
        self,
        issuers: tuple[TrustedIssuer, ...],
        *,
        replace: Replace,
        real_time: Callable[[], datetime],
        every_seconds: float = FETCH_EVERY_SECONDS,
        again_seconds: float = FETCH_AGAIN_SECONDS,
    ) -> None:
        self._sources = {issuer.profile.issuer: issuer.source for issuer in issuers if issuer.source is not None}
        self._replace = replace
        self._real_time = real_time
        self._every_seconds = every_seconds
        self._again_seconds = again_seconds
        self._wanted = asyncio.Event()

    def want(self) -> None:
        """Somebody has shown a key that is not known: perhaps its issuer has a new one."""
        self._wanted.set()

    async def fetch(self) -> None:
        """Fetch all key sets and put them into force; an issuer that cannot be reached holds up no other."""
        await asyncio.gather(*(self._fetch(name, source) for name, source in self._sources.items()))

    async def keep(self) -> None:
        """Fetch for ever; there is nothing to do where all keys stand in the file."""
        while self._sources:
            await self._pause()
            await self.fetch()

    async def _fetch(self, issuer: str, source: KeySetSource) -> None:
        at = self._real_time()
        keys = await source.refresh(at=at)
        if source.failure:
            structlog.get_logger().warning("key set not fetched", issuer=issuer, reason=source.failure)
        is_too_old = source.fetched_at is None or at - source.fetched_at > KEPT
        self._replace(issuer, {} if is_too_old else keys)

    async def _pause(self) -> None:
        await asyncio.sleep(self._again_seconds)
        if not any(source.failure for source in self._sources.values()):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wanted.wait(), self._every_seconds - self._again_seconds)
        self._wanted.clear()
