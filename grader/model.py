"""The nouns: what an instructor declares, and what a check says.

`Assignment` → `Task` → `Case` are declared under `assignments/` and validate themselves when they are built
(`grader.declare`). A check gives a `Verdict`; verdicts with points are `Row`s; rows by task are a `Report`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol

import msgspec

from grader import declare
from grader.battery import Draw
from grader.kit import Kit
from grader.limits import Limits
from grader.questions import Answer, Question

if TYPE_CHECKING:
    from grader.paper import Paper

Status = Literal[
    "pass", "fail", "warn", "absent", "raised", "timeout", "crashed", "memory", "flood", "violation", "blocked", "error"
]
TELLING: tuple[Status, ...] = ("fail", "warn", "blocked", "raised")
"""What there may be a mistake behind. What is not there, and what ended its process, has none with a name."""

Asking = Generator[Question, tuple[Answer, ...], "Verdict"]
"""What a check is while it runs: it yields questions, is sent their answers, and returns its verdict."""

CACHE = "cache"
"""The name of what a forward pass keeps for its backward pass: never judged, never leaves the student's process."""


class Check(Protocol):
    """One claim about one task: a frozen value whose `statement` is the line that everybody reads."""

    @property
    def group(self) -> str: ...

    @property
    def proves(self) -> tuple[str, ...]: ...

    def statement(self, returns: Mapping[str, str]) -> str: ...

    def outputs(self) -> tuple[str, ...]: ...

    def __call__(self, paper: Paper) -> Asking: ...


class Diagnosis(msgspec.Struct, frozen=True):
    """A mistake by its name, and a sentence with the numbers that show it.

    "likely" says that other names (`alternatives`) fit the numbers as well, or that the fit is not a whole one.
    `told` says that the message is what was done, by itself, not numbers that a name has to explain.
    """

    id: str
    message: str
    confidence: Literal["certain", "likely"] = "certain"
    alternatives: tuple[str, ...] = ()
    told: bool = False


class Verdict(msgspec.Struct, frozen=True):
    """What a check found. `PASS` and `warn` keep the points; everything else earns none.

    `sentence` holds no value of a hidden case; `particulars` may (which entry, what came, what was expected).
    `public` says that the evidence comes from a public case, so that a student may see the particulars. `plain` is the
    verdict without what was found of the mistake behind it: all that is told where help is not to be given.
    """

    status: Status
    sentence: str
    particulars: str = ""
    evidence: Mapping[str, Any] = msgspec.field(default_factory=dict)
    public: bool = False
    needs_review: bool = False
    diagnosis: Diagnosis | None = None
    plain: Verdict | None = None

    @property
    def earns(self) -> bool:
        return self.status in ("pass", "warn")


class Row(msgspec.Struct, frozen=True):
    """A check, its verdict and its points; `credit` is what a failed one is given all the same (follow-through).

    `equations` are the ids that the check proves.
    """

    name: str
    verdict: Verdict
    max_score: Fraction
    visibility: Literal["public", "hidden"]
    credit: Fraction = Fraction(0)
    equations: tuple[str, ...] = ()

    @property
    def score(self) -> Fraction:
        return self.max_score if self.verdict.earns else self.credit


class TaskReport(msgspec.Struct, frozen=True):
    """The rows of one task."""

    name: str
    equations: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def score(self) -> Fraction:
        return sum((row.score for row in self.rows), Fraction(0))

    @property
    def max_score(self) -> Fraction:
        return sum((row.max_score for row in self.rows), Fraction(0))


class Report(msgspec.Struct, frozen=True):
    """What a submission earned, and why: a fold over verdicts, no state."""

    tasks: tuple[TaskReport, ...]
    messages: tuple[str, ...] = ()

    @property
    def score(self) -> Fraction:
        return sum((task.score for task in self.tasks), Fraction(0))

    @property
    def max_score(self) -> Fraction:
        return sum((task.max_score for task in self.tasks), Fraction(0))

    @property
    def needs_review(self) -> bool:
        return any(row.verdict.needs_review for task in self.tasks for row in task.rows)


