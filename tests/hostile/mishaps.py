"""Things that happen to honest students: one function goes wrong, in a solution that is right."""

import re

from tests.hostile.ground import ROOT

LOOP = "\ndef softmax_jacobian(f):\n    while True:\n        pass\n    return f\n"
AT_IMPORT = "\nwhile True:\n    pass\n"
DEAF = """
import signal
def softmax_jacobian(f):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, signal.SIG_IGN)
    while True:
        try:
            while True: pass
        except BaseException:
            continue
    return f
"""
EXIT = "\nimport os\ndef softmax_jacobian(f):\n    os._exit(0)\n    return f\n"
SEGFAULT = "\nimport ctypes\ndef softmax_jacobian(f):\n    ctypes.string_at(0)\n    return f\n"
SYNTAX = "\ndef softmax_jacobian(f):\n    return np.diag(f\n\nx = 1\n"
MEMORY = "\ndef softmax_jacobian(f):\n    return np.ones((2**29,)).reshape(1, -1) * f[0]\n"
PRINTS = "\ndef softmax_jacobian(f):\n    print('x' * 10**8)\n    return inner_softmax_jacobian(f)\n"
PRINT = "\ndef softmax_jacobian(f):\n    print('f is', f)\n    return inner_softmax_jacobian(f)\n"
FLOAT32 = "\ndef softmax_jacobian(f):\n    return inner_softmax_jacobian(f.astype(np.float32)).astype(np.float32)\n"
KEEPDIMS = """
def affine_backward(dout, cache):
    dx, dw, db = inner_affine_backward(dout, cache)
    return dx, dw, db[None, :]
"""
IN_PLACE = """
def affine_backward(dout, cache):
    result = inner_affine_backward(dout, cache)
    dout *= 0.5
    return result
"""


def solution(assignment):
    """The whole solution in one text."""
    folder = ROOT / "tests" / "styles" / assignment / "vectorised"
    text = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.py")))
    return "import numpy as np\n" + re.sub(r"(?m)^(from|import) .*\n", "", text).replace("affine.", "")


def apart(text):
    """The same with every function calling copies of the others, which nobody will replace."""
    names = re.findall(r"(?m)^def (\w+)", text)
    inner = re.sub(rf"\b({'|'.join(names)})\(", r"inner_\1(", text)
    return inner + "".join(f"\n{name} = inner_{name}" for name in names) + "\n"
