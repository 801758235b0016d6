"""How long, how large and how loud a submission may be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Seconds end in `_s`, megabytes (2**20 bytes) in `_mb`; the rest are bytes.

    `call_s`, `load_s` and `submission_s` are wall time: of one call, of the import of one file, and of all the time
    that the grader waits for one submission. `cpu_s` and `memory_mb` (above what Python and numpy take) bound one
    process, where the system can. Of printed text `output_kept` is kept, and `output_max` ends the process.
    """

    call_s: float = 5.0
    submission_s: float = 60.0
    cpu_s: int = 60
    memory_mb: int = 512
    output_kept: int = 64 * 1024
    output_max: int = 4 * 1024 * 1024
    load_s: float = 10.0
    reply_mb: int = 64

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            if not getattr(self, name) > 0:
                raise ValueError(f"the limit {name} is {getattr(self, name)}; expected a positive number")
