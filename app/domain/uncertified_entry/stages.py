"""The stages of an entry on the ledger, and who may take it from one to the next."""

from enum import StrEnum

from app.domain.shared.transitions import Lifecycle, Transition


class EntryStage(StrEnum):
    """Where an entry stands."""

    OPEN = "open"
    """在册"""
    CONVERTED = "converted"
    """转为申请"""
    CLOSED = "closed"
    """销册"""
    TAKEN_OFF = "taken_off"
    """应本人要求移出: the entry is erased, and no row stands here."""


class EntryAction(StrEnum):
    """What may be done to an entry."""

    RECORD_CONTACT = "record_contact"
    """联系记录"""
    HAND_OVER = "hand_over"
    """移交"""
    CONVERT = "convert"
    """转为申请"""
    CLOSE = "close"
    """销册"""
    TAKE_OFF = "take_off"
    """应本人要求移出台账"""


class ClosingGround(StrEnum):
    """Why an entry ends though nothing was applied for through it."""

    CERTIFIED = "certified"
    """已办证: the person has come to a certificate by another way."""
    MOVED = "moved"
    """已迁出: another place serves the person now."""
    DIED = "died"
    """已死亡"""
    DECLINED = "declined"
    """不愿申领: to apply is voluntary. Source: 残疾人证管理办法 (2017) art. 3."""


_OPEN = (EntryStage.OPEN,)
_KEPT = (EntryStage.OPEN, EntryStage.CONVERTED, EntryStage.CLOSED)
LIFECYCLE: Lifecycle[EntryStage, EntryAction] = Lifecycle(
    noun="uncertified entry",
    start=EntryStage.OPEN,
    steps={
        EntryAction.RECORD_CONTACT: Transition.through(
            "record_uncertified_contact", sources=_OPEN, target=EntryStage.OPEN
        ),
        EntryAction.HAND_OVER: Transition.through("hand_over_uncertified_entry", sources=_OPEN, target=EntryStage.OPEN),
        EntryAction.CONVERT: Transition.through(
            "convert_uncertified_entry", sources=_OPEN, target=EntryStage.CONVERTED
        ),
        EntryAction.CLOSE: Transition.through("close_uncertified_entry", sources=_OPEN, target=EntryStage.CLOSED),
        EntryAction.TAKE_OFF: Transition.through(
            "take_off_uncertified_entry", sources=_KEPT, target=EntryStage.TAKEN_OFF
        ),
    },
)
"""The table of entries. Nobody is kept on the ledger against their will, closed entries included.

Source: 昌市政办发〔2020〕53号 五(五)1 for the ledger; 个人信息保护法 (2021) arts. 15, 47 for the removal.
"""
