"""A document of an instrument is read strictly, and one that does not add up is refused."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.adapters.golden_vectors import load_vectors
from app.adapters.instruments import INSTRUMENTS, WORDS, load_instrument, load_instruments
from app.adapters.rulebooks import RulebookRefused
from app.domain.assessment import MalformedInstrument, MissingRule, Scoring, Silence, Words
from app.domain.shared.entry import MalformedRule
from tests.builders.assessment import a_scheme, an_instrument, an_item
from tests.builders.rules import SELF_CARE


def written(tmp_path: Path, change: Callable[[dict[str, Any]], object], *, of: str = "self_care_six") -> Path:
    """The file of an instrument after a change."""
    content = yaml.safe_load((INSTRUMENTS / f"{of}.yaml").read_text(encoding="utf-8"))
    change(content)
    file = tmp_path / "changed.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return file


def test_a_file_gives_its_instrument_and_a_folder_gives_all(tmp_path: Path) -> None:
    written(tmp_path, lambda content: content.update(valid_to=date(2026, 12, 31)))

    (instrument,) = load_instruments(tmp_path)

    assert instrument.valid_to == date(2026, 12, 31)
    assert load_instrument(INSTRUMENTS / "self_care_six.yaml") == SELF_CARE


def test_what_does_not_change_has_no_end_and_items_may_have_heads(tmp_path: Path) -> None:
    file = written(tmp_path, lambda content: (content.pop("validity_months"), content["items"][0].update(head="body")))

    instrument = load_instrument(file)

    assert instrument.validity_months is None
    assert instrument.heads == ("body",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda content: content.update(colour="red"), "unknown keys: colour"),
        (lambda content: content.pop("licence"), "lacks licence"),
        (lambda content: content["items"][0].update(colour="red"), "unknown keys: colour"),
        (lambda content: content["value_sets"]["ability"][0].update(points="none"), "not of the type int"),
        (lambda content: content["value_sets"]["ability"][0].pop("zh"), "lacks zh"),
        (lambda content: content["schemes"][0].update(weight=2), "unknown keys: weight"),
        (lambda content: content["schemes"][0]["bands"][0].update(at_most=2), "unknown keys: at_most"),
    ],
)
def test_a_document_of_the_wrong_shape_is_refused(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], message: str
) -> None:
    with pytest.raises(MalformedRule, match=message):
        load_instrument(written(tmp_path, change))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda content: content.update(scoring="feeling"), "feeling is none of sum"),
        (lambda content: content.update(missing="guess"), "guess is none of"),
        (lambda content: content.update(used_by=["king"]), "king is none of"),
        (lambda content: content.update(purposes=[]), "names no purposes"),
        (lambda content: content["schemes"][0]["bands"][0].update(at_least=1), "must rise from 0"),
        (lambda content: content["items"][1].update(code="eating"), "two of them have one code"),
        (lambda content: content["items"][0].update(values="colours"), "one value set that there is"),
        (lambda content: content["items"][0].update(weight=0), "weighs nothing"),
        (lambda content: content["items"][0].update(only_if={"bathing": ["met"]}), "no earlier item has"),
        (lambda content: content["items"][1].update(only_if={"eating": ["met"]}), "nothing can be added up"),
        (lambda content: content["schemes"][0].update(head="body"), "a score that there is not"),
        (lambda content: content.update(fills_at_most=1), "how many at most"),
    ],
)
def test_a_document_that_does_not_hang_together_is_refused(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], message: str
) -> None:
    with pytest.raises(MalformedInstrument, match=message):
        load_instrument(written(tmp_path, change))


@pytest.mark.parametrize("text", ["- a\n- list\n", "nothing\n"])
def test_a_file_that_is_no_document_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "odd.yaml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(RulebookRefused, match=r"odd.yaml: a document is a mapping"):
        load_instrument(file)


@pytest.mark.parametrize("starts", [(), (1, 2), (0, 2, 2), (0, 3, 2), (0, 5)])
def test_bands_must_rise_from_the_lowest_score_and_begin_within_the_scores(starts: tuple[int, ...]) -> None:
    with pytest.raises(MalformedInstrument):
        an_instrument(schemes=(a_scheme(*starts),))


def test_an_item_must_leave_a_choice_and_its_answers_are_not_called_as_silences_are() -> None:
    lonely = an_item("first", 0)
    twin = an_item("first", 0, 0)

    for item in (lonely, twin):
        with pytest.raises(MalformedInstrument, match="first"):
            an_instrument(items=(item,))


@pytest.mark.parametrize("silence", Silence)
def test_no_answer_is_called_as_a_silence_is(silence: Silence, tmp_path: Path) -> None:
    file = written(tmp_path, lambda content: content["value_sets"]["ability"][0].update(code=silence.value))

    with pytest.raises(MalformedInstrument, match="eating"):
        load_instrument(file)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda matrix: matrix.update(columns=["cognition", "colour"]), "there are not: colour"),
        (lambda matrix: matrix["cells"]["none"].update(severe="level_9"), "no such levels: level_9"),
        (lambda matrix: matrix["cells"]["none"].update(severe="level_0"), "a higher band gives a higher level"),
    ],
)
def test_a_matrix_names_what_there_is_and_never_rises_where_its_bands_do(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], message: str
) -> None:
    with pytest.raises(MalformedInstrument, match=message):
        load_instrument(written(tmp_path, lambda content: change(content["matrices"][0]), of="ltc_2021"))


def test_a_matrix_has_no_holes(tmp_path: Path) -> None:
    file = written(tmp_path, lambda content: content["matrices"][0]["cells"]["mild"].pop("none"), of="ltc_2021")

    with pytest.raises(MalformedRule, match=r"cells\.mild lacks none"):
        load_instrument(file)


def test_a_cut_off_is_reached_or_not_and_something_reaches_it(tmp_path: Path) -> None:
    file = written(tmp_path, lambda content: content["cut_offs"][0].update(thresholds=[]), of="wg_ss")

    with pytest.raises(MalformedInstrument, match="needs two findings and a threshold"):
        load_instrument(file)


def test_nothing_is_cut_where_nothing_is_added_up() -> None:
    with pytest.raises(MalformedInstrument, match="a score that there is not"):
        an_instrument(scoring=Scoring.NONE)


def test_whoever_fills_missing_answers_says_how_many() -> None:
    with pytest.raises(MalformedInstrument, match="how many at most"):
        an_instrument(missing=MissingRule.MEAN_OF_OTHERS)


def words_file(folder: Path, **changes: Any) -> Path:
    """A folder with a scale that waits for its words, and the words of a licence holder."""
    written(folder, lambda _: None, of="whodas_12")
    items = [{"code": f"s{number}", "zh": f"第{number}题", "en": f"Question {number}"} for number in range(1, 13)]
    content = {"code": "whodas_12", "version": "2.0", "licence": "invented agreement 7", "items": items} | changes
    file = folder / f"whodas_12{WORDS}"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return folder


def test_whoever_has_a_licence_loads_the_words(tmp_path: Path) -> None:
    (instrument,) = load_instruments(words_file(tmp_path))

    assert (instrument.words, instrument.licence) == (Words.LOADED, "invented agreement 7")
    assert instrument.items[2].wording.en == "Question 3"


def test_words_are_loaded_from_another_folder_than_the_scoring(tmp_path: Path) -> None:
    (words_file(tmp_path) / "changed.yaml").unlink()

    instruments = load_instruments(INSTRUMENTS, tmp_path)

    assert instruments.version("whodas_12", "2.0").words is Words.LOADED


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"items": [{"code": "s1", "zh": "第一题", "en": "Question 1"}]}, "words for each item of whodas_12"),
        ({"code": "barthel", "version": "1965"}, "waits for none"),
        ({"version": "3.0"}, "waits for none"),
    ],
)
def test_words_belong_to_an_instrument_that_waits_for_them(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(MalformedInstrument, match=message):
        load_instruments(words_file(tmp_path, **changes))


def test_a_vector_that_expects_nothing_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "vectors.yaml"
    file.write_text("source: invented\nbase: {first: worth_0}\nvectors:\n  - {changes: {}}\n", encoding="utf-8")

    with pytest.raises(MalformedRule, match="expects nothing"):
        load_vectors(file)
