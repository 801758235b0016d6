"""Rows 5, 6, 20 to 28 and 58: out of the process, to other processes and to the kernel."""

from tests.hostile.attack import Attack, body, printed
from tests.hostile.files import FILES, OTHERS, WRITING

NO_PARENT = r"returned (False|'')|raised: PermissionError"

FORKS = """
made = 0
for _ in range(50):
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    made += 1
return made
"""

THREADS = """
import _thread
made = 0
for _ in range(50):
    _thread.start_new_thread(time.sleep, (0.01,))
    made += 1
time.sleep(0.05)
return made
"""

SIGNAL_PARENT = """
parent = os.getppid()
if parent == 0:
    return False  # out of sight; 0 would be the own group
os.kill(parent, 0)
return True
"""

KILL_GROUP = """
import signal
os.kill(0, signal.SIGKILL)
time.sleep(0.2)
"""

KILLS = """
import signal
reached = 4
for number in (os.getppid() or 1, 1, -1, 0):
    try:
        os.kill(number, signal.SIGKILL)
    except PermissionError:
        reached -= 1
return reached
"""

SEIZE = """
parent = os.getppid()
libc = ctypes.CDLL(None)
return parent != 0 and libc.ptrace(0x4206, parent, 0, 0) == 0  # PTRACE_SEIZE; let go when this process ends
"""

READ_OTHER = """
class Piece(ctypes.Structure):
    _fields_ = [("at", ctypes.c_void_p), ("size", ctypes.c_size_t)]
found = ctypes.create_string_buffer({size})
here, there = Piece(ctypes.addressof(found), {size}), Piece({address}, {size})
count = ctypes.CDLL(None).process_vm_readv({process}, ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
return {loot}
"""

STEAL = """
parent = os.getppid()
if parent == 0:
    return False
handle = os.pidfd_open(parent)
number = {"x86_64": 438, "aarch64": 438}[os.uname().machine]
for descriptor in range(20, 40):
    if ctypes.CDLL(None).syscall(number, handle, descriptor, 0) >= 0:
        return True
return False
"""

EXEC = 'os.execv("/bin/sh", ["sh", "-c", "echo loot"])'
SPAWN = """
child = os.posix_spawn("/bin/sh", ["sh", "-c", "echo loot"], {})
return os.waitpid(child, 0)[1] == 0
"""
MEMORY_FILE = """
program = open("/proc/self/exe", "rb").read(4) and open("/bin/true", "rb").read()
handle = os.memfd_create("loot", 0)
os.write(handle, program)
child = os.fork()
if child == 0:
    os.execve(handle, ["loot"], {})
return os.waitpid(child, 0)[1] == 0
"""


EXECUTABLE = """
code = bytes.fromhex("b82a000000c3" if machine == "x86_64" else "40058052c0035fd6")  # return 42
import mmap
page = mmap.mmap(-1, 4096, prot={first})
page.write(code)
at = ctypes.addressof(ctypes.c_char.from_buffer(page))
{then}
return ctypes.CFUNCTYPE(ctypes.c_int)(at)()
"""
PROTECT = 'if ctypes.CDLL(None).mprotect(ctypes.c_void_p(at), 4096, 5):\n    raise PermissionError(1, "mprotect")'

CALLS = """
x86 = dict(
    io_uring_setup=425, bpf=321, userfaultfd=323, perf_event_open=298, keyctl=250, unshare=272, setns=308, mount=165,
    clone=56, clone3=435, shmget=29, msgget=68, prctl=157, prlimit64=302, fcntl=72, ioctl=16, socket=41, open=2,
    stat=4, pidfd_open=434, kill=62, landlock_create_ruleset=444,
)
arm = dict(
    io_uring_setup=425, bpf=280, userfaultfd=282, perf_event_open=241, keyctl=219, unshare=97, setns=268, mount=40,
    clone=220, clone3=435, shmget=194, msgget=186, prctl=167, prlimit64=261, fcntl=25, ioctl=29, socket=198, openat=56,
    statx=291, pidfd_open=434, kill=129, landlock_create_ruleset=444,
)
wrong = dict(clone=(0x10000,), shmget=(0, 0, 0), kill=(os.getpid(), 0), fcntl=(1, 1), socket=(2, 1, 0))
libc = ctypes.CDLL(None, use_errno=True)
numbers = x86 if machine == "x86_64" else arm
reached = []
for name, number in numbers.items():
    arguments = [ctypes.c_long(each) for each in (*wrong.get(name, ()), *[-1] * 6)[:6]]
    ctypes.set_errno(0)
    result = libc.syscall(ctypes.c_long(number), *arguments)
    if result != -1 or ctypes.get_errno() != 1:
        reached.append(name)
return ", ".join(reached)
"""

