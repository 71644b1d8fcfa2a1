"""What a complaint is about, and what came of it."""

from enum import StrEnum


class ComplaintKind(StrEnum):
    """What was wrong. Suspected harm is not complained about: it is reported, and in danger one calls 110."""

    QUALITY = "quality"
    """服务质量"""
    NOT_DELIVERED = "not_delivered"
    """未按约定提供"""
    CONDUCT = "conduct"
    """服务态度"""
    CHARGES = "charges"
    """违规收费"""
    PRIVACY = "privacy"
    """泄露隐私"""
    ACCESSIBILITY = "accessibility"
    """无障碍不到位"""
    OTHER = "other"


class ComplaintOutcome(StrEnum):
    """What the federation has found."""

    UPHELD = "upheld"
    """属实"""
    PARTLY_UPHELD = "partly_upheld"
    """部分属实"""
    NOT_UPHELD = "not_upheld"
    """不属实"""
    SETTLED = "settled"
    """协商解决"""

    @property
    def blames(self) -> bool:
        """Say whether something is held against the provider, who must then have been heard."""
        return self in {ComplaintOutcome.UPHELD, ComplaintOutcome.PARTLY_UPHELD}
