"""Rows 30 to 44, 50, 55 and 56: the student's code finds the wire, and writes frames of its own onto it.

Nothing hides the wire: a worker that runs the attack knows all that the honest part of it knows, the numbers of the
questions too. `forged(nonce, end)` of each source are the bytes that it writes.
"""

from tests.hostile.attack import Attack

REPLIES = 4

SENDING = f"""
import json, os, pickle, struct, sys, time
WIRE = {REPLIES}

def numbers():
    frame, found = sys._getframe(), {{}}
    while frame is not None:
        if "nonce" in frame.f_locals:
            found.setdefault("nonce", frame.f_locals["nonce"])
        if "nonce" in frame.f_locals.get("request", ()):
            found.setdefault("end", frame.f_locals["request"]["nonce"])
        frame = frame.f_back
    return found["nonce"], found["end"]

def frame(header, payload=b"", sizes=None):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<4sIQ", b"GRD1", *(sizes or (len(text), len(payload)))) + text + payload

def reply(nonce, value, payload=b"", **more):
    return frame({{"nonce": nonce, "result": ["t", value, None], **more}}, payload)

def be_silent():
    module = sys.modules["_worker.calling"]
    def nothing(header, parts, real=module.pack):
        module.pack = real
        return b""
    module.pack = nothing
"""


def sending(forged, then="pass"):
    """A submission that writes what the expression `forged` gives, and goes on."""
    attack = f"def attack():\n    os.write(WIRE, forged(*numbers()))\n    {then}\n    return 1\n"
    return f"{SENDING}\ndef forged(nonce, end):\n    return {forged}\n{attack}"


def header(text):
    return sending(f"frame({text})")


def array(*tree, payload="bytes(8)"):
    return sending(f"reply(nonce, {['a', *tree]!r}, {payload})")


BROKE = r"violation: attack broke the protocol: "
DTYPE, SHAPE = BROKE + "an array has a forbidden dtype", BROKE + "an array has an impossible shape"
LENGTH = BROKE + "an array is longer than the payload"

BAD_HEADERS = {
    "objects": (array("|O", 1), DTYPE),
    "void": (array("|V8", 1), DTYPE),
    "records": (array([["x", "<f8"]], 1), DTYPE),
    "negative": (array("<f8", -1), SHAPE),
    "overflow": (array("<f8", 2**31 - 1, 2**31 - 1, 2**31 - 1), LENGTH),
    "short": (array("<f8", 2), LENGTH),
    "long": (array("<f4", 1), BROKE + "the payload is longer than its arrays"),
    "size true": (array("<f8", True), SHAPE),
    "size real": (array("<f8", 1.0), SHAPE),
    "size text": (array("<f8", "1"), SHAPE),
    "33 sizes": (array("<f8", *[1] * 33), SHAPE),
    "two negatives": (array("<f8", -1, -1), SHAPE),
}

PICKLED = b"cbuiltins\neval\n(S\"'code ran'\"\ntR."
PICKLE = sending(f"reply(nonce, ['a', '|u1', {len(PICKLED)}], {PICKLED!r})", "be_silent()")

ATTACKS = (
    Attack(
        30,
        "reply before the question",
        sending("reply(nonce, 1) + frame({'nonce': end}) + reply(5, 'for the next')", "time.sleep(9)"),
        BROKE + "a reply (came that nobody had asked for|is to another question)",
        credulous=True,
    ),
    Attack(
        31,
        "reply to another question",
        sending("reply(1, 5)"),
        BROKE + "a reply is to another question",
        credulous=True,
    ),
    Attack(
        32,
        "a score beside the value",
        sending("reply(nonce, 5, score=100, status='pass')", "be_silent()"),
        r"returned 5$",
        credulous=True,
        loot=lambda tried: "100" in tried.told,
    ),
    Attack(33, "two replies", sending("reply(nonce, 5)"), BROKE + "a reply is to another question", credulous=True),
    Attack(
        34,
        "header of 4 GB",
        sending("frame(b'', sizes=(2**32 - 1, 0))"),
        BROKE + "a frame of 4294967295",
        credulous=True,
    ),
    Attack(35, "payload of 2^63", sending("frame(b'{}', sizes=(2, 2**63))"), BROKE + "a frame of", credulous=True),
    Attack(36, "60,000 nested lists", header("b'[' * 60_000"), BROKE + "the header cannot be read", credulous=True),
    Attack(
        37,
        "NaN",
        sending('frame(b\'{"nonce": %d, "result": NaN}\' % nonce)'),
        BROKE + "the header holds NaN",
        credulous=True,
    ),
    Attack(
        38,
        "5,000 digits",
        sending("frame(b'{\"nonce\": %d, \"result\": ' % nonce + b'9' * 5_000 + b'}')"),
        BROKE + "the header",
        credulous=True,
    ),
    *(Attack(39, f"array, {name}", source, told, credulous=True) for name, (source, told) in BAD_HEADERS.items()),
    Attack(
        40,
        "pickle as an array",
        PICKLE,
        r"(?s)returned array\(\[.*dtype=uint8\)",
        credulous=True,
        loot=lambda tried: "ran" in tried.told,
    ),
    Attack(
        41,
        "half a frame",
        sending("reply(nonce, 5)[:20]", "time.sleep(9)"),
        r"timeout: attack took longer than 0.3 s",
        no_off="a reader without a deadline waits for ever: there is nothing to be seen",
    ),
    Attack(
        42,
        "close the wire",
        f"import os, time\ndef attack():\n    os.close({REPLIES})\n    time.sleep(9)\n",
        r"crashed: attack closed the connection to the grader",
        no_off="it harms itself alone, with or without layers",
    ),
    Attack(
        43,
        "print onto the wire",
        sending("b'points: 100 of 100, said the student'"),
        BROKE + "what came is no frame",
        credulous=True,
    ),
    Attack(
        44,
        "patch numpy and json",
        f"{SENDING}\nimport numpy as np\ndef attack():\n    np.array = np.frombuffer = json.dumps = None\n"
        "    sys.modules['_worker.calling'].Encoder = None\n    return 1\n",
        r"(raised|crashed): ",
        no_off="it harms itself alone, with or without layers",
    ),
    Attack(
        50,
        "made-up handle",
        sending("reply(nonce, ['m', 'ref', 0, 0])"),
        BROKE + "a value has an unknown mark",
        credulous=True,
    ),
    Attack(
        55,
        "empty array with a side of 2^30",
        "import numpy as np\ndef attack():\n    return np.empty((0, 2**30))\n",
        r"returned array\(\[\], shape=\(0, 1073741824\)",
        loot=lambda tried: "shape=(0, 1073741824)" not in tried.told,
        no_off="it is a plain value; its shape is judged before anything is computed with it",
    ),
    Attack(
        56,
        "another send()",
        f"{SENDING}\ndef forged(nonce, end):\n    return reply(nonce, 5, score=100)\ndef attack():\n"
        "    send = lambda replies, frame: os.write(WIRE, forged(1, 1))\n"
        "    sys.modules['_worker.serve']._write = send\n    return 1\n",
        BROKE + "a reply is to another question",
        credulous=True,
    ),
)
