"""Rulebooks are read strictly: what is misspelt, undated or without a source is refused, and the place is named."""

from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import indent

import pytest

from app.adapters.rulebooks import RulebookRefused, digest_of, load_regions, load_rulebooks
from app.domain.shared.region import InvalidRegionCode
from app.domain.shared.rulebook import AmbiguousRules
from app.tools.doctor import rulebooks_of

RULE = """\
subject: certificate.notice
value: 5
unit: working_days
source: art. 9(3)
confidence: seen
valid_from: 2018-01-01
"""
RECORDED = "2026-01-01T08:00:00+08:00"


def a_rulebook(folder: Path, *rules: str, recorded_at: str = RECORDED, name: str = "national/a.yaml") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    (folder / "regions").mkdir(exist_ok=True)
    entries = "".join("  -\n" + indent(rule, "    ") for rule in rules)
    file.write_text(f"recorded_at: {recorded_at}\nrules:\n{entries}", encoding="utf-8")
    return folder


def test_a_rule_is_read_with_everything_that_it_says(tmp_path: Path) -> None:
    full = RULE.replace("value: 5", "value: {steps: [a, 1, true, 2026-01-02], empty: null}") + (
        "valid_to: 2030-12-31\nversion: 2\nsupersedes: 1\nnote: confirm\n"
    )

    (rule,) = load_rulebooks(a_rulebook(tmp_path, full))

    assert rule.value == {"steps": ("a", 1, True, date(2026, 1, 2)), "empty": None}
    assert (rule.region, rule.version, rule.supersedes, rule.note) == ("", 2, 1, "confirm")
    assert (rule.valid_from, rule.valid_to) == (date(2018, 1, 1), date(2030, 12, 31))
    assert rule.recorded_at == datetime(2026, 1, 1, tzinfo=UTC)


def test_the_folder_says_where_a_rule_holds(tmp_path: Path) -> None:
    a_rulebook(tmp_path, RULE)
    a_rulebook(tmp_path, RULE, name="regions/652301/a.yaml")

    assert [rule.region for rule in load_rulebooks(tmp_path)] == ["", "65/6523/652301"]


@pytest.mark.parametrize(
    ("rule", "complaint"),
    [
        (RULE + "valid_until: 2020-01-01\n", "unknown keys valid_until"),
        (RULE + "region: '65'\n", "unknown keys region"),
        (RULE.replace("source: art. 9(3)\n", ""), "missing source"),
        (RULE.replace("source: art. 9(3)", "source:"), "missing source"),
        (RULE.replace("valid_from: 2018-01-01\n", ""), "missing valid_from"),
        (RULE.replace("2018-01-01", "soon"), "valid_from must be a day"),
        (RULE.replace("2018-01-01", "2018-01-01T00:00:00Z"), "valid_from must be a day"),
        (RULE + "valid_to: 2017-12-31\n", "ends before it begins"),
        (RULE.replace("seen", "certain"), "confidence is one of seen"),
        (RULE.replace("value: 5", "value: 1.5"), "as a text in quotes"),
        (RULE.replace("value: 5", "value: [2018-01-01T00:00:00Z]"), "as a text in quotes"),
        (RULE + "unit: months\n", "given twice"),
        (RULE.replace("art. 9(3)", "2017"), "source must be a text"),
    ],
)
def test_an_entry_that_is_not_right_is_refused_by_name(tmp_path: Path, rule: str, complaint: str) -> None:
    with pytest.raises(RulebookRefused, match=complaint):
        load_rulebooks(a_rulebook(tmp_path, rule))


def test_an_entry_is_a_mapping(tmp_path: Path) -> None:
    with pytest.raises(RulebookRefused, match=r"national/a.yaml\[0\]: an entry is a mapping"):
        load_rulebooks(a_rulebook(tmp_path, "just a text\n"))


@pytest.mark.parametrize("recorded_at", ["2026-01-01", "2026-01-01T08:00:00", "lately"])
def test_a_file_says_when_it_was_recorded(tmp_path: Path, recorded_at: str) -> None:
    with pytest.raises(RulebookRefused, match="recorded_at must be an instant"):
        load_rulebooks(a_rulebook(tmp_path, RULE, recorded_at=recorded_at))


@pytest.mark.parametrize("content", ["", "rules: []\n", f"recorded_at: {RECORDED}\nrules: []\nmore: 1\n"])
def test_a_file_has_its_two_parts_and_no_more(tmp_path: Path, content: str) -> None:
    a_rulebook(tmp_path, RULE)
    (tmp_path / "national" / "b.yaml").write_text(content, encoding="utf-8")

    with pytest.raises(RulebookRefused, match=r"b.yaml: a file has exactly recorded_at and rules"):
        load_rulebooks(tmp_path)


