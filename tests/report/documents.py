"""Result documents made by hand, as the reports are shown them."""

from grader.document import CheckResult, Diagnosis, Document, Isolation, TaskResult

TRACEBACK = (
    "raises an exception in case 'example' (N = 2, D = 3, K = 2): ValueError: shapes do not fit; Traceback:\n"
    '  File "layers.py", line 12, in weight_gradient\n'
    "    return X @ dF"
)


def check(
    name,
    status="pass",
    points=1,
    message="right in 6 cases, within tolerance",
    visibility="hidden",
    diagnosis=None,
    evidence=None,
):
    score = points if status in ("pass", "warn") else 0
    return CheckResult(
        name=name,
        status=status,
        visibility=visibility,
        score=score,
        max_score=points,
        message=message,
        diagnosis=diagnosis,
        evidence=evidence or {},
    )


def task(name, *checks, equations=("AS-1",)):
    score, most = sum(each.score for each in checks), sum(each.max_score for each in checks)
    return TaskResult(name=name, score=score, max_score=most, equations=equations, checks=checks)


def document(submission, *tasks, assignment="softmax_classifier", messages=(), needs_review=False):
    return Document(
        assignment=assignment,
        submission=submission,
        sha256="ab" * 32,
        grader_version="0.1.0",
        seed_id="0123456789abcdef",
        audience="instructor",
        environment={"python": "3.11.7", "numpy": "2.0.0", "blas": "openblas 0.3", "platform": "Linux x86_64"},
        isolation=Isolation(1, "not confined; run only code that you trust"),
        score=sum(each.score for each in tasks),
        max_score=sum(each.max_score for each in tasks),
        needs_review=needs_review,
        tasks=tasks,
        messages=messages,
    )


SCORES = task("scores", check("F has shape (N, K)"), check("F is right", points=2))
STUB = "cross_entropy is still the stub"
FLOAT32 = "P has the right values in single precision (float32); compute in float64"
WRONG = (
    "dF differs from the true derivative in all 8 cases: case 'generic' (N = 7, K = 3): "
    "dF[0, 1] is 0.14; expected 0.98 (21 of 21 entries differ)"
)

ALICE = document("alice", SCORES, task("softmax", check("P has shape (N, K)"), check("P is right", points=2)))

BOB = document(
    "bob",
    SCORES,
    task("softmax", check("P has shape (N, K)"), check("P is right", "warn", 2, FLOAT32)),
    task("cross_entropy", check("loss is one number", "absent", 1, STUB), check("loss is right", "absent", 1, STUB)),
    task(
        "scores_gradient",
        check("dF has shape (N, K)"),
        check("dF is the true derivative", "fail", 1.5, WRONG),
        check(
            "numeric check: agrees with the slope of your own forward pass",
            "blocked",
            1.5,
            "needs a right cross_entropy (it is absent)",
        ),
    ),
    task(
        "weight_gradient",
        check("dW has shape (D, K)", "raised", 1, TRACEBACK),
        check("dW is the true derivative", "raised", 2, TRACEBACK),
    ),
    messages=("layers.py: the last of 2 definitions of scores counts (line 40)",),
)

JOSE = document(
    "José",
    task(
        "output_delta",
        check("D has shape (n_L, 1)"),
        check("D is right", "fail", 2, "D is 0.5 × ∂C/∂h ⊙ σ'(z); expected ‖D‖ ≤ 1 … 王"),
    ),
    task(
        "bias_gradient", check("db is right", "error", 1, "the grader failed (OSError); this check needs an instructor")
    ),
    assignment="deep_mlp",
    needs_review=True,
)

EMIL_SAID = (
    "dz is 7 × what it should be, and N = 7. Look at MLP-8 again. What happens to the loss, and what to your gradient, "
    "when every example is in the batch twice?"
)
EMIL_NAME = Diagnosis("missing-1/N", EMIL_SAID)
CARD = {
    "case": "generic",
    "sizes": {"N": 7, "C": 5},
    "output": "dz",
    "index": [1, 2],
    "got": -0.98,
    "expected": -0.14,
    "wrong_entries": 4,
    "entries": 10,
    "card": {
        "output": "dz",
        "dtype": "float64",
        "shape": [2, 5],
        "expected_shape": [2, 5],
        "axes": [["N", "example", 2], ["C", "class", 5]],
        "map": ["..9..", "9.96x"],
        "block": [1, 1],
    },
}
EMIL_WRONG = "dz differs from the true derivative in 8 of 9 cases"
EMIL = document(
    "emil",
    task(
        "softmax_loss",
        check("loss is one number"),
        check("dz is the true derivative", "fail", 3, EMIL_WRONG, diagnosis=EMIL_NAME, evidence=CARD),
        check("numeric check: agrees with the slope of your own forward pass", "fail", 1, "claims 7 × the slope"),
        equations=("MLP-6", "MLP-8"),
    ),
    task(
        "two_layer_loss",
        check("loss is right", points=2),
        check("grads are the true derivative", "fail", 4, "grads differ", diagnosis=EMIL_NAME),
        check("grads are finite and right for scores of ±1e4", "fail", 1, "grads differ", diagnosis=EMIL_NAME),
        check("grads are the same for one-hot labels", "fail", 1, "grads differ", diagnosis=EMIL_NAME),
        check("numeric check: agrees with the slope of your own forward pass", "fail", 1, "claims 7 × the slope"),
        equations=("MLP-8", "MLP-10"),
    ),
    task(
        "train",
        check("trained is right", "blocked", 2, "train is wrong only because two_layer_loss is"),
        check("losses are right", "blocked", 1, "train is wrong only because two_layer_loss is"),
        equations=("MLP-20",),
    ),
    assignment="two_layer_mlp",
)

EVIL_NAME = "\x1b[2J\x1b]0;x\x07[red]<script>alert(1)</script>|::error::|@all"
EVIL_SAID = "=cmd()\n\x1b[31m<img src=x onerror=alert(1)> {{ 7 * 7 }} {% raw %} ]]> <!-- \u202e"
EVIL = document(
    EVIL_NAME,
    task(
        "scores",
        check(EVIL_NAME, "raised", 1, EVIL_SAID),
        check("F is right", "fail", 2, EVIL_SAID, evidence={**CARD, "got": "<b>nan</b>", "output": EVIL_NAME}),
    ),
    messages=(EVIL_SAID,),
)
