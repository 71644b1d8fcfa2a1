"""All settings, read from the environment (prefix YIAN_) by the composition roots and nobody else."""

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import AnyHttpUrl, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MINUTE_SECONDS = 60
DAY_SECONDS = 24 * 60 * MINUTE_SECONDS


class Mode(StrEnum):
    """What a deployment is for."""

    SANDBOX = "sandbox"
    PRODUCTION = "production"


Share = Annotated[int | None, Field(ge=1, le=1_000_000_000)]
"""How much of something a caller may ask for; what is not said is in SHARES."""
SHARES = {
    "client_requests_a_minute": 6_000,
    "account_requests_a_minute": 1_200,
    "token_requests_a_minute": 60,
    "people_an_hour": 3_000,
    "numbers_an_hour": 20_000,
    "same_number_an_hour": 30,
    "mismatches_an_hour": 100,
    "misses_of_holder_a_day": 5,
}
SANDBOX_FACTOR = 1_000
"""How many times as much a sandbox grants: there one account may be a whole test."""


class Settings(BaseSettings):
    """One deployment: one authority, one database, one set of keys. It fails at the start rather than in the night."""

    model_config = SettingsConfigDict(env_prefix="YIAN_", frozen=True, extra="ignore", env_ignore_empty=True)

    mode: Mode = Field(default=Mode.PRODUCTION, description="`sandbox` opens test clocks and free tokens.")
    database_url: SecretStr = Field(description="URL of the role yian_app.")
    owner_database_url: SecretStr | None = Field(default=None, description="URL of yian_owner; for migrations only.")
    public_url: AnyHttpUrl = Field(description="Where callers reach us; issuer and audience of our own tokens.")
    keys_file: Path = Field(description="JSON file with the signing key and the field keys; see docs/operations.md.")
    trusted_issuers_file: Path | None = Field(default=None, description="Other issuers whose tokens are accepted.")
    pool_size: Annotated[int, Field(ge=2, le=100)] = 10
    statement_timeout_seconds: Annotated[int, Field(ge=1, le=60)] = 10
    request_body_bytes: Annotated[int, Field(ge=1024, le=16 * 1024 * 1024)] = 1024 * 1024
    files_url: str | None = Field(
        default=None, description="Where files are kept: `file:///folder` or `s3://bucket/prefix`; none: no uploads."
    )
    s3_endpoint: AnyHttpUrl | None = Field(default=None, description="Address of an S3-compatible store.")
    s3_region: str = "us-east-1"
    s3_access_key: SecretStr | None = None
    s3_secret_key: SecretStr | None = None
    upload_bytes: Annotated[int, Field(ge=1024, le=100 * 1024 * 1024)] = 10 * 1024 * 1024
    clamd: str | None = Field(default=None, description="`host:port` of a ClamAV daemon that looks into uploads.")
    clamd_timeout_seconds: Annotated[float, Field(ge=1, le=120)] = 20.0
    client_requests_a_minute: Share = None
    account_requests_a_minute: Share = None
    token_requests_a_minute: Share = None
    people_an_hour: Share = None
    numbers_an_hour: Share = None
    same_number_an_hour: Share = None
    mismatches_an_hour: Share = None
    misses_of_holder_a_day: Share = None
    instruments_folder: Path | None = Field(
        default=None, description="Folder of further instruments, and of words that need a licence."
    )
    log_level: str = "INFO"
    log_json: bool = True

    @property
    def is_sandbox(self) -> bool:
        """Say whether this is a place to play."""
        return self.mode is Mode.SANDBOX

    @property
    def issuer(self) -> str:
        """The issuer of our own tokens, without a closing stroke."""
        return str(self.public_url).rstrip("/")

    @property
    def shares(self) -> dict[str, int]:
        """How much of each a caller may ask for."""
        factor = SANDBOX_FACTOR if self.is_sandbox else 1
        return {name: getattr(self, name) or usual * factor for name, usual in SHARES.items()}

    @property
    def token_lifetime_seconds(self) -> int:
        """Fifteen minutes; a day where people try things out."""
        return DAY_SECONDS if self.is_sandbox else 15 * MINUTE_SECONDS

    @model_validator(mode="after")
    def _refuse_what_is_unsafe(self) -> Self:
        if not self.database_url.get_secret_value().startswith("postgresql://"):
            raise ValueError("YIAN_DATABASE_URL is a URL of PostgreSQL: postgresql://yian_app:…@host/database.")
        if not self.keys_file.is_file():
            raise ValueError(f"There is no keys file {self.keys_file}. Make one with `./yian doctor --make-keys FILE`.")
        if self.instruments_folder and not self.instruments_folder.is_dir():
            raise ValueError(f"YIAN_INSTRUMENTS_FOLDER is a folder, and there is none at {self.instruments_folder}.")
        if self.files_url and not self.files_url.startswith(("file:///", "s3://")):
            raise ValueError("YIAN_FILES_URL is file:///folder or s3://bucket/prefix.")
        if self.clamd and not self.clamd.rpartition(":")[2].isdigit():
            raise ValueError("YIAN_CLAMD is host:port, such as clamd:3310.")
        if self.mode is Mode.PRODUCTION and self.public_url.scheme != "https":
            raise ValueError("YIAN_PUBLIC_URL must begin with https:// outside of a sandbox.")
        return self


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()  # type: ignore[call-arg]  # from the environment
