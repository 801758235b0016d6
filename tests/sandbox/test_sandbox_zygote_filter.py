"""The filter and its tables, by arithmetic: what the kernel would answer, on both machines."""

from __future__ import annotations

import errno
import platform
import re
from pathlib import Path

import pytest

from grader.sandbox.worker import landlock, seccomp
from grader.sandbox.worker.syscalls import COMPUTE, MACHINES, MAPPING

KILL, ALLOW, REFUSE = 0x80000000, 0x7FFF0000, 0x00050000 | errno.EPERM
HEADERS = {
    "x86_64": (Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"), r"#define __NR_(\w+) (\d+)"),
    "aarch64": (Path("/usr/include/asm-generic/unistd.h"), r"#define __NR(?:3264)?_(\w+) (\d+)"),
}


def answer(machine, number, arch=None, protection=0):
    """Run the program as the kernel does."""
    data = {0: number, 4: MACHINES[machine].audit if arch is None else arch, 32: protection}
    program, at, loaded = seccomp.program(machine), 0, 0
    while True:
        code, true, false, k = program[at]
        at += 1
        if code == 0x20:
            loaded = data[k]
        elif code == 0x06:
            return k
        else:
            holds = {0x15: loaded == k, 0x35: loaded >= k, 0x45: bool(loaded & k)}[code]
            at += true if holds else false


@pytest.mark.parametrize("machine", MACHINES)
def test_what_is_listed_is_allowed_and_nothing_else(machine):
    numbers = MACHINES[machine].numbers
    listed = {numbers[name] for name in (*COMPUTE, *MAPPING)}
    assert len(listed) == len(numbers) == len(COMPUTE) + len(MAPPING)
    for number in range(1024):
        assert answer(machine, number) == (ALLOW if number in listed else REFUSE)


@pytest.mark.parametrize("machine", MACHINES)
def test_executable_memory_is_refused(machine):
    numbers = MACHINES[machine].numbers
    for name in MAPPING:
        assert [answer(machine, numbers[name], protection=bits) for bits in range(8)] == [ALLOW] * 4 + [REFUSE] * 4
    assert answer(machine, numbers["read"], protection=4) == ALLOW


def test_another_table_of_numbers_is_the_end():
    for machine, other in (("x86_64", "aarch64"), ("aarch64", "x86_64")):
        for number in (0, 63, 64, 222):
            assert answer(machine, number, arch=MACHINES[other].audit) == KILL
    assert answer("x86_64", 0, arch=0x40000003) == KILL  # i386
    assert {answer("x86_64", 0x40000000 | number) for number in (0, 1, 9, 514)} == {KILL}


@pytest.mark.parametrize("machine", MACHINES)
def test_the_numbers_are_the_kernels(machine):
    header, line = HEADERS[machine]
    if not header.exists():
        pytest.skip(f"{header} is not on this machine")
    real = {name: int(number) for name, number in re.findall(line, header.read_text("ascii"))}
    assert {name: real[name] for name in MACHINES[machine].numbers} == MACHINES[machine].numbers


def test_a_jump_fits_in_its_byte():
    for machine in MACHINES:
        assert all(0 <= jump < 256 for _, true, false, _ in seccomp.program(machine) for jump in (true, false))
        assert seccomp.compiled(machine).length == len(seccomp.program(machine))


@pytest.mark.parametrize(
    ("abi", "files", "net", "scoped"),
    [(1, 13, 0, 0), (2, 14, 0, 0), (3, 15, 0, 0), (4, 15, 3, 0), (5, 16, 3, 0), (6, 16, 3, 3), (9, 16, 3, 3)],
)
def test_landlock_handles_all_that_its_version_knows(abi, files, net, scoped):
    ruleset = landlock.everything(abi)
    assert (ruleset.files, ruleset.net, ruleset.scoped) == (2**files - 1, net, scoped)


def test_an_unknown_machine_has_no_filter(monkeypatch):
    monkeypatch.setattr(seccomp.os, "uname", lambda: platform.uname()._replace(machine="riscv64"))
    assert not seccomp.supported()
