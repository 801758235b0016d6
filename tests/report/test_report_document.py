"""The result document: the contract's keys in the contract's order, exact points, bounded and inert whatever came."""

import hashlib
import json
from fractions import Fraction

import numpy as np
import pytest
from msgspec import structs
from msgspec.structs import replace

from grader import document as documents
from grader.document import Isolation, NotADocument, decode, document, encode, environment
from grader.model import Diagnosis, Report, Row, TaskReport, Verdict, exact
from tests.report.documents import BOB

SEED = b"a seed of sixteen"


def report(*rows, messages=()):
    return Report((TaskReport("affine_backward", ("MLP-9",), rows),), messages)


def row(name="dw is right", points=1, visibility="hidden", **verdict):
    verdict.setdefault("status", "pass")
    verdict.setdefault("sentence", "dw is right")
    return Row(name, Verdict(**verdict), exact(points), visibility)


def made(graded, audience="instructor", submission="alice", hints="free"):
    return document(
        graded,
        assignment="two_layer_mlp",
        submission=submission,
        sha256="00" * 32,
        seed=SEED,
        audience=audience,
        environment={"python": "3.11.7"},
        isolation=Isolation(1, "not confined"),
        hints=hints,
    )


HIDDEN = {
    "status": "fail",
    "sentence": "dw differs in case 'generic'",
    "particulars": "dw[0] is 1; expected 2",
    "evidence": {"got": 1.0, "expected": 2.0},
}


def test_keys_stand_in_the_order_of_the_contract():
    whole = json.loads(encode(made(report(row()))))
    assert list(whole) == [
        "schema", "assignment", "submission", "sha256", "grader_version", "seed_id", "audience", "environment",
        "isolation", "score", "max_score", "needs_review", "tasks", "messages",
    ]  # fmt: skip
    [task] = whole["tasks"]
    assert list(task) == ["name", "score", "max_score", "equations", "checks"]
    [check] = task["checks"]
    assert list(check) == [
        "name", "status", "visibility", "score", "max_score", "message", "diagnosis", "evidence",
    ]  # fmt: skip
    assert whole["schema"] == "grader.result/1"
    assert check["diagnosis"] is None


def test_it_is_indented_and_ends_with_a_line_end():
    content = encode(made(report(row())))
    assert content.startswith(b'{\n  "schema": "grader.result/1",\n  "assignment": "two_layer_mlp",\n')
    assert content.endswith(b"}\n")


def test_what_is_written_can_be_read():
    whole = made(report(row(evidence={"case": "generic", "index": [0, 1]})))
    assert decode(encode(whole)) == whole
    assert decode(encode(BOB)) == BOB


def test_points_are_exact():
    content = encode(made(report(row(points=0.1), row("db is right", points=0.2))))
    assert b'"score": 0.3,\n  "max_score": 0.3,' in content


def test_whole_points_are_whole():
    assert b'"score": 2,' in encode(made(report(row(points=0.5), row("db is right", points=1.5))))


def test_the_seed_is_not_in_it():
    content = encode(made(report(row())))
    assert SEED not in content
    assert SEED.hex().encode() not in content
    assert json.loads(content)["seed_id"] == hashlib.sha256(SEED).hexdigest()[:16]


def test_an_instructor_sees_the_particulars_of_a_hidden_case():
    [check] = made(report(row(**HIDDEN))).tasks[0].checks
    assert check.message == "dw differs in case 'generic': dw[0] is 1; expected 2"
    assert check.evidence == {"got": 1, "expected": 2}


def test_a_student_sees_no_number_of_a_hidden_case():
    [check] = made(report(row(**HIDDEN)), "student").tasks[0].checks
    assert (check.status, check.message, check.evidence) == ("fail", "dw differs in case 'generic'", {})


def test_a_student_sees_everything_of_a_public_case():
    [check] = made(report(row(**HIDDEN, public=True)), "student").tasks[0].checks
    assert check.message.endswith("expected 2")
    assert check.evidence == {"got": 1, "expected": 2}


NAMED = {**HIDDEN, "diagnosis": Diagnosis("sign", "dw is −1 × what it should be")}


@pytest.mark.parametrize(
    ("audience", "hints", "ending"),
    [
        ("instructor", "free", "−1 times the true one: Y − P for P − Y, or a lost minus."),
        ("student", "free", "does the loss rise or fall?"),
        ("student", 0.5, "dw is −1 × what it should be"),
    ],
)
def test_a_mistake_is_told_in_the_voice_of_the_audience(audience, hints, ending):
    [check] = made(report(row(**NAMED)), audience, hints=hints).tasks[0].checks
    assert check.diagnosis.id == "sign"
    assert check.diagnosis.message.startswith("dw is −1 × what it should be")
    assert check.diagnosis.message.endswith(ending)