@dataclass(frozen=True, eq=False)
class Case:
    """One set of inputs: sizes, the draws that differ from the task's, and why it is asked.

    `group` keeps special inputs to the checks that ask for them (large scores, exact kinks, one-hot labels).
    `slope` marks the cases at which finite differences are taken; `between` those with inputs at a kink, where every
    gradient between the slopes on its sides is right; `still` names outputs that may be zero here; a
    `timed` case is put on its own, to the check that measures time, and is large. The task's `guard` binds neither the
    timed ones nor those at a kink. `returns` names what is returned here where that is something else than what the
    task returns (a net that is given no labels returns its scores).
    """

    name: str
    sizes: Mapping[str, Any]
    draws: Mapping[str, Draw] = field(default_factory=dict)
    public: bool = False
    group: str = ""
    slope: bool = False
    between: bool = False
    timed: bool = False
    still: tuple[str, ...] = ()
    why: str = ""
    returns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Slope:
    """The forward pass whose slope a gradient claims to be, in the student's own functions.

    L is the output `out` of `forward(*args)` weighted by the input `against` (or `out` itself where that is ""); where
    the forward pass has further outputs, `beside` maps them to their own weights, and L is the sum of all.
    `moves` maps each input path that is moved to the output of the task that claims its gradient. What is claimed is
    the gradient of L, or, by `claim`, a Jacobian ∂out/∂input or an element-wise derivative, which is weighted with
    `against` before it is compared. `args` are names of drawn inputs; `examples` names those whose columns are the
    examples of a batch, for a forward pass that takes one example at a time (`against` is split likewise).
    """

    forward: str
    args: tuple[str, ...]
    out: str
    moves: Mapping[str, str]
    against: str = ""
    claim: Literal["gradient", "jacobian", "elementwise"] = "gradient"
    examples: tuple[str, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)

    @property
    def weighted(self) -> tuple[tuple[str, str], ...]:
        """The outputs that L is made of, each with the input that weighs it."""
        return ((self.out, self.against), *self.beside.items())


@dataclass(frozen=True, eq=False)
class Cost:
    """Two sizes at which the CPU time of a gradient is weighed against the submission's own forward pass.

    Differences instead of a derivation cost at least one `forward(*args)` for every number in the inputs `moves`; no
    product of matrices does, and no loop over their entries. Both sizes finish within the time of a call.
    """

    forward: str
    args: tuple[str, ...]
    moves: tuple[str, ...]
    small: Mapping[str, Any]
    large: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Convention:
    """One of several right ways to do a task, which a course leaves open or has changed from year to year.

    `changes` are the fields of the task that it changes; none are changed by the task's own way. `says` is how a
    report puts it. `years` are the profiles that ask for it; a profile that no convention of the task names leaves
    the choice open. Tasks whose conventions have one `axis` follow one of them together.
    """

    name: str
    says: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    years: tuple[str, ...] = ()
    axis: str = ""


