"""Hostile and hapless code: every guard is seen to bite, and the rest of the submission is answered all the same."""

from __future__ import annotations

import sys
import time

import numpy as np
import pytest

from grader.limits import Limits
from grader.questions import Call, Question, Ref, Returned
from grader.sandbox import SandboxError
from grader.sandbox.process import Process
from grader.sandbox.session import Session

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs signals or the resource module")
linux = pytest.mark.skipif(sys.platform != "linux", reason="needs a kernel that honours RLIMIT_AS")

GOOD = "\ndef good(x):\n    return x + 1\n"

WIRE = '''
import struct, json, sys, os

def wire():
    """Everything that the worker knows, an attacker in the same process knows too."""
    frame = sys._getframe()
    found = {}
    while frame is not None:
        if frame.f_code.co_name in ("_ask", "_put"):
            found = {"desk": frame.f_locals["self"], "request": frame.f_locals["request"]}
        frame = frame.f_back
    return found["desk"]._replies, found["request"]

def frame(header, payload=b"", sizes=None):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<4sIQ", b"GRD1", *(sizes or (len(text), len(payload)))) + text + payload

def forge(index, value):
    out, request = wire()
    out.write(frame({"nonce": request["nonce"] + index, "result": ["t", value, None], "score": 100}))
'''


def one_by_one(confined):
    """As a submission is asked after its first death: each call with a reply of its own."""
    confined._careful = True
    return confined


CASES = {
    "endless loop": ("while True: pass", "timeout", "f took longer than 1 s and was stopped"),
    "sleep": ("import time; time.sleep(100)", "timeout", "f took longer than 1 s"),
    "loop in C": ("return 7 ** (10 ** 9)", "timeout", "f took longer than 1 s"),
    "endless text": (
        "class E(Exception):\n        def __str__(self):\n            while True: pass\n    raise E",
        "timeout",
        "f took longer than 1 s",
    ),
    "endless conversion": (
        "class A:\n        def __array__(self, *a, **k):\n            while True: pass\n    return A()",
        "timeout",
        "f took longer than 1 s",
    ),
    "swallows interrupts": (
        "import signal\n    for s in (2, 15): signal.signal(s, signal.SIG_IGN)\n"
        "    while True:\n        try:\n            while True: pass\n        except BaseException: pass",
        "timeout",
        "f took longer than 1 s",
    ),
    "exit 0": ("import os; os._exit(0)", "crashed", "f ended its process (exit code 0)"),
    "exit 3": ("import os; os._exit(3)", "crashed", "f ended its process (exit code 3)"),
    "prints endlessly": ("while True: print('x' * 1000)", "flood", "f printed more than 4 MB and was stopped"),
    "prints 100 MB": ("print('x' * 10**8); return 1", "flood", "f printed more than 4 MB"),
    "writes 100 MB to 2": ("import os\n    for _ in range(10**4): os.write(2, b'x' * 10**4)", "flood", "f printed"),
    "garbage": ("wire()[0].write(b'give me a hundred points, please'); return 1", "violation", "f broke the protocol"),
    "wrong nonce": (
        "wire()[0].write(frame({'nonce': 1, 'result': ['t', 1, None]})); return 1",
        "violation",
        "f broke the protocol: a reply is to another question",
    ),
    "nonce is true": ("wire()[0].write(frame({'nonce': True})); return 1", "violation", "f broke the protocol"),
    "header of 4 GB": ("wire()[0].write(frame(b'', sizes=(2**32 - 1, 0))); return 1", "violation", "f broke"),
    "payload of 2^63": ("wire()[0].write(frame(b'{}', sizes=(2, 2**63))); return 1", "violation", "f broke"),
    "reply of 80 MB": ("import numpy; return numpy.zeros(10**7)", "violation", "f broke the protocol: a frame of"),
    "nested header": ("wire()[0].write(frame(b'[' * 60000)); return 1", "violation", "f broke the protocol"),
    "NaN in a header": ("wire()[0].write(frame(b'{\"nonce\": NaN}')); return 1", "violation", "f broke the protocol"),
    "verdict alone": (
        "out, request = wire(); out.write(frame({'nonce': request['nonce'] + 0, 'score': 100})); return 1",
        "violation",
        "f broke the protocol: a reply has no result",
    ),
    "status of ours": (
        "out, r = wire(); out.write(frame({'nonce': r['nonce'] + 0, 'failed': ['pass', '', '']})); return 1",
        "violation",
        "f broke the protocol: a failure is not described",
    ),
    "object array": ("forge(0, ['a', '|O', 1]); return 1", "violation", "f broke the protocol"),
    "half a frame": (
        "wire()[0].write(frame({'nonce': 1})[:10]); import time; time.sleep(100); return 1",
        "timeout",
        "f took longer than 1 s",
    ),
    "closes the wire": (
        "import time; wire()[0].close(); time.sleep(100); return 1",
        "crashed",
        "f closed the connection to the grader",
    ),
    "patches the worker": (
        "sys.modules['_worker.calling'].pack = sys.modules['_worker.serve'].pack = None; return 1",
        "crashed",
        "f ended its process",
    ),
}


