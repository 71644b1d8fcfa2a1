"""A quota: known where a project is open, and nobody's to change."""

from app.domain.entitlement import Criteria, Facts, explain, parse
from app.domain.shared.finding import Finding

QUOTA = Criteria(root=parse({"kind": "quota_left", "services": ("REH-CHILD",)}, "test"), citation="", rule_versions=())


def test_a_quota_without_an_open_project_is_unknown_and_never_speaks_against_anybody() -> None:
    assert explain(QUOTA, Facts()).finding is Finding.UNKNOWN


def test_a_quota_that_is_used_up_is_nobodys_to_change() -> None:
    told = explain(QUOTA, Facts(places={"REH-CHILD": False}))

    assert (told.finding, told.remedies) == (Finding.NOT_MET, ())