def test_two_entries_for_the_same_days_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AmbiguousRules, match="claim the same days"):
        load_rulebooks(a_rulebook(tmp_path, RULE, RULE + "version: 2\n"))


def test_a_region_of_no_possible_code_is_refused(tmp_path: Path) -> None:
    entry = "{code: '65230', name: 昌吉, name_en: Changji, source: none, confidence: low, valid_from: 2020-01-01}"
    (tmp_path / "regions.yaml").write_text(f"regions:\n  - {entry}\n", encoding="utf-8")

    with pytest.raises(InvalidRegionCode, match="digits"):
        load_regions(tmp_path)


def test_a_region_code_is_a_text_and_not_a_number(tmp_path: Path) -> None:
    entry = "{code: 65, name: 新疆, name_en: Xinjiang, source: none, confidence: low, valid_from: 2020-01-01}"
    (tmp_path / "regions.yaml").write_text(f"regions:\n  - {entry}\n", encoding="utf-8")

    with pytest.raises(RulebookRefused, match=r"regions.yaml\[0\]: code must be a text"):
        load_regions(tmp_path)


def test_what_is_no_folder_of_a_region_is_passed_over(tmp_path: Path) -> None:
    a_rulebook(tmp_path, RULE)
    (tmp_path / "regions" / ".DS_Store").touch()

    assert len(load_rulebooks(tmp_path)) == 1


def test_the_digest_tells_contents_apart_and_not_their_order_or_layout(tmp_path: Path) -> None:
    other = RULE.replace("notice", "review").replace("value: 5", "value: {days: [5, 2026-01-02]}")
    first = load_rulebooks(a_rulebook(tmp_path / "one", RULE, other))
    second = load_rulebooks(a_rulebook(tmp_path / "two", other, RULE.replace("working_days", '"working_days"')))
    third = load_rulebooks(a_rulebook(tmp_path / "three", RULE, other.replace("[5", "[6")))

    assert digest_of(first) == digest_of(second)
    assert digest_of(first) != digest_of(third)


A_PACKAGE = """\
subject: package.test
unit: package
source: invented for a test
confidence: doubtful
valid_from: 2018-01-01
value:
  code: test
  zh: 测试
  en: test
  items:
    - code: permit
      zh: 甲
      en: a
      case_kind: certificate
      lead: {kind: federation, level: county}
      depends_on: [ATTENTION]
      steps:
        - code: accept
          zh: 受理
          en: Acceptance
          roles: [county_officer]
          operation: accept_certificate_case
          limit_rule: certificate.notice
    - code: help
      zh: 乙
      en: b
      case_kind: certificate
      lead: {kind: federation, level: county}
      depends_on: [permit]
"""


def test_a_package_whose_items_wait_in_a_circle_is_not_loaded_and_the_circle_is_named(tmp_path: Path) -> None:
    folder = a_rulebook(tmp_path, RULE, A_PACKAGE.replace("ATTENTION", "help"))

    with pytest.raises(RulebookRefused, match=r"package.test@CN#1: .*permit → help → permit"):
        load_rulebooks(folder)
    assert "permit → help → permit" in rulebooks_of(folder).mend


def test_a_package_that_names_a_rule_that_there_is_not_is_not_loaded(tmp_path: Path) -> None:
    folder = a_rulebook(tmp_path, A_PACKAGE.replace("ATTENTION", ""))

    with pytest.raises(RulebookRefused, match=r"package.test@CN#1: .*certificate.notice"):
        load_rulebooks(folder)


def test_a_package_is_held_to_the_rules_of_its_last_days_too(tmp_path: Path) -> None:
    ending = RULE + "valid_to: 2018-12-31\n"
    other = RULE.replace("certificate.notice", "another.rule").replace("2018-01-01", "2019-06-01")
    folder = a_rulebook(tmp_path, ending, other, A_PACKAGE.replace("ATTENTION", ""))

    with pytest.raises(RulebookRefused, match=r"certificate.notice .* on 2019-06-01"):
        load_rulebooks(folder)


def test_a_package_in_order_is_loaded_and_the_doctor_finds_nothing(tmp_path: Path) -> None:
    folder = a_rulebook(tmp_path, RULE, A_PACKAGE.replace("ATTENTION", ""))

    assert len(load_rulebooks(folder)) == 2
    assert rulebooks_of(folder).ok


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path) -> None:
    folder = a_rulebook(tmp_path, "subject: {")

    with pytest.raises(RulebookRefused, match=r"a.yaml is no YAML"):
        load_rulebooks(folder)
