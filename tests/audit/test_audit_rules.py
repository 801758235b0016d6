"""Each rule makes what its name says: sources, and by hand what becomes of them."""

import numpy as np
import pytest

from grader.audit.damage import CHANGES, damages
from grader.audit.rules import RULES
from tests.audit.scenes import mutated, scene, spelt

# rule, the body of f(a, b), and every body that the rule makes of it
EXPRESSIONS = [
    ("sign", "-a * b", ["-(-a * b)", "a * b"]),
    ("plus-minus", "a + b", ["a - b"]),
    ("plus-minus", "a - b", ["a + b"]),
    ("times-divide", "a * b", ["a / b"]),
    ("times-divide", "a / b", ["a * b"]),
    ("matmul-elementwise", "a @ b", ["a * b"]),
    ("dropped-term", "a + b", ["a", "b"]),
    ("dropped-term", "a - b", ["a", "-b"]),
    ("dropped-factor", "a * b", ["a", "b"]),
    ("dropped-factor", "a / b", ["a"]),
    ("dropped-factor", "a ** 2", ["a"]),
    ("swapped-operands", "a @ b", ["b @ a"]),
    ("swapped-operands", "a - b", ["b - a"]),
    ("precedence", "a @ (b * a)", ["a @ b * a"]),
    ("precedence", "(a + b) / b", ["a + b / b"]),
    ("precedence", "a * (b * a)", []),
    ("constant", "a * 0", ["a * 1"]),
    ("constant", "a * 1", ["a * 2", "a * 0"]),
    ("constant", "a * 0.5", ["a * 1.0", "a * 0.25"]),
    ("constant", "a * 2", ["a * 1", "a * 3"]),
    ("constant", "np.sum(a, keepdims=True)", []),
    ("eps", "a / b", ["a / (b + 1e-08)"]),
    ("tiny-factor", "a @ b", ["(1 + 1e-05) * (a @ b)"]),
    ("tiny-factor", "a[b - 1]", []),
    ("axis", "np.sum(a, axis=0)", ["np.sum(a)", "np.sum(a, axis=1)"]),
    ("axis", "a.max()", ["a.max(axis=0)", "a.max(axis=-1)"]),
    ("keepdims", "a.sum(axis=1, keepdims=True)", ["a.sum(axis=1)"]),
    ("keepdims", "a.sum(axis=1)", ["a.sum(axis=1, keepdims=True)"]),
    ("transpose", "a.T", ["a"]),
    ("transpose", "a @ b", ["a.T @ b", "a @ b.T"]),
    ("transpose", "np.outer(a, b)", ["np.outer(a.T, b)", "np.outer(a, b.T)"]),
    ("other-function", "np.sum(a)", ["np.mean(a)"]),
    ("other-function", "a.max()", ["a.min()"]),
    ("dropped-function", "np.exp(a)", ["a"]),
    ("dropped-function", "np.sum(a, axis=0)", ["a"]),
    ("dropped-function", "a.sum(axis=0)", ["a"]),
    ("dropped-reshape", "a.reshape(b.shape)", ["a"]),
    ("dropped-reshape", "a[:, None]", ["a"]),
    ("dropped-copy", "a.copy()", ["a"]),
    ("dropped-cast", "a.astype(b.dtype)", ["a"]),
    ("dropped-cast", "np.zeros(3, dtype=a.dtype)", ["np.zeros(3)"]),
    ("log-of-zero", "np.log(a)", ["np.log(a + 1e-08)"]),
    ("off-by-one", "range(b)", ["range(b - 1)", "range(b + 1)", "range(1, b)"]),
    ("off-by-one", "range(2, b)", ["range(2, b - 1)", "range(2, b + 1)", "range(2 + 1, b)"]),
    ("shorter-loop", "[x for x in a]", ["[x for x in list(a)[1:]]", "[x for x in list(a)[:-1]]"]),
    ("slice", "a[1::-1]", ["a[::-1]", "a[1::-1]", "a[1:]"]),
    ("dropped-index", "a[0]", ["a"]),
    ("comparison", "a > 0", ["a >= 0", "a < 0", "a <= 0"]),
    ("comparison", "a == b", ["a != b"]),
    ("threshold", "a > 0", ["a > 0 + 0.01"]),
    ("activation-for-indicator", "b * (a > 0)", ["b * a", "b * (a * (a > 0))"]),
    ("relu-mask-missing", "b * (a > 0)", ["b * (a == a)"]),
    ("branch", "a if b > 0 else b", ["a if True else b", "a if False else b"]),
    ("connective", "a and b", ["a or b"]),
    ("connective", "not a", ["a"]),
    ("wrong-operand", "a @ b", ["b @ b", "a @ a"]),
    ("wrong-operand", "[x for x in a]", ["[a for x in a]", "[b for x in a]", "[x for x in b]", "[x for x in x]"]),
    ("wrong-key", "a['w'] + a['b']", ["a['b'] + a['b']", "a['w'] + a['w']"]),
    ("swapped-arguments", "np.outer(a, b)", ["np.outer(b, a)"]),
    ("zero", "a", ["zeroed(a)"]),
    ("negated", "a", ["negated(a)"]),
    ("transposed", "a", ["transposed(a)"]),
]

