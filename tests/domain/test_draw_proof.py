"""A proof can be checked by whoever was not there: whatever is changed in it is found, and named."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from app.api.v1.schemas.draw import DrawRead
from app.domain.draw import Fault, commitment_of, digest_of, faults_of
from tests.builders.draw import SEED, a_draw, candidates, drawn, revealed

OTHER_SEED = bytes(32).hex()
OTHER_ID = "00000000-0000-0000-0000-00000000beef"
Proof = dict[str, Any]


def a_proof() -> Proof:
    proof: Proof = json.loads(DrawRead.of(revealed()).model_dump_json())
    return proof


def changed(name: str, value: object) -> Callable[[Proof], object]:
    return lambda proof: proof.update({name: value})


def test_a_proof_as_it_travels_holds() -> None:
    assert faults_of(a_proof()) == ()


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (changed("commitment", commitment_of(bytes(32))), Fault.COMMITMENT_DOES_NOT_MATCH),
        (changed("seed", OTHER_SEED), Fault.COMMITMENT_DOES_NOT_MATCH),
        (changed("published_at", "2026-11-17T00:00:00Z"), Fault.PUBLISHED_TOO_LATE),
        (changed("drawn_at", "2026-11-01T00:00:00Z"), Fault.PUBLISHED_TOO_LATE),
        (changed("revealed_at", "2026-11-01T00:00:00Z"), Fault.PUBLISHED_TOO_LATE),
        (lambda proof: proof["candidates"].pop(), Fault.LIST_CHANGED),
        (lambda proof: proof["candidates"].append(proof["candidates"][0]), Fault.LIST_CHANGED),
        (lambda proof: proof["candidates"][0]["doctors"].pop(), Fault.LIST_CHANGED),
        (lambda proof: proof["candidates"][0].update(institution_id=OTHER_ID), Fault.LIST_CHANGED),
        (changed("list_digest", digest_of(candidates(2))), Fault.LIST_CHANGED),
        (changed("id", OTHER_ID), Fault.RESULT_DIFFERS),
        (changed("number", 8), Fault.RESULT_DIFFERS),
        (changed("case_id", OTHER_ID), Fault.RESULT_DIFFERS),
        (changed("round", 2), Fault.RESULT_DIFFERS),
        (changed("doctors_needed", 3), Fault.RESULT_DIFFERS),
        (lambda proof: proof["result"].update(institution_id=OTHER_ID), Fault.RESULT_DIFFERS),
        (lambda proof: proof["result"]["doctors"].reverse(), Fault.RESULT_DIFFERS),
        (lambda proof: proof["result"].update(ticket="0" * 64), Fault.RESULT_DIFFERS),
        (changed("algorithm", "by-lot"), Fault.UNKNOWN_ALGORITHM),
        (changed("seed", None), Fault.NOT_REVEALED),
        (changed("purpose", "favour"), Fault.MALFORMED),
        (changed("seed", "00"), Fault.MALFORMED),
        (changed("number", "7"), Fault.MALFORMED),
        (changed("candidates", []), Fault.MALFORMED),
        (changed("published_at", "2026-11-09T02:00:00"), Fault.MALFORMED),
        (changed("result", None), Fault.MALFORMED),
    ],
)
def test_whatever_is_changed_is_named(tamper: Callable[[Proof], object], fault: Fault) -> None:
    proof = a_proof()

    tamper(proof)

    assert fault in faults_of(proof)


@pytest.mark.parametrize("name", sorted(a_proof().keys() - {"organisation_id", "stage", "rule_versions", "version"}))
def test_a_proof_without_one_of_its_parts_does_not_hold(name: str) -> None:
    proof = a_proof()

    del proof[name]

    assert faults_of(proof)


def test_a_seed_and_commitment_that_were_exchanged_together_give_another_result() -> None:
    """Who could exchange both would still have to meet the result: the commitment is known to others long before."""
    proof = a_proof() | {"seed": OTHER_SEED, "commitment": commitment_of(bytes(32))}

    assert faults_of(proof) == (Fault.RESULT_DIFFERS,)


@pytest.mark.parametrize("draw", [a_draw(), drawn()])
def test_what_is_not_revealed_proves_nothing_yet(draw: Any) -> None:
    assert faults_of(json.loads(DrawRead.of(draw).model_dump_json())) == (Fault.NOT_REVEALED,)


def test_a_proof_says_nothing_of_the_person() -> None:
    proof = json.dumps(a_proof())

    assert SEED.hex() in proof
    assert str(revealed().person_id) not in proof
    assert str(revealed().application_id) not in proof
