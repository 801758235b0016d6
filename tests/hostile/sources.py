"""Rows 59 to 67: text that is dangerous to read, compile or import. It is never compiled outside a worker."""

from dataclasses import replace

from tests.hostile.attack import TIGHT, Attack

AFTER = "\ndef attack():\n    return 1\n"
FOLDED = "x = [" + ", ".join(f"'{n:05}' * 800" for n in range(30_000)) + "]"
ENDS = r"exit 1\n$"

BOMBS = {
    59: (
        "10,000 parentheses",
        "x = " + "(" * 10_000 + ")" * 10_000,
        r"raised: attack\.py line 1: too many nested",
        ENDS,
    ),
    60: ("10,000 signs", "x = " + "-" * 10_000 + "1", r"raised: attack\.py|returned 1$", ENDS),
    61: ("10,000 attributes", "x = a" + ".a" * 10_000, r"raised: attack\.py|returned 1$", ENDS),
    62: ("constants that fold to 120 MB", FOLDED, r"(memory|raised|timeout): ", r"peak [1-9]\d\d MB"),
    63: ("NUL", "x = 1\0", r"raised: attack\.py is not text", ENDS),
    64: ("loop at the top", "while True:\n    pass", r"timeout: attack\.py took longer than 0.6 s", r"hangs"),
    65: (
        "text of 1 GB at the top",
        "x = 'a' * 10**9",
        r"memory: attack\.py stopped at line 1: MemoryError",
        r"hangs|peak \d{3,} MB",
    ),
    66: (
        "surrogates",
        "raise ValueError('\\ud800')",
        r"raised: attack\.py stopped at line 1: ValueError: \ud800",
        ENDS,
    ),
    67: ("nested f-strings", "x = " + "f'{" * 200 + "1" + "}'" * 200, r"raised: attack\.py|returned 1$", ENDS),
}

ATTACKS = tuple(
    Attack(
        row,
        name,
        source + AFTER,
        outcome,
        shared=seen,
        loot=lambda tried: tried.peak_mb > 250,
        limits=replace(TIGHT, memory_mb=64),
    )
    for row, (name, source, outcome, seen) in BOMBS.items()
)
