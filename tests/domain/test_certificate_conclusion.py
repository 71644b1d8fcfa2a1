"""Doctors of a designated institution conclude; what they conclude must agree in itself, and a guardian is heard."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.certificate import (
    EvaluationDateImpossible,
    GuardianProof,
    GuardianProofMissing,
    InconsistentConclusion,
    NotTheDesignatedInstitution,
    Stage,
    TooFewDoctors,
)
from app.domain.shared.access import Role
from app.domain.shared.identity import Category, Grade
from tests.builders import (
    DOCTORS,
    MONDAY,
    a_certificate_case,
    a_conclusion,
    a_principal,
    accepted,
    an_institution,
    assigned,
    evaluated,
    multiple,
    not_meeting,
)

CHILD = date(2010, 1, 1)


@pytest.mark.parametrize("years", [17, 18])
def test_a_minor_needs_a_guardians_proof_until_the_eighteenth_birthday(years: int) -> None:
    born_on = date(2026 - years, 11, 16)

    if years < 18:
        with pytest.raises(GuardianProofMissing):
            accepted(a_certificate_case(), birth_date=born_on)
    else:
        assert accepted(a_certificate_case(), birth_date=born_on).stage is Stage.ACCEPTED


@pytest.mark.parametrize("category", [Category.INTELLECTUAL, Category.MENTAL])
def test_whoever_names_an_intellectual_or_mental_disability_needs_a_guardians_proof(category: Category) -> None:
    with pytest.raises(GuardianProofMissing):
        accepted(a_certificate_case(declared_categories=frozenset({category})))


def test_a_proof_that_is_shown_is_remembered() -> None:
    case = accepted(a_certificate_case(), birth_date=CHILD, guardian_proof=GuardianProof.SHOWN)

    assert case.guardian_proof is GuardianProof.SHOWN


def test_an_institution_is_asked_only_for_what_it_is_designated_for() -> None:
    case = a_certificate_case(Stage.ACCEPTED, declared_categories=frozenset({Category.VISUAL}))

    with pytest.raises(NotTheDesignatedInstitution, match="visual"):
        assigned(case, institution=an_institution(frozenset({Category.PHYSICAL})))


def test_another_institution_than_the_one_asked_does_not_conclude() -> None:
    other = a_principal(Role.EVALUATOR, memberships=())

    with pytest.raises(NotTheDesignatedInstitution):
        evaluated(a_certificate_case(Stage.EVALUATION_ASSIGNED), a_conclusion(), by=other)


def test_a_case_without_an_institution_is_not_evaluated() -> None:
    with pytest.raises(NotTheDesignatedInstitution):
        evaluated(a_certificate_case(Stage.EVALUATION_ASSIGNED, institution=None), a_conclusion())


def test_an_institution_concludes_only_in_what_it_is_designated_for() -> None:
    institution = an_institution(frozenset({Category.PHYSICAL}))
    case = a_certificate_case(Stage.EVALUATION_ASSIGNED, institution=institution)

    with pytest.raises(NotTheDesignatedInstitution, match="hearing"):
        evaluated(case, multiple({Category.PHYSICAL: Grade.THIRD, Category.HEARING: Grade.SECOND}))


def test_a_conclusion_without_an_institution_has_no_designation_behind_it() -> None:
    with pytest.raises(NotTheDesignatedInstitution):
        a_conclusion().require_designation(None)


@pytest.mark.parametrize("doctors", [(), DOCTORS[:1], (DOCTORS[0], DOCTORS[0])])
def test_as_many_different_doctors_sign_as_the_rules_say(doctors: tuple[UUID, ...]) -> None:
    with pytest.raises(TooFewDoctors, match="At least 2"):
        evaluated(a_certificate_case(Stage.EVALUATION_ASSIGNED), a_conclusion(doctors=doctors))


@pytest.mark.parametrize("days", [-1, 1])
def test_an_evaluation_lies_between_the_assignment_and_today(days: int) -> None:
    conclusion = a_conclusion(concluded_on=MONDAY + timedelta(days=days))

    with pytest.raises(EvaluationDateImpossible, match="2026-11-16"):
        evaluated(a_certificate_case(Stage.EVALUATION_ASSIGNED), conclusion)


def test_what_is_found_may_need_a_guardians_proof_that_acceptance_did_not() -> None:
    found = multiple({Category.PHYSICAL: Grade.SECOND, Category.MENTAL: Grade.THIRD})

    with pytest.raises(GuardianProofMissing):
        evaluated(a_certificate_case(Stage.EVALUATION_ASSIGNED), found)


def test_the_proof_may_be_shown_at_the_evaluation() -> None:
    found = a_conclusion(category=Category.MENTAL, guardian_proof=GuardianProof.SHOWN)

    case = evaluated(a_certificate_case(Stage.EVALUATION_ASSIGNED), found)

    assert case.guardian_proof is GuardianProof.SHOWN


def test_a_proof_shown_at_acceptance_need_not_be_shown_again() -> None:
    case = a_certificate_case(Stage.EVALUATION_ASSIGNED, guardian_proof=GuardianProof.SHOWN)

    assert evaluated(case, a_conclusion(category=Category.MENTAL)).guardian_proof is GuardianProof.SHOWN


def test_a_multiple_disability_states_the_grade_of_its_heaviest_component() -> None:
    with pytest.raises(InconsistentConclusion, match="heaviest") as refusal:
        multiple({Category.PHYSICAL: Grade.SECOND, Category.HEARING: Grade.THIRD}, grade=Grade.THIRD)

    assert refusal.value.pointer == "/grade"


def test_a_multiple_disability_names_its_components() -> None:
    with pytest.raises(InconsistentConclusion, match="two or more"):
        a_conclusion(category=Category.MULTIPLE)


@pytest.mark.parametrize(
    ("category", "components"),
    [
        (Category.MULTIPLE, {Category.PHYSICAL: Grade.SECOND}),
        (Category.PHYSICAL, {Category.PHYSICAL: Grade.SECOND, Category.HEARING: Grade.SECOND}),
        (Category.PHYSICAL, {Category.HEARING: Grade.SECOND}),
    ],
)
def test_the_category_is_the_one_that_the_components_make(
    category: Category, components: dict[Category, Grade]
) -> None:
    with pytest.raises(InconsistentConclusion, match="category"):
        a_conclusion(category=category, components=components)


@pytest.mark.parametrize("missing", [{"category": None}, {"grade": None}])
def test_a_conclusion_that_the_standard_is_met_names_category_and_grade(missing: dict[str, None]) -> None:
    with pytest.raises(InconsistentConclusion, match="name the category and the grade"):
        a_conclusion(**missing)


@pytest.mark.parametrize(
    "found", [{"category": Category.PHYSICAL}, {"grade": Grade.FIRST}, {"components": {Category.VISUAL: Grade.FIRST}}]
)
def test_a_conclusion_that_the_standard_is_not_met_names_neither(found: dict[str, object]) -> None:
    with pytest.raises(InconsistentConclusion, match="Leave them out"):
        not_meeting(**found)


def test_a_single_category_is_its_own_component() -> None:
    assert a_conclusion().found == {Category.PHYSICAL: Grade.SECOND}
    assert a_conclusion(components={Category.PHYSICAL: Grade.SECOND}).found == {Category.PHYSICAL: Grade.SECOND}
    assert not_meeting().found == {}


@given(
    st.dictionaries(
        st.sampled_from(sorted(frozenset(Category) - {Category.MULTIPLE})), st.sampled_from(Grade), min_size=2
    ),
    st.sampled_from(Grade),
)
def test_only_the_heaviest_grade_of_several_components_is_ever_accepted(
    components: dict[Category, Grade], stated: Grade
) -> None:
    if stated == min(components.values()):
        assert multiple(components, grade=stated).grade is stated
    else:
        with pytest.raises(InconsistentConclusion):
            multiple(components, grade=stated)
