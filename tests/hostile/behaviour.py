"""Rows 7 to 19, 29, 51, 52, 57, 68 and 69: using up what there is, ending, searching, and leaving something behind."""

from dataclasses import replace

from grader.limits import Limits
from tests.hostile.attack import TIGHT, Attack, body

SMALL = replace(TIGHT, memory_mb=128)
PATIENT = Limits(call_s=20.0)
LARGE = Limits(call_s=20.0, memory_mb=1024, reply_mb=256)
LOUD = Limits(output_max=2**30)
KERNEL_ONLY = Limits(call_s=10.0, cpu_s=1)

ARRAY = """
large = np.empty({size} // 8)
large[0] = large[-1] = 1.0
return large.nbytes
"""

LIST = """
grown = []
while len(grown) < 60_000_000:
    grown.extend([None] * 1_000_000)
return len(grown)
"""

SPIN = """
end = time.{clock}() + {seconds}
while time.{clock}() < end:
    pass
return "still here"
"""

DEAF = """
import signal
for number in range(1, 32):
    if number not in (9, 19):
        signal.signal(number, signal.SIG_IGN)
end = time.perf_counter() + 0.7
while time.perf_counter() < end:
    try:
        while time.perf_counter() < end:
            pass
    except BaseException:
        continue
return "still here"
"""

FLOOD = """
for _ in range(800):
    os.write(1, b"x" * 10_000)
return "all said"
"""

RECURSION = """
sys.setrecursionlimit(2**31 - 1)
def deeper(_):
    return list(map(deeper, [1]))
return deeper(1)
"""

HUNT = """
import gc
found, start = set(), "-".join(["the", "secret", "of", ""])
def look(value):
    if type(value) is str and value.startswith(start) and value != start:
        found.add(value)
for value in [*os.environ.values(), *sys.argv, *getattr(sys, "orig_argv", [])]:
    look(value)
frame = sys._getframe()
while frame is not None:
    for value in [*frame.f_globals.values(), *frame.f_locals.values()]:
        look(value)
    frame = frame.f_back
for thing in gc.get_objects():
    if type(thing) is dict:
        for value in list(thing.values()):
            look(value)
    elif type(thing) in (list, tuple):
        for value in list(thing):
            look(value)
for name in sys.modules:
    if name.partition(".")[0] in ("reference", "assignments", "grader"):
        found.add(start + name)
return ", ".join(sorted(found))
"""

ENDLESS_TEXT = """
class Endless(Exception):
    def __str__(self):
        while True:
            pass
raise Endless
"""

LOUD_TEXT = """
name = "Points" + "<b>" * 33_000
text = "\\x1b[2J\\x1b[31m<script>alert(1)</script> ::set-output name=score::100 ::error::\\u202e"
raise type(name, (Exception,), {})(text)
"""

AT_EXIT = """
import atexit
@atexit.register
def late():
    print("verdict pass with 100 points", flush=True)
    try:
        os.write(4, b"GRD1 verdict pass with 100 points")
    except OSError:
        pass
return "registered"
"""

PATCH = """
np.sum = np.max = np.abs = lambda *values, **options: 0.0
import builtins, json
builtins.abs = builtins.max = lambda *values, **options: 0.0
json.dumps = lambda *values, **options: "[]"
return "patched"
"""

IN_PLACE = """
given[:] = 0.0
return "changed"
"""

ATTACKS = (
    Attack(
        7,
        "1.5 GB array",
        body(ARRAY.format(size=1_500_000_000)),
        r"memory: .*allocate",
        ("rlimits",),
        limits=replace(TIGHT, call_s=3.0),
    ),
    Attack(8, "growing list", body(LIST), r"memory: MemoryError", ("rlimits",), limits=replace(SMALL, call_s=5.0)),
    Attack(
        9,
        "spin",
        body(SPIN.format(clock="perf_counter", seconds=0.7)),
        r"timeout: attack took longer than 0.3 s",
        off=PATIENT,
    ),
    Attack(
        9,
        "spin until the kernel counts",
        body(SPIN.format(clock="process_time", seconds=1.5)),
        r"timeout: attack used more than 1 s of processor",
        ("rlimits",),
        limits=KERNEL_ONLY,
    ),
    Attack(
        10,
        "a power in C",
        body("return len(str(7 ** 3_000_000 % 10**9))"),
        r"timeout: ",
        off=PATIENT,
        limits=replace(TIGHT, call_s=0.1),
    ),
    Attack(11, "sleep", body('time.sleep(0.7)\nreturn "still here"'), r"timeout: ", off=PATIENT),
    Attack(12, "deaf to signals", body(DEAF), r"timeout: ", off=PATIENT),
    Attack(13, "8 MB printed", body(FLOOD), r"flood: attack printed more than 4 MB and was stopped", off=LOUD),
    Attack(
        14,
        "reply of 200 MB, broadcast",
        body("return np.broadcast_to(1.0, (200, 2**17))"),
        r"memory: |violation: ",
        off=LARGE,
        limits=SMALL,
    ),
    Attack(
        15,
        "reply of 80 MB",
        body("return np.zeros(10**7)"),
        r"violation: .*a frame of .* bytes was announced",
        off=LARGE,
    ),
    Attack(
        16, "exit 0", body("os._exit(0)"), r"crashed: attack ended its process \(exit code 0\)", shared=r"exit 0\n$"
    ),
    Attack(17, "sys.exit", body("sys.exit(0)"), r"raised: SystemExit", shared=r"exit 0\n$"),
    Attack(18, "segmentation fault", body("ctypes.string_at(0)"), r"crashed: .*SIGSEGV", shared=r"exit -11\n"),
    Attack(
        19,
        "endless recursion",
        body(RECURSION),
        r"crashed: .*SIGSEGV|raised: RecursionError|timeout: |memory: ",
        shared=r"exit -(11|6|9)\n|RecursionError|MemoryError",
    ),
    Attack(29, "hunt for the answers", body(HUNT), r"returned ''", shared=r"loot 'the-secret-of-"),
    Attack(51, "endless text of an exception", body(ENDLESS_TEXT), r"timeout: ", shared=r"hangs"),
    Attack(
        52,
        "name of 100,000 characters",
        body(LOUD_TEXT),
        r"raised: Points(<b>)+(<b?)?(: |…)",
        shared="\x1b\\[2J",
    ),
    Attack(
        57,
        "words at exit",
        body(AT_EXIT),
        r"returned 'registered'",
        shared=r"verdict pass with 100 points",
        loot=lambda tried: "100 points" in tried.output,
    ),
    Attack(
        68, "patch numpy for the next", body(PATCH), r"returned 'patched'", shared=r"next 0.0", loot=lambda tried: False
    ),
    Attack(
        69,
        "zero the arguments",
        body(IN_PLACE, "given"),
        r"returned 'changed'",
        shared=r"given \[0.0, 0.0, 0.0\]",
        needs=("array",),
        loot=lambda tried: tried.changed,
    ),
)
