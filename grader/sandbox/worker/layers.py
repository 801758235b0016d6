"""What lies between a worker and the machine, layer by layer.

Each can be left out, so that the tests can show what it is good for. What is shipped is all of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NamedTuple

from . import kernel, landlock, rlimits, seccomp


class Layers(NamedTuple):
    """Which layers are asked for, or in force.

    `drop_uid`: a root grader's worker runs under a spare user id. `namespaces`: users, mounts (an empty, read-only
    root), network, inter-process communication, host name and processes of its own. `own_session`: no process group
    in common with the grader's. `undumpable`: no other process of the same user may trace it or read its memory;
    the grader keeps to that as well. `no_capabilities`, `rlimits`, `landlock`, `seccomp`: as the kernel calls them.
    """

    drop_uid: bool = True
    namespaces: bool = True
    own_session: bool = True
    undumpable: bool = True
    no_capabilities: bool = True
    rlimits: bool = True
    landlock: bool = True
    seccomp: bool = True

    def as_dict(self) -> dict[str, bool]:
        """Return them as a mapping, in the order in which they are put on."""
        return self._asdict()

    def names(self) -> tuple[str, ...]:
        """Name those that are on."""
        return tuple(name for name, on in self._asdict().items() if on)


def given(asked: Layers) -> Layers:
    """Return which of the layers that need no trial this machine has: all but user id and namespaces."""
    filtered, landlocked = asked.seccomp and seccomp.supported(), asked.landlock and landlock.version() > 0
    return asked._replace(seccomp=filtered, landlock=landlocked)


class Caps(NamedTuple):
    """What one worker may use: processor seconds, and bytes of address space in all."""

    cpu_s: int
    address_space: int


class Wrapping:
    """The layers, prepared as far as can be before the fork: a child only makes the calls."""

    def __init__(self, layers: Layers) -> None:
        self._layers = layers
        self._filter = seccomp.compiled(os.uname().machine) if layers.seccomp else None
        self._abi = landlock.version() if layers.landlock else 0
        self._ruleset = landlock.everything(self._abi) if layers.landlock else None

    def put_on(self, caps: Caps) -> None:
        """Put on every layer in its order, the filter last: it forbids the others. Raises OSError."""
        for on, layer in self._order(caps):
            if on:
                layer()

    def _order(self, caps: Caps) -> tuple[tuple[object, Callable[[], object]], ...]:
        layers = self._layers
        return (
            (layers.own_session, os.setsid),
            (True, kernel.die_with_parent),
            (layers.undumpable, kernel.undumpable),
            (layers.no_capabilities, kernel.drop_capabilities),
            (layers.rlimits, lambda: rlimits.confine(caps.cpu_s, caps.address_space)),
            (True, kernel.no_new_privileges),
            (self._ruleset, lambda: landlock.install(self._ruleset, self._abi)),  # type: ignore[arg-type]
            (self._filter, lambda: seccomp.install(self._filter)),  # type: ignore[arg-type]
        )
