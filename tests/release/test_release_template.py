"""The committed template is what the course makes of itself, byte for byte, and gives nothing away."""

import ast
import dataclasses
import importlib.util
import json
import sys
import tokenize
import warnings
from operator import attrgetter
from pathlib import Path

import nbformat
import pytest

from grader.release import FOLDER, ReleaseError, leaks, stale, template, write
from grader.release.leak import marked_lines


@pytest.fixture(scope="module")
def files(assignments):
    return template(assignments)


def test_the_committed_template_is_current(root, files):
    assert stale(root, files, whole=True) == []


def test_every_file_but_the_numbers_is_committed_byte_for_byte(root, files):
    for path, text in files.items():
        if not path.endswith("public.json"):
            assert (root / path).read_bytes() == text.encode(), f"{path} is stale; run make release"


def test_it_is_made_the_same_twice_and_one_at_a_time(assignments, files):
    assert template(assignments) == files
    apart = {path: text for assignment in assignments for path, text in template([assignment]).items()}
    assert apart == files


def test_text_ends_in_one_newline_and_has_no_carriage_return(files):
    for path, text in files.items():
        assert text.endswith("\n"), path
        assert not text.endswith("\n\n"), path
        assert "\r" not in text, path


def test_no_line_of_any_answer_is_in_any_file(root, files):
    every = {str(path.relative_to(root)): path.read_text("utf-8") for path in sorted((root / "reference").glob("*.py"))}
    assert sum(1 for path, text in every.items() for _ in marked_lines(path, text)) > 100
    assert leaks(files, every) == []


def test_a_leak_stops_the_release(softmax_classifier, tmp_path):
    handout = Path(softmax_classifier.handout).read_text("utf-8")
    told = tmp_path / "handout.md"
    told.write_text(handout + "\n\nUse `return softmax(F) - indicator`.\n", "utf-8")
    with pytest.raises(ReleaseError, match=r"handout\.md holds line \d+ of reference/softmax\.py: return softmax"):
        template([dataclasses.replace(softmax_classifier, handout=str(told))])


DRIFT = [
    ("`softmax(F)`", "`softmax(X)`", r"asks for `softmax\(X\)`; the reference is `softmax\(F\)`"),
    ("**Implement `softmax(F)`", "**Think of `softmax(F)`", r"asks for no `softmax\(F\)`; write a paragraph"),
    (
        "**Implement `softmax(F)`",
        "**Implement `softmax(F)` and `hardmax(F)`",
        "asks for `hardmax`, which no task grades",
    ),
    ("## 3. Forward: probabilities", "## 2. Forward: scores", "has 2 sections named '2. Forward: scores'"),
]


@pytest.mark.parametrize(("old", "new", "message"), DRIFT)
def test_a_handout_that_drifts_from_the_declaration_is_refused(softmax_classifier, tmp_path, old, new, message):
    text = Path(softmax_classifier.handout).read_text("utf-8")
    assert old in text
    drifted = tmp_path / "handout.md"
    drifted.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(ReleaseError, match=message):
        template([dataclasses.replace(softmax_classifier, handout=str(drifted))])


def test_a_missing_handout_is_one_line(softmax_classifier):
    with pytest.raises(ReleaseError, match="has no handout"):
        template([dataclasses.replace(softmax_classifier, handout="")])


def test_stubs_import_one_another_and_raise(assignment, files, tmp_path, monkeypatch):
    folder = f"{FOLDER}/{assignment.name}"
    write(tmp_path, {path: text for path, text in files.items() if path.startswith(folder)})
    monkeypatch.syspath_prepend(tmp_path / folder)
    for task in assignment.tasks:
        spec = importlib.util.spec_from_file_location(f"stub_{task.module}", tmp_path / folder / f"{task.module}.py")
        module = importlib.util.module_from_spec(spec)
        before = set(sys.modules)
        try:
            spec.loader.exec_module(module)
        finally:
            for name in set(sys.modules) - before:
                del sys.modules[name]
        function = attrgetter(task.name)(module)
        asked = (*(["self"] if "." in task.name else []), *task.asked)
        assert tuple(function.__code__.co_varnames[: function.__code__.co_argcount]) == asked
        original = sys.modules[task.reference.__module__]
        assert function.__doc__ == attrgetter(task.name)(original).__doc__
        with pytest.raises(NotImplementedError):
            function(*(None for _ in asked))


