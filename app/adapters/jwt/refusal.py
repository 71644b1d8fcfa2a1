"""Why a token is refused, in codes that may stand in a log: they never carry a piece of the token."""

from enum import StrEnum


class Reason(StrEnum):
    """The first rule that the token breaks."""

    TOO_LARGE = "too_large"
    NOT_THREE_PARTS = "not_three_parts"
    NOT_BASE64URL = "not_base64url"
    NOT_STRICT_JSON = "not_strict_json"
    HEADER_FIELDS = "header_fields"
    ISSUER = "issuer"
    TYPE = "type"
    ALGORITHM = "algorithm"
    KEY = "key"
    SIGNATURE = "signature"
    CLAIM_MISSING = "claim_missing"
    CLAIM_UNKNOWN = "claim_unknown"
    CLAIM_INVALID = "claim_invalid"
    AUDIENCE = "audience"
    LIFETIME = "lifetime"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"


class TokenRefused(Exception):
    """The token is not to be believed. Whoever sent it learns only that; the reason is for our own log."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
