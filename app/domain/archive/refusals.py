"""What is refused where documents are filed."""

from app.domain.shared.errors import Conflict, Unprocessable


class ArchiveItemUnknown(Unprocessable):
    """The checklist has no such item, or nothing is filed for it."""

    code = "archive_item_unknown"
    title = "Nothing is filed for this item"


class ArchiveDayImpossible(Unprocessable):
    """The document bears a day that has not come."""

    code = "archive_day_impossible"
    title = "The day of the document cannot be right"


class ArchiveYearImpossible(Unprocessable):
    """The year is missing, or one is given where there is none, or it has not begun."""

    code = "archive_year_impossible"
    title = "This year cannot be"


class ArchiveAreaTooWide(Unprocessable):
    """It is more than a county: a count of it would keep others waiting."""

    code = "archive_area_too_wide"
    title = "Count one county at a time"


class DocumentNotOfThisItem(Unprocessable):
    """A document takes the place of one of the same archive and item only."""

    code = "document_not_of_this_item"
    title = "It cannot take the place of that document"


class DocumentReplaced(Conflict):
    """Another document has taken the place of that one before."""

    code = "document_replaced"
    title = "That document was replaced already"
