"""What holds for every function of the references: equations cited, precision kept, arguments left alone."""

import ast
import copy
import inspect
import re
from pathlib import Path

import numpy as np
import pytest

from reference.jacobian import numerical_jacobian
from tests.reference.calls import every_call

TOPICS = {
    "softmax_classifier": ("scores", "softmax", "softmax_classifier"),
    "two_layer_mlp": ("affine", "relu", "jacobian", "losses", "two_layer_mlp"),
    "deep_mlp": ("activations", "deep_forward", "deep_indices", "deep_deltas", "deep_mlp"),
    "cs231n": (
        "svm",
        "linear_softmax",
        "batchnorm",
        "layernorm",
        "dropout",
        "convolution",
        "pooling",
        "spatial_norm",
        "rnn",
        "lstm",
        "embedding",
        "temporal",
        "optimizers",
        "attention",
        "layer_sandwiches",
        "fc_net",
        "cnn",
        "captioning",
    ),
}
# Topics of another assignment that an assignment builds on.
SHARED = {"cs231n": ("affine", "relu")}
VERBS = "Apply|Compute|Convolve|Drop|Look|Map|Measure|Move|Normalise|Pool|Rectify|Return|Run|Turn"
ROOT = Path(__file__).parents[2] / "reference"
PATHS = {topic: ROOT / f"{topic}.py" for topics in TOPICS.values() for topic in topics}

AS = {f"AS-{n}" for n in range(1, 13)}
MLP = {f"MLP-{n}" for n in range(1, 21)}
DEEP = {f"DEEP-{n}" for n in range(1, 17)}
EQUATION = r"\[((?:AS|MLP|DEEP)-\d+|CS:[\w.]+)\]"

# The functions of CS231n's assignments, which answer for one equation each, named after the function.
CS = {
    "svm": "svm_loss svm_loss_naive svm_loss_vectorized",
    "linear_softmax": "softmax_loss softmax_loss_naive softmax_loss_vectorized",
    "batchnorm": "batchnorm_forward batchnorm_backward batchnorm_backward_alt",
    "layernorm": "layernorm_forward layernorm_backward",
    "dropout": "dropout_forward dropout_backward",
    "convolution": "conv_forward_naive conv_backward_naive",
    "pooling": "max_pool_forward_naive max_pool_backward_naive",
    "spatial_norm": """spatial_batchnorm_forward spatial_batchnorm_backward
        spatial_groupnorm_forward spatial_groupnorm_backward""",
    "rnn": "rnn_step_forward rnn_step_backward rnn_forward rnn_backward",
    "lstm": "sigmoid lstm_step_forward lstm_step_backward lstm_forward lstm_backward",
    "embedding": "word_embedding_forward word_embedding_backward",
    "temporal": "temporal_affine_forward temporal_affine_backward temporal_softmax_loss",
    "optimizers": "sgd sgd_momentum rmsprop adam",
    "attention": """scaled_dot_product_attention_forward scaled_dot_product_attention_backward
        multi_head_attention_forward multi_head_attention_backward""",
    "layer_sandwiches": """affine_relu_forward affine_relu_backward affine_bn_relu_forward affine_bn_relu_backward
        affine_ln_relu_forward affine_ln_relu_backward conv_relu_forward conv_relu_backward
        conv_bn_relu_forward conv_bn_relu_backward conv_relu_pool_forward conv_relu_pool_backward""",
}