def test_where_hints_are_off_a_student_is_told_neither_name_nor_cause():
    plain = Verdict("fail", "dw differs from the true derivative", public=True, evidence={"case": "example"})
    found = Verdict(
        **{**structs.asdict(plain), "evidence": {"case": "example", "fits": ["the gradient is Y − P"]}, "plain": plain},
    )
    named = Row("dw is right", found, exact(1), "public")
    named = replace(named, verdict=replace(found, diagnosis=Diagnosis("sign", "dw is −1 × what it should be")))
    said = replace(named, verdict=replace(found, sentence=f"{plain.sentence}; the gradient is Y − P"))
    for judged in (named, said):
        [silent] = made(report(judged), "student", hints="off").tasks[0].checks
        assert (silent.message, silent.diagnosis, silent.evidence) == (plain.sentence, None, {"case": "example"})
        [open_] = made(report(judged), "instructor", hints="off").tasks[0].checks
        assert "Y − P" in str(open_)


def test_a_hidden_case_leaves_no_array_in_a_students_document():
    card = {"card": {"output": "dw", "map": ["9"]}, "case": "generic", "expected": 2.0}
    [check] = made(report(row(**{**NAMED, "evidence": card})), "student").tasks[0].checks
    assert check.evidence == {"confidence": "certain", "alternatives": []}


def test_review_is_carried_to_the_top():
    assert made(report(row(needs_review=True))).needs_review


def test_numbers_that_json_lacks_are_words():
    evidence = {"got": float("nan"), "expected": float("-inf"), "both": [np.float64("inf"), 1.5]}
    [check] = json.loads(encode(made(report(row(evidence=evidence)))))["tasks"][0]["checks"]
    assert check["evidence"] == {"got": "nan", "expected": "-inf", "both": ["inf", 1.5]}


def test_numbers_have_three_digits_and_more_where_they_would_look_alike():
    [check] = made(report(row(evidence={"got": 1 / 3, "n": 12345}))).tasks[0].checks
    assert check.evidence == {"got": 0.333, "n": 12345}
    [check] = made(report(row(evidence={"got": 1.00001, "expected": 1.0}))).tasks[0].checks
    assert check.evidence == {"got": 1.00001, "expected": 1}


def test_numpy_and_fractions_become_plain_numbers():
    evidence = {"index": np.array([1, 2]), "ok": np.bool_(True), "proposed_score": Fraction(3, 2), "n": 2**80}
    [check] = made(report(row(evidence=evidence))).tasks[0].checks
    assert check.evidence == {"index": [1, 2], "ok": True, "proposed_score": 1.5, "n": str(2**80)}


def test_what_students_wrote_is_written_out():
    evil = "\x1b[2J\u202e\ud800"
    verdict = {"status": "raised", "sentence": f"s{evil}", "particulars": f"p{evil}", "evidence": {evil: [evil]}}
    whole = made(report(row(**verdict), messages=(evil,)), submission=f"a\n{evil}")
    shown = "\\x1b[2J\\u202e\\ud800"
    [check] = whole.tasks[0].checks
    assert whole.submission == f"a\\n{shown}"
    assert check.message == f"s{shown}: p{shown}"
    assert check.evidence == {shown: [shown]}
    assert whole.messages == (shown,)
    assert decode(encode(whole)) == whole


@pytest.mark.parametrize("flood", ["x" * 5_000_000, "\x1b" * 1_000_000, "\U0001f600" * 1_000_000, "\r\n" * 1_000_000])
def test_no_document_exceeds_a_megabyte(flood):
    rows = [row(f"check {n}", status="raised", particulars=flood, evidence={"printed": flood}) for n in range(300)]
    whole = made(report(*rows, messages=(flood,) * 5_000), submission=flood)
    content = encode(whole)
    assert len(content) <= documents.LARGEST
    assert "more characters)" in whole.tasks[0].checks[0].message
    assert whole.messages[-1] == "4900 more messages are left out"
    assert decode(content) == whole


def test_what_is_short_is_kept_whole():
    text = "é" * 3_000
    [check] = made(report(row(particulars=text))).tasks[0].checks
    assert check.message == f"dw is right: {text}"


def test_large_evidence_is_left_out_with_a_note():
    [check] = made(report(row(evidence={"dw": np.arange(20_000.0)}))).tasks[0].checks
    assert list(check.evidence) == ["cut"]


GOOD = encode(BOB)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff\xfe",
        GOOD[:-20],
        GOOD.replace(b"grader.result/1", b"grader.result/2"),
        GOOD.replace(b'"status": "raised"', b'"status": "passed"'),
        GOOD.replace(b'"max_score": 15', b'"max_score": "15"'),
        GOOD.replace(b'"max_score": 15', b'"max_score": NaN'),
        GOOD.replace(b'"needs_review": false', b'"needs_review": 0'),
        GOOD.replace(b'"assignment"', b'"extra": 1, "assignment"', 1),
        GOOD.replace(b'"evidence": {}', b'"evidence": ' + b'{"a":' * 100_000, 1),
        b" " * (documents.LARGEST + 1),
    ],
)
def test_what_is_no_document_is_refused_in_one_line(content):
    with pytest.raises(NotADocument) as refusal:
        decode(content)
    assert "\n" not in str(refusal.value)


def test_the_environment_names_neither_host_nor_path():
    import platform

    found = environment()
    assert list(found) == ["python", "numpy", "blas", "platform"]
    text = " ".join(found.values())
    assert "/" not in text
    assert "\\" not in text
    assert platform.node() not in text
