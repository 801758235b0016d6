"""A confined submission as something that answers questions.

A function that ends its process costs itself: it is not called again, and the others go on in a new process. When
`DEATHS_MAX` functions have done so, nothing more is asked.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import Self

from msgspec.structs import replace

from ..questions import AGAIN, Answer, Call, Failed, Question
from .crossing import batches, encode, encode_part, parse_reply
from .death import Death, violated
from .errors import Lost
from .inventory import Inventory
from .replies import answered, answers_to, at_most
from .resolve import Homes, resolve
from .session import Session
from .worker.wire import Violation

DEATHS_MAX = 8


class Confined:
    """An open submission. `ask` answers every call of a question, whatever happens in it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._paths: tuple[str, ...] = ()
        self._plan: dict[str, list[str]] = {}
        self._defined: dict[str, str] = {}
        self._failed: dict[str, Failed] = {}
        self._deaths: set[str] = set()
        self._careful = False
        self._foreseen: dict[Question, tuple[Answer, ...]] = {}
        self._notes: list[str] = []
        self._recovered = False
        self.closed = False
        self.unreadable = ""
        """Why there is nothing to grade: every file claims to be a notebook, and none is."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process. Further questions are answered `blocked`."""
        self.closed = True
        with contextlib.suppress(Lost):  # the worker is gone with it
            self._session.close()

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader of a report should know of how the files were read."""
        return tuple(dict.fromkeys(self._notes))

    @property
    def defined(self) -> Mapping[str, str]:
        """The file that each function is taken from; functions that cannot be called are not in it."""
        return {name: path for name, path in self._defined.items() if name not in self._failed}

    @property
    def output(self) -> str:
        """What the submission has printed so far (hostile text)."""
        return self._session.output.decode("utf-8", "replace")

    # -- reading and importing ----------------------------------------------------------------------------------------

    def prepare(self, paths: Sequence[str], wanted: Mapping[str, Homes]) -> None:
        """Find every function, and import the files that define one. Where the zygote is lost, once more."""
        try:
            self._prepare(paths, wanted)
        except Lost:
            self._recover()
            for kept in (self._plan, self._defined, self._failed, self._deaths, self._notes):
                kept.clear()
            self._prepare(paths, wanted)

    def _prepare(self, paths: Sequence[str], wanted: Mapping[str, Homes]) -> None:
        inventories = self._read(paths)
        self.unreadable = _no_notebook(inventories)
        resolution = resolve(inventories, wanted)
        self._notes += resolution.notes
        self._failed.update(_unasked(resolution.missing))
        self._defined.update(resolution.defined)
        for name, path in sorted(resolution.defined.items(), key=lambda pair: pair[1]):
            self._plan.setdefault(path, []).append(name)
        self._load()

    def _read(self, paths: Sequence[str]) -> list[Inventory]:
        """Read all files in one process; where that kills it, without those that do."""
        try:
            self._paths = tuple(paths)
            return self._session.read(paths)
        except Death as death:
            self._paths = tuple(self._sift(paths, death))
        try:
            return self._session.read(self._paths) if self._paths else []
        except Death as death:
            self._notes.append(f"the files cannot be read: the reader {death.message}")
            return []

    def _sift(self, paths: Sequence[str], death: Death) -> list[str]:
        """Halve files that kill the reader until each that does is alone; return the others."""
        if len(paths) < 2 or self._session.left_s <= 0:
            self._notes += [f"{path} cannot be read: its reader {death.message}" for path in paths]
            return []
        good: list[str] = []
        for half in (paths[: len(paths) // 2], paths[len(paths) // 2 :]):
            try:
                self._session.read(half)
                good += half
            except Death as another:
                good += self._sift(half, another)
        return good

    def _load(self) -> None:
        """Bring every file that defines a function into the process, unless its import failed before."""
        if self._session.holds(self._plan):
            return
        for path in list(self._plan):
            try:
                if path in self._plan and self._session.left_s > 0:
                    failed, notes = self._session.load(self._paths, path, self._plan[path])
                    self._failed.update(_unasked(failed))
                    self._notes += notes
            except Death as death:
                self._bury(path, death)
                if len(self._deaths) < DEATHS_MAX:
                    self._load()
                return

    def _bury(self, path: str, death: Death) -> None:
        """Remember that a file cannot be imported."""
        message = f"{path} {death.message} while it was imported"
        self._failed.update(dict.fromkeys(self._plan.pop(path), Failed(death.status, message, unasked=True)))
        self._deaths.add(path)

    # -- answering ----------------------------------------------------------------------------------------------------

    def ask(self, question: Question) -> tuple[Answer, ...]:
        """Answer every call of `question`, in order. Raises `SandboxError` where no worker can be started.

        Where the zygote is lost, which is no fault of the submission, the question is put again, once.
        """
        try:
            return self._ask(question)
        except Lost:
            self._recover()
            return self._ask(question)

    def _recover(self) -> None:
        """Begin again with another zygote. The second time, give up: raises the `Lost` that is being handled."""
        self._session.start_over()
        if self._recovered:
            raise
        self._recovered = True

    def foresee(self, questions: Sequence[Question], priced: Sequence[Question] = ()) -> None:
        """Put questions that will be asked in few turns, as far as all their calls can be made; `ask` then knows them.

        Where that ends the process, nothing is known of them: each is put when it is asked, call by call. Of the timed
        call of a question in `priced` is known that it costs no more than all of the question; asked again, it is
        measured.
        """
        try:
            self._load()
            for group in batches(question for question in questions if self._can_be_put(question)):
                for question, answers in zip(group, self._put_all(group), strict=False):
                    self._foreseen[question] = answers
            for question in filter(self._is_there, priced):
                answers = self._bounded(question)
                if not answers:  # the process has ended; what is left is measured when it is asked
                    break
                self._foreseen[question] = answers
        except Lost:
            self._recover()

    def _ask(self, question: Question) -> tuple[Answer, ...]:
        if question in self._foreseen:
            return self._foreseen.pop(question)
        self._load()
        for answers in self._put_all([question] if self._can_be_put(question) else []):
            return answers
        return self._one_by_one(question)

    def _can_be_put(self, question: Question) -> bool:
        """Whether all its calls may be made at once. What has died before is put call by call."""
        return self._is_there(question) and not any(call.timed for call in question.calls)

    def _is_there(self, question: Question) -> bool:
        return not self._careful and not any(map(self._refusal, question.calls))

    def _put_all(self, questions: Sequence[Question]) -> list[tuple[Answer, ...]]:
        """Put questions at once; return no answers where they end the process, whichever call it was.

        That costs nothing of the submission's time, its second import neither, and from then on its calls are put one
        by one.
        """
        if self._careful or not questions:
            return []
        self._session.mark()
        try:
            return self._together(questions)
        except (Death, Violation) as trouble:
            self._careful = True
            self._resume()
            if isinstance(trouble, Violation):
                trouble = violated(trouble)
            if trouble.status == "violation":
                self._notes.append(f"the submission {trouble.message}; its calls were made again, one by one")
        return []

    def _bounded(self, question: Question) -> tuple[Answer, ...]:
        """Put a question at once, for a bound on its cost; no answers where that ends the process.

        That costs nothing of the submission's time, its second import neither, and says nothing of the calls.
        """
        self._session.mark()
        try:
            begun_s = self._session.cpu_s()
            [answers] = self._together([question])
            spent_s = self._session.cpu_s() - begun_s
        except (Death, Violation):
            self._resume()
            return ()
        return tuple(at_most(call, answer, spent_s) for call, answer in zip(question.calls, answers, strict=True))

    def _resume(self) -> None:
        """Begin again after an attempt: neither that nor the second import costs the submission time."""
        self._session.take_back()
        self._load()
        self._session.refund()

    def _together(self, questions: Sequence[Question]) -> list[tuple[Answer, ...]]:
        """Put questions at once. Raises `Death` or `Violation`."""
        found = list[tuple[Answer, ...]]()
        replies = self._session.put([encode(question) for question in questions])
        for question, (nonce, frame) in zip(questions, replies, strict=True):
            found.append(answers_to(question, nonce, frame))
        return found

    def _one_by_one(self, question: Question) -> tuple[Answer, ...]:
        """Put the calls so that each has its own reply and deadline, and what ends the process is known."""
        calls, answers = question.calls, list[Answer]()
        while len(answers) < len(calls):
            start = len(answers)
            refused = _gone(calls[start], answers) or self._refusal(calls[start]) or self._unloadable(calls[start])
            if refused is not None:
                answers.append(refused)
                continue
            self._put(question, self._segment(calls, start), answers)
        return tuple(answers)

    def _refusal(self, call: Call) -> Failed | None:
        if call.function in self._failed:
            return self._failed[call.function]
        if self.closed or len(self._deaths) >= DEATHS_MAX:
            reason = "the submission is closed" if self.closed else f"{DEATHS_MAX} of its parts ended their process"
            return Failed("blocked", f"{call.function} is not called: {reason}", unasked=True)
        if self._session.left_s <= 0:
            return Failed("timeout", f"{call.function} is not called: {self._session.used_up}", unasked=True)
        if call.function not in self._defined and call.function != AGAIN:
            return Failed("absent", f"{call.function} is not defined in any file", unasked=True)
        return None

    def _unloadable(self, call: Call) -> Failed | None:
        self._load()
        return self._refusal(call)

    def _segment(self, calls: Sequence[Call], start: int) -> range:
        """The calls from `start` on that can be sent at once: a timed call goes alone."""
        stop = start + 1
        while stop < len(calls) and not (calls[start].timed or calls[stop].timed or self._refusal(calls[stop])):
            stop += 1
        return range(start, stop)

    def _put(self, question: Question, segment: range, answers: list[Answer]) -> None:
        """Send a segment and append its answers, up to the call that ends the process."""
        calls, sent = question.calls, encode_part(question, segment)
        first, last = segment.start == 0, segment.stop == len(calls)
        try:
            if calls[segment.start].timed:
                header, payload, cpu_s = self._session.ask_timed(sent, first, last)
                answers.append(answered(calls, answers, parse_reply(header, payload), cpu_s))
                return
            for header, payload in self._session.ask(sent, first, last):
                answers.append(answered(calls, answers, parse_reply(header, payload)))
        except Violation as violation:
            self._session.close()
            self._die(calls, segment, answers, violated(violation))
        except Death as death:
            self._die(calls, segment, answers, death)

    def _die(self, calls: Sequence[Call], segment: range, answers: list[Answer], death: Death) -> None:
        """Put a death down to the call that was waited for, or to the last one if all had been answered."""
        if len(answers) == segment.stop:
            answers.pop()
        name = _answerable(calls, len(answers))
        failed = Failed(death.status, f"{name} {death.message}")
        answers.append(failed)
        self._failed[name] = failed
        self._deaths.add(name)


def _no_notebook(inventories: Sequence[Inventory]) -> str:
    """Say why nothing can be graded where all that was handed in are notebooks that are none."""
    if inventories and all(one.error and one.path.lower().endswith(".ipynb") for one in inventories):
        return inventories[0].error
    return ""


def _unasked(failed: Mapping[str, Failed]) -> dict[str, Failed]:
    """Mark failures that came before any question."""
    return {name: replace(one, unasked=True) for name, one in failed.items()}


def _answerable(calls: Sequence[Call], index: int) -> str:
    """Name the function that a call is about: a look at an earlier result is about the function that gave it."""
    call = calls[index]
    return calls[call.args[0].call].function if call.function == AGAIN else call.function


def _gone(call: Call, answers: Sequence[Answer]) -> Failed | None:
    """Nothing is left to be looked at again of a call that failed."""
    if call.function == AGAIN and isinstance(answers[call.args[0].call], Failed):
        return Failed("blocked", "the call whose result it is about gave none")
    return None