# The equations that each function answers for.
EQUATIONS = {
    "scores.scores": {"AS-1"},
    "softmax.softmax": {"AS-2"},
    "softmax.cross_entropy": {"AS-3"},
    "softmax.scores_gradient": {"AS-4"},
    "scores.scores_weight_jacobian": {"AS-5"},
    "scores.weight_gradient_one": {"AS-6"},
    "scores.weight_gradient_loop": {"AS-7"},
    "scores.weight_gradient": {"AS-8"},
    "scores.scores_bias_jacobian": {"AS-9"},
    "scores.bias_gradient": {"AS-10"},
    "softmax.softmax_jacobian": {"AS-12"},
    "scores.input_gradient": {"AS-11"},
    "softmax_classifier.softmax_classifier_loss": AS,
    "affine.affine_forward": {"MLP-1", "MLP-3", "CS:affine_forward"},
    "affine.affine_backward": {"MLP-9", "MLP-10", "MLP-11", "MLP-12", "MLP-13", "CS:affine_backward"},
    "relu.relu_forward": {"MLP-2", "CS:relu_forward"},
    "relu.relu_backward": {"MLP-17", "MLP-18", "CS:relu_backward"},
    "affine.affine_input_jacobian": {"MLP-9"},
    "relu.relu_jacobian": {"MLP-15"},
    "relu.relu_backward_jacobian": {"MLP-16"},
    "affine.affine_bias_jacobian": {"MLP-19"},
    "jacobian.numerical_jacobian": {"MLP-14"},
    "losses.softmax_loss": {"MLP-4", "MLP-6", "MLP-7", "MLP-8"},
    "losses.l2_penalty": {"MLP-5"},
    "two_layer_mlp.two_layer_loss": MLP,
    "two_layer_mlp.sgd_step": {"MLP-20"},
    "two_layer_mlp.train": {"MLP-20"},
    "activations.activation": {"DEEP-1"},
    "activations.activation_derivative": {"DEEP-1", "MLP-17"},
    "deep_forward.forward": {"DEEP-1"},
    "deep_forward.half_squared_error": {"DEEP-1"},
    "deep_indices.weight_jacobian": {"DEEP-3"},
    "deep_indices.gradient_by_index": {"DEEP-4", "DEEP-5", "DEEP-6"},
    "deep_indices.gradient_unrolled": {"DEEP-7"},
    "deep_deltas.output_delta": {"DEEP-8"},
    "deep_deltas.hidden_delta": {"DEEP-9", "DEEP-13"},
    "deep_deltas.weight_gradient": {"DEEP-10"},
    "deep_deltas.bias_gradient": {"DEEP-11"},
    "deep_deltas.layer_jacobian": {"DEEP-12"},
    "deep_deltas.weight_to_preactivation_jacobian": {"DEEP-16"},
    "deep_mlp.backprop": {"DEEP-8", "DEEP-9", "DEEP-10", "DEEP-11", "DEEP-14"},
    "deep_deltas.softmax_output_delta": {"DEEP-8"},
    "deep_mlp.backprop_batch": {"DEEP-10", "DEEP-11"},
    "deep_mlp.backprop_batch_rows": {"DEEP-15"},
    "deep_mlp.update": {"DEEP-2"},
    **{f"{topic}.{name}": {f"CS:{name}"} for topic, names in CS.items() for name in names.split()},
    "fc_net.two_layer_net_loss": {"CS:TwoLayerNet.loss"},
    "fc_net.fully_connected_net_loss": {"CS:FullyConnectedNet.loss"},
    "cnn.three_layer_conv_net_loss": {"CS:ThreeLayerConvNet.loss"},
    "captioning.captioning_loss": {"CS:CaptioningRNN.loss"},
}


def functions():
    """Yield (name, lines of its file, node) of every function of the references."""
    for topic, path in PATHS.items():
        source = path.read_text(encoding="utf-8")
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef):
                yield f"{topic}.{node.name}", source.splitlines(), node


MARKED = {name: (lines, node) for name, lines, node in functions()}
FUNCTIONS = {name: found for name, found in MARKED.items() if "._" not in name}


def split(source):
    """Return the lines inside the solution markers, and the lines outside."""
    inside, outside, target = [], [], None
    for line in source.splitlines():
        if line.strip() == "# BEGIN SOLUTION":
            target = inside
        elif line.strip() == "# END SOLUTION":
            target = None
        else:
            (outside if target is None else target).append(line)
    return inside, outside


def arrays(value, place="result"):
    """Yield (place, array) for every array and every NumPy number in a nested value."""
    if isinstance(value, (np.ndarray, np.generic)):
        yield place, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from arrays(item, f"{place}[{key!r}]")
    elif isinstance(value, (list, tuple)):
        for i, item in enumerate(value):
            yield from arrays(item, f"{place}[{i}]")


def floats(value):
    """Yield the arrays of a nested value that hold floats: a cache may hold indices and masks as well."""
    yield from ((place, array) for place, array in arrays(value) if array.dtype.kind == "f")


def name_of(function):
    return f"{function.__module__.removeprefix('reference.')}.{function.__name__}"


def moves_state(function):
    """Whether the function is meant to change a dict: running statistics, and the state of an optimizer."""
    return not {"bn_param", "config"}.isdisjoint(inspect.signature(function).parameters)


def without_cache(function, result):
    """Leave out the last result of a layer's forward pass, which may be made of anything."""
    return result[:-1] if function.__name__.removesuffix("_naive").endswith("_forward") else result


def test_the_functions_are_those_of_the_three_assignments():
    assert set(FUNCTIONS) == set(EQUATIONS)
    assert {name_of(function) for function, _ in every_call("float64")} == set(EQUATIONS)


@pytest.mark.parametrize("name", EQUATIONS)
def test_a_docstring_cites_its_equations_and_has_every_part(name):
    text = ast.get_docstring(FUNCTIONS[name][1])
    assert EQUATIONS[name] <= set(re.findall(EQUATION, text))
    assert re.match(rf"({VERBS}) .*[.]$", text.splitlines()[0])
    parts = [text.index("\nShapes\n"), text.index("\nSource: ")]
    raises = {"sigma", "bn_param", "dropout_param", "mask"} & {arg.arg for arg in FUNCTIONS[name][1].args.args}
    if raises and name != "temporal.temporal_softmax_loss":
        parts.insert(1, text.index("\nRaises\n"))
    assert parts == sorted(parts)