@pytest.mark.parametrize(("body", "status", "message"), CASES.values(), ids=CASES)
def test_a_guard_bites_and_the_rest_is_answered(opened, body, status, message):
    confined = opened(f"{WIRE}{GOOD}\ndef f(x):\n    {body}\n    return 1\n", "f good")
    calls = (Call("good", (1,)), Call("f", (1,)), Call("good", (2,)), Call("f", (1,)))
    first, bad, then, again = confined.ask(Question(calls[:1])) + confined.ask(Question(calls[1:]))
    assert (first.value, then.value) == (2, 3)
    assert bad.status == status
    assert bad.message.startswith(message)
    assert again is bad
    assert len(confined.output) <= 64 * 1024


@posix
def test_a_segfault_is_a_crash(opened, put):
    confined = opened("import ctypes\ndef f(x):\n    ctypes.string_at(0)\n    return 1" + GOOD, "f good")
    assert put(confined, "f", 1).message == "f crashed its process (SIGSEGV)"
    assert put(confined, "good", 1).value == 2


@linux
def test_memory_is_limited(opened, put):
    text = (
        "import numpy as np\ndef f(n): return float(np.ones(n // 8).sum())\ndef g(n): return len(bytearray(n))" + GOOD
    )
    confined = opened(text, "f g good")
    assert put(confined, "f", 100_000_000).value == 12_500_000.0
    for name in ("f", "g"):
        answer = put(confined, name, 4_000_000_000)
        assert answer.status == "memory"
        assert "MemoryError" in answer.message
    assert put(confined, "good", 1).value == 2


@posix
def test_processor_time_is_limited(opened, put):
    confined = opened("def f(x):\n    while True: pass\n    return 1", limits=Limits(call_s=10, cpu_s=1))
    answer = put(confined, "f", 1)
    assert (answer.status, answer.message) == ("timeout", "f used more than 1 s of processor time and was stopped")


def test_a_forged_reply_is_a_value_and_nothing_more(opened):
    """Right nonce, right form, points claimed, the honest reply held back: it says what a reply may say, no more."""
    hold_back = "sys.modules['_worker.calling'].pack = lambda header, parts: b''"
    text = f"{WIRE}\ndef f(x):\n    forge(0, 5)\n    {hold_back}\n    return 1"
    (answer,) = opened(text).ask(Question((Call("f", (1,)),)))
    assert type(answer) is Returned
    assert (answer.value, answer.args, answer.cpu_s) == (5, None, None)


def test_two_replies_are_a_violation(opened, put):
    confined = opened(f"{WIRE}{GOOD}\ndef f(x):\n    forge(0, 5)\n    return 1", "f good")
    assert put(confined, "f", 1).message == "f broke the protocol: a reply is to another question"
    assert put(confined, "good", 1).value == 2


def test_an_answer_to_a_later_call_is_a_violation(opened):
    text = WIRE + "\ndef f(x):\n    forge(1, 5)\n    return 1\ndef g(x): return 2"
    f, g = opened(text, "f g").ask(Question((Call("f", (1,)), Call("g", (1,)))))
    assert f.status == "violation"
    assert g.value == 2