STATEMENTS = [
    ("overwrite-for-accumulate", "a += b\nreturn a", ["a = b\nreturn a"]),
    ("other-step", "a += b\nreturn a", ["a -= b\nreturn a"]),
    ("dropped-statement", "a += b\nreturn a", ["pass\nreturn a"]),
    ("dropped-statement", "c = a\nc = c + b\nreturn c", ["c = a\npass\nreturn c"]),
    ("wrong-end", "a.insert(0, b)\nreturn a", ["a.append(b)\nreturn a"]),
    ("wrong-end", "a.append(b)\nreturn a", ["a.insert(0, b)\nreturn a"]),
    ("left-early", "while a:\n    break", ["while a:\n    pass", "while a:\n    continue"]),
    ("mutates-input", "return a", ["return then_change(a, b)"]),
    ("constant", "if b:\n    return a\nraise ValueError(f'{2} is not {b + 1}')", []),
]  # fmt: skip


def function(body):
    return "def f(a, b):\n" + "".join(f"    {line}\n" for line in body.splitlines())


@pytest.mark.parametrize(("identifier", "before", "after"), EXPRESSIONS)
def test_an_expression_becomes(identifier, before, after):
    wanted = [spelt(function(f"return {each}")) for each in after]
    found = mutated(identifier, function(f"return {before}"))
    original = spelt(function(f"return {before}"))
    assert [text for text in found if text != original] == [text for text in wanted if text != original]


@pytest.mark.parametrize(("identifier", "before", "after"), STATEMENTS)
def test_a_statement_becomes(identifier, before, after):
    assert mutated(identifier, function(before), arrays=("b",)) == [spelt(function(each)) for each in after]


def test_outputs_are_damaged_one_by_one_and_by_their_parts():
    outputs = {0: np.zeros(3), 1: {"W": np.zeros((2, 2)), "b": np.zeros(2)}}
    found = mutated("scale", function("return a, b"), outputs=outputs)
    returned = ["(doubled(a), b)", "(a, doubled(b, at='W'))", "(a, doubled(b, at='b'))"]
    assert found == [spelt(function(f"return {each}")) for each in returned]
    assert mutated("swapped-returns", function("return a, b"), outputs=outputs) == [spelt(function("return b, a"))]


def test_a_result_that_is_no_tuple_in_the_text_is_damaged_at_its_place():
    outputs = {0: np.zeros(3), 1: np.zeros(3)}
    found = mutated("scale", function("return a"), outputs=outputs)
    assert found == [spelt(function(f"return doubled(a, at='{place}')")) for place in (0, 1)]


def test_a_condition_on_the_value_holds_at_every_return():
    body = "if b:\n    return a\nreturn 2 * a"
    assert mutated("clipped", function(body)) == [
        spelt(function("if b:\n    return clipped(a)\nreturn clipped(2 * a)"))
    ]
    assert len(mutated("zero", function(body))) == 2


def test_a_cache_is_not_damaged_as_an_output():
    assert mutated("zero", function("return a, b"), outputs={0: np.zeros(3)}) == [
        spelt(function("return zeroed((a, b))"))
    ]


def test_another_function_with_as_many_arguments_is_called():
    known = {"near": lambda x: x, "far": lambda x: -x, "wide": lambda x, y: x}
    assert mutated("wrong-function", function("return near(a)"), known=known) == [spelt(function("return far(a)"))]


def test_what_is_replaced_is_bracketed_where_its_neighbours_would_tear_it_apart():
    seen = scene(function("return (a + b) * a"))
    [text] = [
        seen.source.edited({node: seen.text(node, new) for node, new in change.items()})
        for rule in RULES
        if rule.id == "plus-minus"
        for change in rule.changes(seen)
    ]
    assert "return (a - b) * a" in text


def test_docstrings_errors_and_the_rest_of_the_text_are_left_alone():
    text = 'def f(a, b):\n    """Twice 2 is λ + 1."""\n    # ∂L/∂a, 1 + 1\n    return a + 1  # ∂\n'
    seen = scene(text)
    changed = [
        seen.source.edited({node: seen.text(node, new) for node, new in change.items()})
        for rule in RULES
        for change in rule.changes(seen)
    ]
    assert changed
    assert all('"""Twice 2 is λ + 1."""\n    # ∂L/∂a, 1 + 1\n' in each and each.endswith("  # ∂\n") for each in changed)


@pytest.mark.parametrize("name", CHANGES)
def test_every_damage_changes_a_value_that_has_what_it_damages(name):
    single = dict.fromkeys(("zero_where_single", "squeezed"), np.full((1, 3), 2.0))
    special = single | {"transposed_where_square": np.array([[0.0, 1.0], [2.0, 3.0]])}
    before = special.get(name, np.array([[-4.5, 2.1234567], [0.25, 5.1], [7.3, 1.1]]))
    after = damages()[name](before)
    assert np.shape(after) != before.shape or not np.array_equal(after, before)


def test_a_damage_reaches_the_part_that_it_names():
    doubled = damages()["doubled"]
    assert doubled((1.0, {"W": np.ones(2), "b": np.ones(1)}), at="1.W")[1]["W"].tolist() == [2.0, 2.0]
    assert doubled([1.0, 2.0, 3.0], at="-1") == [1.0, 2.0, 6.0]


def test_a_changed_argument_is_changed_after_the_result_is_known():
    w = {"w": np.zeros(2), "more": [np.zeros(1)]}
    assert damages()["then_change"]("result", w) == "result"
    assert w["w"].tolist() == [1.0, 1.0]
    assert w["more"][0].tolist() == [1.0]


def test_state_and_buffers_outlive_a_call_but_not_a_mutant():
    fresh, x = damages(), np.ones(2)
    assert fresh["remembering"](x).tolist() == x.tolist()
    assert fresh["remembering"](x).tolist() != x.tolist()
    assert damages()["remembering"](x).tolist() == x.tolist()
    assert fresh["reusing"](x) is fresh["reusing"](2 * x)


def test_ids_differ_and_every_rule_says_what_it_does():
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.says for rule in RULES)
