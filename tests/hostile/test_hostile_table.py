"""The table of attacks: each gets its loot where its layer is off, and not with shipped defaults, in one test.

After each the zygote lives, the rest of the submission is answered, and an honest submission scores full marks.
"""

import os
import re

import pytest

from tests.hostile import behaviour, credulous, files, machine, returned, sources, wire
from tests.hostile.ground import LEVELS, in_one_process, memory_mb

ATTACKS = (*files.ATTACKS, *machine.ATTACKS, *behaviour.ATTACKS, *wire.ATTACKS, *returned.ATTACKS, *sources.ATTACKS)
OWN_WORKER_IS_BROKEN = {44, 68}
YAMA = "/proc/sys/kernel/yama/ptrace_scope"
GROWTH_MB = 40
"""What the grader may grow by: an attack of gigabytes is refused before it is allocated."""

WARM_MB = 100
"""What Python and numpy take in a worker, and its limit is above."""


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
def test_an_attack_fails_and_had_its_loot_without_what_stops_it(ground, attack, tell):
    ground.targets.heard()
    before = memory_mb()
    on = ground.full(attack)
    assert re.match(attack.outcome, on.told), on.told
    assert attack.held(on), on.told
    assert on.goes_on or attack.row in OWN_WORKER_IS_BROKEN
    assert ground.targets.heard() == 0
    assert not on.changed
    assert len(on.output) <= 64 * 1024
    assert on.peak_mb < attack.limits.memory_mb + WARM_MB
    assert memory_mb() - before < GROWTH_MB
    assert ground.honest_share() == 1
    if on.told.startswith("timeout") and attack.row in range(9, 13):
        tell(f"{attack.id}: stopped {on.seconds - attack.limits.call_s:+.3f} s from its {attack.limits.call_s} s")
    reason = attack.no_off or not_here(attack)
    if reason:
        tell(f"{attack.id}: not shown with its layer off: {reason}")
    else:
        shown(ground, attack)


def not_here(attack):
    """Why the loot cannot be had on this machine, whatever is off."""
    if attack.as_root and os.getuid() != 0:
        return "only a root can lose anything by it"
    if attack.row == 21 and os.path.exists(YAMA):
        with open(YAMA, encoding="ascii") as scope:
            return "" if scope.read().strip() == "0" else "Yama refuses tracing on this machine"
    return ""


def shown(ground, attack):
    """The very same source gets its loot."""
    if attack.shared:
        seen = in_one_process(attack.source)
        assert re.search(attack.shared, seen), seen
    elif attack.credulous:
        names = {}
        exec(attack.source, names)
        assert credulous.believed(names["forged"](7, 8)) is not None
    else:
        assert attack.layers or attack.off
        off = ground.off(attack)
        assert attack.loot(off), off.told


@pytest.mark.parametrize("level", LEVELS)
def test_how_many_are_held_at_each_level(ground, level, tell):
    tried = [attack for attack in ATTACKS if level == "full" or not attack.deadly or "seccomp" in level]
    fallen = [attack.id for attack in tried if not attack.held(ground.at(level, attack))]
    tell(f"{level}: held {len(tried) - len(fallen)} of {len(ATTACKS)}" + told(fallen, len(ATTACKS) - len(tried)))
    assert not fallen or level == "limits only"
    assert ground.honest_share() == 1


def told(fallen, untried):
    return (f"; not held: {', '.join(fallen)}" if fallen else "") + (f"; {untried} not run" if untried else "")
