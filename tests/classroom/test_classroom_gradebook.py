"""grades.csv, read back as a spreadsheet would."""

import csv
import io

from grader.classroom.gradebook import grades
from grader.report.summary import Ungraded
from tests.report.documents import ALICE, BOB, check, document, task


def read(content):
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def test_a_line_a_submission_and_a_column_a_task():
    heads, alice, bob, dave = read(grades([ALICE, BOB], [Ungraded("dave", "is no zip file")]))
    assert heads[:6] == ["submission", "score", "max_score", "percent", "needs_review", "status"]
    assert heads[6:] == ["scores", "softmax", "cross_entropy", "scores_gradient", "weight_gradient"]
    assert alice == ["alice", "6", "6", "100", "no", "graded", "3", "3", "", "", ""]
    assert bob == ["bob", "7", "15", "46.67", "no", "graded", "3", "3", "0", "1", "0"]
    assert dave == ["dave", "", "", "", "yes", "not graded: is no zip file", "", "", "", "", ""]


def test_lines_end_as_rfc_4180_says():
    content = grades([ALICE])
    assert content.count(b"\r\n") == 2
    assert content.count(b"\n") == 2


def test_a_name_is_no_formula_and_no_second_line():
    evil = '=HYPERLINK("http://x","y"),\n"'
    [_, row] = read(grades([document(evil, task("scores", check("F is right", points=0.1)))]))
    assert row[0] == '\'=HYPERLINK("http://x","y"),\\n"'
    assert row[1] == "0.1"