def test_stub_modules_hold_what_is_asked_and_no_more(assignment, files):
    for module in set(assignment.homes.values()):
        tree = ast.parse(files[f"{FOLDER}/{assignment.name}/{module}.py"])
        defined = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        asked = [name.partition(".")[0] for name, home in assignment.homes.items() if home == module]
        assert sorted(defined) == sorted(asked)


def test_stubs_carry_no_type_annotation_and_no_marker(assignment, files):
    for module in set(assignment.homes.values()):
        text = files[f"{FOLDER}/{assignment.name}/{module}.py"]
        functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
        assert not any(node.returns or any(arg.annotation for arg in node.args.args) for node in functions)
        assert "SOLUTION" not in text
        list(tokenize.generate_tokens(iter(text.splitlines(keepends=True)).__next__))


def test_the_notebook_is_valid_and_has_one_stub_a_cell_under_the_section_that_asks(assignment, files):
    text = files[f"{FOLDER}/{assignment.name}/{assignment.name}.ipynb"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        nbformat.validate(json.loads(text))
    read = nbformat.reads(text, as_version=4)
    section, seen = "", []
    for cell in read.cells:
        if cell.cell_type == "markdown":
            section = cell.source
            continue
        kinds = ast.FunctionDef | ast.ClassDef
        names = [node.name for node in ast.parse(cell.source).body if isinstance(node, kinds)]
        assert len(names) <= 1
        seen += names
        assert all(f"`{name}(" in section or f"`{name}." in section for name in names)
    assert sorted(seen) == sorted(name.partition(".")[0] for name in assignment.homes)
    assert read.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }


def test_ids_of_cells_stay_when_a_section_is_added_before_them(softmax_classifier, files, tmp_path):
    text = Path(softmax_classifier.handout).read_text("utf-8")
    longer = tmp_path / "handout.md"
    longer.write_text(text.replace("## 2. ", "## Before\n\nMore to read.\n\n## 2. "), "utf-8")
    path = f"{FOLDER}/softmax_classifier/softmax_classifier.ipynb"
    made = template([dataclasses.replace(softmax_classifier, handout=str(longer))])[path]
    before, after = ([cell["id"] for cell in json.loads(text)["cells"]] for text in (files[path], made))
    assert len(after) == len(before) + 1
    assert set(before) < set(after)


def test_the_handout_is_copied_and_ends_in_the_points(assignment, files):
    text = files[f"{FOLDER}/{assignment.name}/handout.md"]
    written, _, points = text.partition("\n\n## Points\n")
    assert written == Path(assignment.handout).read_text("utf-8").rstrip()
    rows = [line.split(" | ") for line in points.splitlines() if line.startswith("|  |")]
    assert len(rows) == sum(len(task.checks) for task in assignment.tasks)
    assert sum(float(row[2]) for row in rows) == assignment.points
    for task in assignment.tasks:
        assert f"| **`{task.name}`** |" in points


def test_stale_names_what_is_wrong_and_write_repairs_it(files, tmp_path):
    assert write(tmp_path, files) == list(files)
    assert stale(tmp_path, files, whole=True) == []
    folder = f"{FOLDER}/softmax_classifier"
    (tmp_path / folder / "scores.py").write_bytes(files[f"{folder}/scores.py"].replace("\n", "\r\n").encode())
    (tmp_path / folder / "public.json").unlink()
    (tmp_path / folder / "answers.py").write_text("x = 1\n")
    (tmp_path / folder / "__pycache__").mkdir()
    (tmp_path / folder / "__pycache__" / "scores.pyc").write_bytes(b"")
    (tmp_path / FOLDER / "old").mkdir()
    (tmp_path / FOLDER / "old" / "old.py").write_text("x = 1\n")
    faults = [
        f"{folder}/public.json is missing; run make release",
        f"{folder}/scores.py is stale; run make release",
        f"{folder}/answers.py is not generated; delete it",
    ]
    assert stale(tmp_path, files) == faults
    assert f"{FOLDER}/old/old.py is not generated; delete it" in stale(tmp_path, files, whole=True)
    assert write(tmp_path, files) == [f"{folder}/public.json", f"{folder}/scores.py"]
    assert stale(tmp_path, files) == faults[2:]


def test_last_digits_of_another_processor_are_not_stale(files, tmp_path):
    write(tmp_path, files)
    path = tmp_path / FOLDER / "softmax_classifier" / "public.json"
    document = json.loads(path.read_text("utf-8"))
    document["tasks"][1]["cases"][1]["expected"]["P"]["array"][0][0] *= 1 + 2**-52
    path.write_text(json.dumps(document), "utf-8")
    assert stale(tmp_path, files) == []
    assert write(tmp_path, files) == []