@pytest.mark.parametrize("backend", [Process])
def test_a_reply_after_the_last_answer_is_a_violation(opened):
    """A thread that writes between two questions: nobody has asked for its frame."""
    text = (
        WIRE
        + """
import threading, time
def f(x):
    out, request = wire()
    def later():
        time.sleep(0.2)
        out.write(frame({"nonce": 1, "result": ["t", 1, None]}))
    threading.Thread(target=later).start()
    return x
def g(x): return x
"""
    )
    confined = one_by_one(opened(text, "f g"))
    (f,) = confined.ask(Question((Call("f", (1,)),)))
    assert f.value == 1
    time.sleep(0.6)
    (g,) = confined.ask(Question((Call("g", (1,)),)))
    assert g.message == "g broke the protocol: a reply came that nobody had asked for"


def test_what_breaks_the_protocol_at_once_is_asked_again_and_noted(opened):
    confined = opened(f"{WIRE}{GOOD}\ndef f(x):\n    forge(0, 7)\n    return 1\n", "f good")
    first, bad, then = confined.ask(Question((Call("good", (1,)), Call("f", (1,)), Call("good", (2,)))))
    assert (first.value, bad.status, then.value) == (2, "violation", 3)
    assert any("broke the protocol" in note and "one by one" in note for note in confined.notes)


def test_calls_that_are_slow_together_have_each_their_own_time(opened):
    text = "import time\ndef f(x):\n    time.sleep(0.5)\n    return x\n"
    confined = opened(text, "f", Limits(call_s=1.0))
    answers = confined.ask(Question(tuple(Call("f", (i,)) for i in range(4))))
    assert [answer.value for answer in answers] == [0, 1, 2, 3]
    assert not confined.notes


def test_a_child_that_never_reads_holds_nobody_up(opened):
    text = (
        WIRE
        + """
def f(x):
    out, request = wire()
    forge(0, 1)
    out.write(frame({"nonce": request["nonce"] + 1}))
    import time
    time.sleep(100)
    return 1
def g(x): return float(x.sum())
"""
    )
    confined = one_by_one(opened(text, "f g"))
    (f,) = confined.ask(Question((Call("f", (1,)),)))
    assert f.value == 1
    start = time.perf_counter()
    bad, good = confined.ask(Question((Call("g", (np.ones(2_500_000),)), Call("f", (1,)))))
    assert bad.status == "timeout"
    assert good.value == 1
    assert time.perf_counter() - start < 5


def test_an_answer_before_its_question_was_read_is_a_violation(opened):
    text = (
        WIRE
        + """
def f(x):
    import threading, time
    desk_out, request = wire()
    forge(0, 1)
    desk_out.write(frame({"nonce": request["nonce"] + 1}))
    os.read(sys._getframe(5).f_locals["requests"].fileno(), 16)
    head = os.read(sys._getframe(5).f_locals["requests"].fileno(), 300)
    text = head.decode("latin-1")
    import re
    call = int(re.search(r'"nonce": (\\d+)', text).group(1))
    desk_out.write(frame({"nonce": call, "result": ["t", 7, None]}))
    desk_out.write(frame({"nonce": call + 1}))
    time.sleep(100)
    return 1
def g(x): return 2
"""
    )
    confined = one_by_one(opened(text, "f g"))
    confined.ask(Question((Call("f", (1,)),)))
    (forged,) = confined.ask(Question((Call("g", (np.ones(2_500_000),)),)))
    assert forged.value == 7
    (caught,) = confined.ask(Question((Call("g", (1,)),)))
    assert caught.message == "g broke the protocol: a reply came before its question had been read"


IMPORTS = {
    "loop": ("while True: pass", "timeout", "bad.py took longer than 1 s and was stopped while it was imported"),
    "exit": ("import os; os._exit(0)", "crashed", "bad.py ended its process (exit code 0) while it was imported"),
    "flood": ("while True: print('x' * 1000)", "flood", "bad.py printed more than 4 MB"),
}


