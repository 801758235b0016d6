"""Two submissions that go for everything within reach, in a class of honest ones."""

from tests.hostile.mishaps import solution

BREAK_OUT = """
import atexit, ctypes, os, signal, socket, sys, threading, time

def tried(act, *args):
    try:
        return act(*args)
    except BaseException:
        return None

def everything():
    for path in ("/tmp/loot", "/dev/shm/loot", "/var/tmp/loot", "loot", "grades.csv", "../grades.csv"):
        tried(lambda: open(path, "a").write("loot"))
    for folder in ("/tmp", ".", "/dev/shm"):
        tried(lambda: [open(os.path.join(folder, name), "w") for name in os.listdir(folder)])
    for target in (os.getppid() or 1, 1, 0, -1):
        tried(os.kill, target, signal.SIGKILL)
    for _ in range(20):
        tried(os.fork)
        tried(lambda: threading.Thread(target=time.sleep, args=(60,)).start())
        tried(lambda: socket.socket().bind(("127.0.0.1", 0)))
        tried(lambda: socket.socket(socket.AF_UNIX).bind("\\0loot"))
        tried(os.memfd_create, "loot")
    tried(lambda: os.execv("/bin/sh", ["sh", "-c", "sleep 60"]))
    for number in range(5, 40):
        tried(os.write, number, b"loot")
atexit.register(everything)
everything()
"""

MALLORY = (
    BREAK_OUT
    + """
import numpy as np
np.random.seed = np.allclose = np.array_equal = lambda *a, **k: True

def scores(X, W, b):
    everything()
    return X @ W + b

def softmax(F):
    while True:
        print("x" * 10_000)
    return F

def cross_entropy(F, y):
    os.write(4, b"GRD1" + b"\\xff" * 100)
    return 0.0

def scores_gradient(F, y):
    os._exit(0)
    return F

def bias_gradient(dF):
    return np.broadcast_to(1.0, (2**16, 2**16))

def input_gradient(dF, W):
    ctypes.string_at(0)
    return dF

def softmax_jacobian(f):
    return bytearray(2**33)
"""
)

TRUDY = (
    BREAK_OUT
    + """
def softmax_jacobian(f):
    for number in range(1, 32):
        tried(signal.signal, number, signal.SIG_IGN)
    while True:
        tried(everything)
    return f

class Trap(Exception):
    def __str__(self):
        return "\\x1b[2J\\ud800<script>" + "x" * 10**7

def bias_gradient(dF):
    raise Trap
    return dF

def weight_gradient(X, dF):
    X[...] = 0
    everything()
    return np.full((X.shape[1], dF.shape[1]), np.nan)
"""
)


def hostile():
    return {"mallory": {"answers.py": MALLORY}, "trudy": {"answers.py": solution("softmax_classifier") + TRUDY}}


def honest(count):
    """So many students: right, with a mean for a sum, and with half of it missing, in turns."""
    right = solution("softmax_classifier")
    wrong = right + "\ndef bias_gradient(dF):\n    return dF.mean(axis=0)\n"
    half = right.partition("def softmax_classifier_loss")[0]
    return {f"student{n:02}": {"answers.py": (right, wrong, half)[n % 3]} for n in range(count)}
