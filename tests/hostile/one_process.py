"""A grader as most are: the student's code runs in the process that holds the answers, the seed and the verdict.

Here every attack that needs no more than that gets its loot; what it does is written on standard output.
"""

import os
import sys

import numpy as np

SEED = "the-secret-of-this-run"
os.environ["GRADER_SEED"] = SEED
os.dup2(os.open(__file__, os.O_RDONLY), 77)
given, right = np.ones(3), np.array([1.0, 2.0, 3.0])
names = {}
exec(compile(sys.stdin.buffer.read(), "attack.py", "exec"), names)
try:
    loot = names["attack"](*[given] * names["attack"].__code__.co_argcount)
except Exception as error:
    print(type(error).__name__, error)
else:
    print("loot", repr(loot))
    try:
        wrong = (abs(loot - right) > 1e-9).any() if not isinstance(loot, float) else abs(loot - 1.0) > 1e-9
        print("verdict", "fail" if wrong else "pass")
    except Exception as error:
        print(type(error).__name__, "ended the grader")
print("given", given.tolist())
print("next", np.sum(np.ones(3)))
with open("/proc/self/status", encoding="ascii") as status:
    print("peak", int(next(line for line in status if line.startswith("VmHWM")).split()[1]) // 1024, "MB")
