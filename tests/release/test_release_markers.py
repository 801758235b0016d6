"""Solution markers: found as comments, and every fault of them told with file and line."""

import pytest

from grader.release import MarkerError, solutions
from grader.release.stubs import Topic, stub_module

GOOD = '''"""A layer."""

import numpy as np

from reference.relu import mask, relu_forward


def double(x):
    """Return 2 x.

    y = 2 x   [T-1]
    """
    # BEGIN SOLUTION
    return 2 * mask(x)                                      # like x
    # END SOLUTION


# BEGIN SOLUTION
def hidden_helper(x):
    """Not for students."""
    return x + 41
# END SOLUTION


def half(x):
    """Return x / 2."""
    # BEGIN SOLUTION
    if len(x) > 0:
        return x / 2
    # END SOLUTION
'''


def stub(source=GOOD, asked=(("double", ("T-1",)),), homes=(("double", "layer"), ("relu_forward", "relu"))):
    return stub_module([Topic("reference/layer.py", source, "reference", dict(asked))], "layer", dict(homes))


def test_regions_are_found_with_their_lines():
    assert [(region.begin, region.end) for region in solutions("layer.py", GOOD)] == [(13, 15), (18, 22), (27, 30)]


def test_a_marker_in_a_string_or_inside_a_comment_is_none():
    source = 's = "# BEGIN SOLUTION"\nt = """\n# BEGIN SOLUTION\n"""\n# no # BEGIN SOLUTION here\n'
    assert solutions("layer.py", source) == ()


def test_more_than_one_hash_is_read():
    assert len(solutions("layer.py", "### BEGIN SOLUTION\nx = 1\n### END SOLUTION\n")) == 1


FAULTS = [
    ("x = 1\n# BEGIN SOLUTION\ny = 2\n", r"layer\.py:2: # BEGIN SOLUTION has no # END SOLUTION after it"),
    ("x = 1\n# END SOLUTION\n", r"layer\.py:2: # END SOLUTION has no # BEGIN SOLUTION before it"),
    (
        "# BEGIN SOLUTION\nx = 1\n# BEGIN SOLUTION\n# END SOLUTION\n",
        r"layer\.py:3: # BEGIN SOLUTION is inside the one of line 1",
    ),
    ("x = 1  # BEGIN SOLUTION\n# END SOLUTION\n", r"layer\.py:1: # BEGIN SOLUTION stands beside code"),
    (
        "def f():\n    # BEGIN SOLUTION\n    return 1\n\n\ndef g():\n    return 2\n    # END SOLUTION\n",
        r"layer\.py:2: the solution does not begin and end in the same function",
    ),
    (
        "# BEGIN SOLUTION\nx = 1\n\n\ndef g():\n    # END SOLUTION\n    return 2\n",
        r"layer\.py:1: the solution does not begin and end in the same function",
    ),
    ("def f(:\n", r"layer\.py:1: .*; expected Python"),
]


@pytest.mark.parametrize(("source", "message"), FAULTS)
def test_a_fault_is_told_with_file_and_line(source, message):
    with pytest.raises(MarkerError, match=message) as caught:
        solutions("layer.py", source)
    assert "\n" not in str(caught.value)


def test_the_stub_keeps_signature_docstring_and_followable_imports_and_nothing_else():
    text = stub()
    assert text.startswith('"""A layer."""\n\nimport numpy as np\nfrom relu import relu_forward\n\n\ndef double(x):\n')
    assert "    y = 2 x   [T-1]\n" in text
    assert text.endswith("    raise NotImplementedError\n")
    assert "double" in text.split("# TODO: derive ")[1]
    assert "Equations graded here: T-1." in text
    for absent in ("mask", "hidden_helper", "half", "return 2", "SOLUTION"):
        assert absent not in text
    compile(text, "layer.py", "exec")


def test_banners_are_boxes_of_one_width():
    lines = [line for line in stub().splitlines() if line.startswith("    #")]
    assert {len(line) for line in lines} == {104}
    assert all(line.endswith("#") for line in lines)


UNMARKED = GOOD.replace("    # BEGIN SOLUTION\n    if", "    if").replace(
    "        return x / 2\n    # END SOLUTION\n", ""
)
REFUSED = [
    (UNMARKED, "half", r"reference/layer\.py:25: half has no # BEGIN SOLUTION and # END SOLUTION"),
    (GOOD, "third", r"reference/layer\.py:1: third is not defined at the top of the file"),
    (GOOD.replace('    """Return x / 2."""\n', ""), "half", r"reference/layer\.py:25: half has no docstring"),
    (
        GOOD.replace("from reference.relu import", "from .relu import"),
        "half",
        r"layer\.py:5: .* has no place in a stub",
    ),
    (GOOD.replace("import numpy as np", "import reference.relu"), "half", r"layer\.py:3: .* has no place in a stub"),
]


@pytest.mark.parametrize(("source", "name", "message"), REFUSED)
def test_what_cannot_become_a_stub_is_told_with_file_and_line(source, name, message):
    with pytest.raises(MarkerError, match=message):
        stub(source.replace("    if len(x) > 0:\n", "    if len(x) > 0:\n        pass\n"), ((name, ()),))