X32 = """
if machine != "x86_64":
    os.kill(os.getpid(), 31)
return "answered %d" % ctypes.CDLL(None).syscall(0x40000000 + 39)
"""

DESCRIPTORS = """
found = []
for number in range(5, 1024):
    try:
        os.lseek(number, 0, 1)
    except OSError as error:
        if error.errno == 9:
            continue
    found.append(number)
return found
"""

LIMIT_ZYGOTE = """
import resource
parent = os.getppid()
if parent == 0:
    return False
resource.prlimit(parent, resource.RLIMIT_CORE, (0, 0))
return True
"""
LOWER_OWN = """
import resource
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
return True
"""

CAPSET = """
class Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]
header, none = Header(0x20080522, 0), (ctypes.c_uint32 * 6)()
return ctypes.CDLL(None).capset(ctypes.byref(header), none) == 0
"""

ATTACKS = (
    Attack(5, "50 forks", body(FORKS), layers=("seccomp", "rlimits")),
    Attack(6, "50 threads", body(THREADS), "raised: RuntimeError: can't start new thread", ("seccomp", "rlimits")),
    Attack(20, "signal the parent", body(SIGNAL_PARENT), layers=FILES),
    Attack(20, "signal everybody", body("os.kill(-1, 0)\nreturn True"), layers=FILES),
    Attack(
        20,
        "kill the group",
        body(KILL_GROUP),
        layers=("seccomp", "landlock", "own_session"),
        loot=lambda tried: not tried.zygote_lived,
    ),
    Attack(
        20,
        "kill parent, everybody and group",
        body(KILLS),
        r"returned 0",
        no_off="without the filter it would end this test run; the same calls with signal 0 stand above",
        deadly=True,
    ),
    Attack(21, "trace the zygote", body(SEIZE), r"returned False|raised: PermissionError", OTHERS),
    Attack(
        21,
        "read the zygote's memory",
        body(
            READ_OTHER.format(
                size=16, address="id(None)", process="os.getppid()", loot="os.getppid() != 0 and count == 16"
            )
        ),
        NO_PARENT,
        OTHERS,
    ),
    Attack(
        21,
        "read the grader's memory",
        body(
            READ_OTHER.format(size=16, address="address", process="grader", loot="found.value.decode()"),
            "grader, address",
        ),
        NO_PARENT,
        OTHERS,
        needs=("grader", "address"),
    ),
    Attack(21, "steal a descriptor of the zygote", body(STEAL), NO_PARENT, OTHERS),
    Attack(22, "exec", body(EXEC), layers=FILES, loot=printed("loot")),
    Attack(22, "posix_spawn", body(SPAWN), layers=WRITING),
    Attack(22, "system", body('return os.system("echo loot") == 0'), "returned False|raised", WRITING),
    Attack(23, "program in a memory file", body(MEMORY_FILE), layers=WRITING),
    Attack(
        24,
        "executable memory",
        body(EXECUTABLE.format(first=7, then=""), "machine"),
        layers=("seccomp",),
        needs=("machine",),
    ),
    Attack(
        24,
        "memory made executable",
        body(EXECUTABLE.format(first=3, then=PROTECT), "machine"),
        layers=("seccomp",),
        needs=("machine",),
    ),
    Attack(
        25, "22 calls of the kernel", body(CALLS, "machine"), "returned ''", ("seccomp", "landlock"), needs=("machine",)
    ),
    Attack(
        26,
        "x32 numbers",
        body(X32, "machine"),
        r"crashed: attack crashed its process \(SIGSYS\)",
        ("seccomp",),
        needs=("machine",),
    ),
    Attack(27, "scan descriptors", body(DESCRIPTORS), r"returned (\[\]|array\(\[\])", shared=r"loot .*77"),
    Attack(28, "limit the zygote", body(LIMIT_ZYGOTE), layers=("seccomp", "namespaces")),
    Attack(28, "change a limit of one's own", body(LOWER_OWN), "raised: ValueError: not allowed", ("seccomp",)),
    Attack(58, "setuid", body("os.setuid({})\nreturn True".format("os.getuid()")), layers=("seccomp",)),
    Attack(58, "capset", body(CAPSET), r"returned False", ("seccomp",)),
)
