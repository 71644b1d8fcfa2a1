"""What is refused about evidence; each refusal says what is so and what to do instead."""

from app.domain.shared.errors import AlreadyExists, Conflict, Unprocessable


class EvidenceAlreadyHeld(AlreadyExists):
    """Evidence is asked for that is held already and still valid. Use what is held."""

    code = "evidence_already_held"
    title = "This evidence is held already"


class EvidenceAlreadyRequested(AlreadyExists):
    """The same evidence is asked for already, and nobody has answered yet."""

    code = "evidence_already_requested"
    title = "This evidence is asked for already"


class EvidenceRefused(Conflict):
    """The person does not want this evidence to be used. That is respected, and not asked again."""

    code = "evidence_refused"
    title = "The person refuses this evidence"


class EvidenceKindUnknown(Unprocessable):
    """No package that is offered here knows this kind of evidence."""

    code = "evidence_kind_unknown"
    title = "There is no such kind of evidence"


class EvidenceDatesImpossible(Unprocessable):
    """Evidence is dated in the future, ends before it begins, or has ended already."""

    code = "evidence_dates_impossible"
    title = "The dates of the evidence are not possible"


class EvidenceNotOfThisKind(Conflict):
    """Evidence takes the place of other evidence that is of another kind or of another person."""

    code = "evidence_not_of_this_kind"
    title = "The evidence does not answer this"


class EvidenceOriginImpossible(Unprocessable):
    """Evidence comes in a way that its kind or its content does not allow."""

    code = "evidence_origin_impossible"
    title = "The evidence cannot have come this way"