@dataclass(frozen=True, eq=False)
class Task:
    """One function of the assignment: what it is given, what it returns, and what each check is worth.

    The parameters of `reference` name the draws that it is given; draws beyond them serve `slope`. `returns` names
    the outputs in order with their shapes in letters. A backward pass names its `forward`, whose cache it is given.
    `guard` refuses a drawn case (too near a kink).
    A `random` task may answer equal calls differently.
    With `cost` differences in place of a derivation are told by their price.
    `rounding` is an extra tolerance, a function of the inputs, for tasks whose rounding error the derived one misses.
    `fills` names the arguments that a call writes into by design; what the reference leaves there is expected, too.
    `mistakes` is the reference once more, with the slips that students make in it: `mistakes(slip, …)` takes inputs by
    their names and asks `slip("some-id", "what was done")` wherever a mistake may be made (`grader.diagnosis.slips`);
    where none is made it returns what the reference returns. `examples` is the size that counts the batch.
    `name` is the reference's own unless it is given: "Net.loss" is a method, whose reference takes the arguments of the
    constructor and the parameters, both as dicts, before its own. `homes` are the files, without ending, in which the
    function is taught, the template's own first: a definition in one of them counts before copies elsewhere.
    `conventions` are the ways to do it right, this task's own first; `years` are the profiles that ask for it at all
    (none are all of them).
    """

    reference: Callable[..., Any]
    draws: Mapping[str, Draw]
    returns: Mapping[str, str]
    cases: tuple[Case, ...]
    checks: Mapping[Check, int | float]
    forward: Callable[..., Any] | None = None
    slope: Slope | None = None
    cost: Cost | None = None
    guard: Callable[[Mapping[str, Any]], bool] | None = None
    rounding: Callable[[Mapping[str, Any]], float] | None = None
    random: bool = False
    fills: tuple[str, ...] = ()
    mistakes: Callable[..., Any] | None = None
    examples: str = "N"
    name: str = ""
    homes: tuple[str, ...] = ()
    conventions: tuple[Convention, ...] = ()
    years: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.name or getattr(self.reference, "__name__", ""))
        declare.task(self)

    @property
    def module(self) -> str:
        """The file of the student's template that holds the stub, without its ending."""
        return self.homes[0] if self.homes else self.reference.__module__.rpartition(".")[2]

    @property
    def shapes(self) -> Mapping[str, str]:
        """The shape of every output, those included that only some cases return."""
        every = (self.returns, *(case.returns for case in self.cases))
        return {name: shape for returns in every for name, shape in returns.items()}

    @property
    def asked(self) -> tuple[str, ...]:
        """The parameters that a student writes: a method's come after what its object is made of."""
        return self.parameters[2:] if "." in self.name else self.parameters

    @cached_property
    def variants(self) -> Mapping[str, Task]:
        """The task under each of its conventions; each of them once, so that its cases are drawn once."""
        return {
            each.name: replace(self, conventions=(), **each.changes) if each.changes else self
            for each in self.conventions
        }

    @property
    def parameters(self) -> tuple[str, ...]:
        return parameters(self.reference)

    @property
    def equations(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(identifier for check in self.checks for identifier in check.proves))

    @property
    def points(self) -> Fraction:
        return sum((exact(points) for points in self.checks.values()), Fraction(0))


@dataclass(frozen=True, eq=False)
class Assignment:
    """What is asked and what it is worth. A wrong declaration cannot be built.

    `equations` maps every id that the handout teaches to one line; each must be graded by a check. A backward pass
    that is the true derivative of a wrong forward pass follows through: `follow_through` is the share of its lost
    points that is proposed to the instructor, or given at once where `count_follow_through` says so. `files` says what
    is in a file of the template whose functions come from several topics of the reference; `kit` is what the course
    hands out beside the stubs.

    `latex` holds a LaTeX form of those equations that are formulas, for pages; `letters` says what the letters of
    shapes count ("N": "example"). `hints` are "free", "off", or what each one costs, in points.
    """

    name: str
    title: str
    points: int | float
    equations: Mapping[str, str]
    tasks: tuple[Task, ...]
    handout: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    follow_through: float = 0.5
    count_follow_through: bool = False
    latex: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    hints: Literal["free", "off"] | int | float = "free"
    kit: Kit = field(default_factory=Kit)

    def __post_init__(self) -> None:
        declare.assignment(self)

    def task(self, name: str) -> Task:
        """Find a task by name. Raises KeyError."""
        return {task.name: task for task in self.tasks}[name]

    @property
    def homes(self) -> dict[str, str]:
        """Map each function that is asked to the template file that holds its stub."""
        return {task.name: task.module for task in self.tasks}

    @property
    def places(self) -> dict[str, tuple[str, ...]]:
        """Map each function that is asked to the files, without ending, whose definition counts before others."""
        return {task.name: task.homes or (task.module,) for task in self.tasks}


@cache
def parameters(function: Callable[..., Any]) -> tuple[str, ...]:
    """Name a function's parameters in order."""
    return tuple(inspect.signature(function).parameters)


def exact(points: int | float) -> Fraction:
    """Read points as they are written: 0.1 is 1/10."""
    return Fraction(str(points))


def decimal(points: Fraction) -> int | float:
    """Write points as they would be read: 1/10 is 0.1, 4/2 is 2."""
    return int(points) if points.denominator == 1 else float(points)