def test_every_equation_is_cited():
    docstrings = " ".join(ast.get_docstring(node) for _, node in FUNCTIONS.values())
    cited = set().union(*EQUATIONS.values())
    assert set(re.findall(r"\[([A-Z]+-\d+|CS:[\w.]+)\]", docstrings)) == cited


@pytest.mark.parametrize("name", MARKED)
def test_the_markers_enclose_the_whole_body_after_the_docstring(name):
    lines, node = MARKED[name]
    docstring, *body = node.body
    marked = [line for line in lines[docstring.end_lineno : node.end_lineno + 1] if line.strip()]
    assert marked[0] == "    # BEGIN SOLUTION"
    assert marked[-1] == "    # END SOLUTION"
    assert sum("SOLUTION" in line for line in marked) == 2
    assert body


@pytest.mark.parametrize("assignment", TOPICS)
def test_no_line_of_a_solution_shows_outside_the_markers(assignment):
    shown, solved = [], []
    for path in PATHS.values():
        inside, outside = split(path.read_text(encoding="utf-8"))
        shown += ["".join(line.split()) for line in outside]
        if path.stem in TOPICS[assignment]:
            solved += ["".join(line.split()) for line in inside]
    assert [line for line in solved if len(line) >= 12 and any(line in other for other in shown)] == []


@pytest.mark.parametrize("assignment", TOPICS)
def test_a_topic_imports_numpy_and_topics_that_its_assignment_has_alone(assignment):
    allowed = {"numpy", *(f"reference.{topic}" for topic in TOPICS[assignment] + SHARED.get(assignment, ()))}
    for topic in TOPICS[assignment]:
        for node in ast.walk(ast.parse(PATHS[topic].read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module in allowed
            elif isinstance(node, ast.Import):
                assert {alias.name for alias in node.names} <= allowed


@pytest.mark.parametrize("kind", ["float32", "float64", "longdouble"])
def test_results_have_the_precision_of_the_arguments(kind):
    for function, args in every_call(kind):
        if not any(array.dtype == kind for _, array in arrays(args)):
            continue  # a Jacobian that is asked for by its size
        result = function(*args)
        found = [*arrays(without_cache(function, result)), *floats(result)]
        assert found
        for place, array in found:
            assert array.dtype == np.dtype(kind), f"{name_of(function)}: {place} is {array.dtype}"


def test_longdouble_never_passes_through_double():
    if np.finfo(np.longdouble).eps == np.finfo(float).eps:
        pytest.skip("longdouble is double on this platform")
    zeros_and_ones = ("relu_jacobian", "weight_jacobian", "activation_derivative")
    for function, args in every_call("longdouble"):
        if function.__name__ not in zeros_and_ones and any(True for _ in arrays(args)):
            for place, array in arrays(without_cache(function, function(*args))):
                # A dead relu layer is all 0, and the bias before a batch normalisation has a gradient of mere rounding.
                wide = np.any(array != array.astype(float)) or np.max(np.abs(array)) < 1e-15
                assert wide, f"{name_of(function)}: {place} has no more than a double's digits"


@pytest.mark.parametrize("kind", ["float64", "longdouble"])
def test_arguments_stay_as_they_were_and_results_are_new_arrays(kind):
    for function, args in every_call(kind):
        # `given` are the arrays from before the call: a bn_param or config may get others, but none is written into.
        before, given = copy.deepcopy(args), list(arrays(args, "argument"))
        result = function(*args)
        for after in (given,) if moves_state(function) else (given, arrays(args)):
            kept = zip(arrays(before), after, strict=True)
            assert all(np.array_equal(old, new) for (_, old), (_, new) in kept), name_of(function)
        for place, array in arrays(without_cache(function, result)):
            shared = [where for where, argument in given if np.shares_memory(array, argument)]
            assert shared == [], f"{name_of(function)}: {place} shares memory with {shared}"


def test_two_equal_calls_give_equal_results():
    for (function, args), (_, same) in zip(every_call("float64"), every_call("float64"), strict=True):
        again = zip(arrays(function(*args)), arrays(function(*same)), strict=True)
        assert all(np.array_equal(one, other) for (_, one), (_, other) in again), name_of(function)


def test_numerical_jacobian_leaves_no_shift_in_x():
    x = np.array([0.1, 0.7])
    seen = []
    numerical_jacobian(lambda point: (seen.append(point), point)[1], x, 1e-3)
    assert x.tolist() == [0.1, 0.7]
    assert all(not np.shares_memory(point, x) for point in seen)
