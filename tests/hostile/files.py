"""Rows 1 to 4: out of the process, to files and to the network."""

from tests.hostile.attack import REFUSED, Attack, body

FILES = ("seccomp", "landlock", "namespaces")
WRITING = (*FILES, "rlimits")
# A change of user makes a process closed to others, itself included, so that layer is among them.
OTHERS = (*FILES, "undumpable", "no_capabilities", "drop_uid")

GRADER_SOURCE = """
worker = os.path.dirname(sys.modules["_worker"].__file__)
project = os.path.dirname(os.path.dirname(os.path.dirname(worker)))
with open(os.path.join(project, "reference", "softmax.py")) as answers:
    return answers.read(40)
"""

WRITE = """
path = "{}/loot-%d" % (time.time_ns() % 10**9)
try:
    with open(path, "w") as file:
        file.write("mine")
    with open(path) as file:
        return file.read()
finally:
    if os.path.exists(path):
        os.unlink(path)
"""

TCP = """
with socket.create_connection(("127.0.0.1", port), timeout=0.3) as out:
    out.sendall(b"loot")
return True
"""

UDP = """
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
    return out.sendto(b"loot", ("127.0.0.1", port))
"""

ABSTRACT = """
with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
    return out.sendto(b"loot", b"\\0" + name.encode())
"""

ATTACKS = (
    Attack(1, "read /etc/passwd", body('return open("/etc/passwd").read(20)'), layers=FILES),
    Attack(1, "read the environment of this process", body('return open("/proc/self/environ").read()'), layers=OTHERS),
    Attack(1, "read the answers of the course", body(GRADER_SOURCE), layers=FILES),
    Attack(2, "list the root", body('return "etc" in os.listdir("/")'), layers=FILES),
    Attack(2, "stat", body('return os.stat("/etc/passwd").st_size'), layers=FILES),
    Attack(2, "chdir", body('os.chdir("/etc")\nreturn os.getcwd()'), layers=FILES),
    Attack(3, "write in /tmp", body(WRITE.format("/tmp")), layers=WRITING),
    Attack(3, "write in /dev/shm", body(WRITE.format("/dev/shm")), layers=WRITING),
    Attack(
        3,
        "write in the working folder",
        body(WRITE.format(".")),
        REFUSED,
        ("drop_uid", *WRITING),
        as_root=True,
    ),
    Attack(
        3, "symlink", body('os.symlink("/", "/tmp/loot-link")\nos.unlink("/tmp/loot-link")\nreturn 1'), layers=FILES
    ),
    Attack(3, "mkdir", body('os.mkdir("/tmp/loot-dir")\nos.rmdir("/tmp/loot-dir")\nreturn 1'), layers=FILES),
    Attack(4, "tcp", body(TCP, "port"), layers=FILES, needs=("tcp",)),
    Attack(4, "udp", body(UDP, "port"), layers=("seccomp", "namespaces"), needs=("udp",)),
    Attack(4, "abstract socket", body(ABSTRACT, "name"), layers=FILES, needs=("abstract",)),
    Attack(4, "socket pair", body("return len(socket.socketpair())"), layers=("seccomp",)),
)