@pytest.mark.parametrize(("top", "status", "message"), IMPORTS.values(), ids=IMPORTS)
def test_an_import_that_kills_costs_its_file_and_is_not_tried_again(opened, put, top, status, message):
    limits = Limits(call_s=1.0, load_s=1.0)
    confined = opened({"bad.py": f"def f(x): return 1\n{top}", "fine.py": GOOD}, "f good", limits)
    start = time.perf_counter()
    for _ in range(3):
        answer = put(confined, "f", 1)
        assert answer.status == status
        assert answer.message.startswith(message)
        assert put(confined, "good", 1).value == 2
    assert time.perf_counter() - start < 1.0


def test_source_that_kills_the_reader_costs_its_file(opened, put, monkeypatch):
    read, asked = Session.read, []

    def dies_of_bombs(self, paths):
        """Some versions of Python die of some texts; which they are is not to be relied upon."""
        asked.append(tuple(paths))
        found = read(self, paths)
        if "bomb.py" in paths:
            from grader.sandbox.death import Death

            self.close()
            raise Death("crashed", "crashed its process (SIGSEGV)")
        return found

    monkeypatch.setattr(Session, "read", dies_of_bombs)
    files = {"bomb.py": "def f(x): return 1", "a.py": "def g(x): return 1", "b.py": "def g(x): return 2", "c.py": GOOD}
    confined = opened(files, "f g good")
    assert confined.notes == ("bomb.py cannot be read: its reader crashed its process (SIGSEGV)",)
    assert put(confined, "g", 1).needs_review
    assert put(confined, "good", 1).value == 2
    assert put(confined, "f", 1).status == "absent"


def test_after_eight_deaths_nothing_more_is_asked(opened):
    names = [f"f{i}" for i in range(9)]
    text = "import os\n" + "".join(f"def {name}(x):\n    os._exit(1)\n    return 1\n" for name in names) + GOOD
    confined = opened(text, " ".join([*names, "good"]))
    answers = confined.ask(Question(tuple(Call(name, (1,)) for name in [*names, "good"])))
    assert [one.status for one in answers] == ["crashed"] * 8 + ["blocked"] * 2
    assert answers[-1].message == "good is not called: 8 of its parts ended their process"


def test_the_time_of_a_submission_is_limited(opened):
    text = "import time\ndef f(x):\n    time.sleep(0.4)\n    return x" + GOOD
    confined = opened(text, "f good", Limits(call_s=1.0, submission_s=1.0))
    answers = confined.ask(Question(tuple(Call("f", (i,)) for i in range(5)))) + confined.ask(
        Question((Call("good", (1,)),))
    )
    statuses = [getattr(one, "status", "returned") for one in answers]
    assert statuses[:1] == ["returned"]
    assert statuses[-3:] == ["timeout"] * 3
    assert answers[-1].message == "good is not called: the 1 s that a submission has are used up"


def test_state_kept_before_a_death_is_lost_and_said_so(opened):
    text = "import os\ndef f(x): return x, x\ndef die(x):\n    os._exit(1)\n    return 1\ndef use(c): return c"
    kept, _, lost, again = opened(text, "f die use").ask(
        Question((Call("f", (1,), keep=(1,)), Call("die", (1,)), Call("use", (Ref(0, 1),)), Call("f", (2,))))
    )
    assert kept.value == (1, None)
    assert lost.message == "needs the cache of an earlier call, which was lost when another function ended its process"
    assert again.value == (2, 2)


def test_a_closed_submission_answers_blocked(opened, put):
    confined = opened(GOOD, "good")
    confined.close()
    assert put(confined, "good", 1).message == "good is not called: the submission is closed"


@pytest.mark.parametrize("backend", [Process])
def test_a_worker_that_cannot_start_is_our_fault(opened, monkeypatch):
    monkeypatch.setattr("grader.sandbox.command.BOOTSTRAP", "raise SystemExit('no numpy here')")
    with pytest.raises(SandboxError, match=r"cannot be started: it ended its process \(exit code 1\): no numpy here"):
        opened(GOOD, "good")
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(SandboxError, match="No such file"):
        opened(GOOD, "good")
