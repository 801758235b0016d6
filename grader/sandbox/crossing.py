"""Questions as they cross to the worker, and the answers that come back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from ..questions import Answer, Call, Failed, Named, Question, Ref, Returned
from ..trees import Unsupported
from .session import CALLING, Sent, parse_failure
from .worker.values import Encoder, Mark, decode_all
from .worker.wire import HEADER_MAX, Violation

PAYLOAD_MAX = 2**24
"""Bytes of arguments that are sent at once, so that a worker need not hold more."""

_SENT: WeakKeyDictionary[Question, dict[range, Sent]] = WeakKeyDictionary()


def encode(question: Question) -> Sent:
    """Write all calls of a question, once. Raises `TypeError` where an argument is no value: a fault of the check."""
    return encode_part(question, range(len(question.calls)))


def encode_part(question: Question, part: range) -> Sent:
    """Write some calls of a question; once where it is put in the same parts each time. Raises as `encode` does."""
    if len(part) < len(question.calls) and not any(call.timed for call in question.calls):
        return encode_calls(question.calls, part)
    kept = _SENT.setdefault(question, {})
    if part not in kept:
        kept[part] = encode_calls(question.calls, part)
    return kept[part]


def encode_calls(calls: Sequence[Call], indices: Iterable[int]) -> Sent:
    """Write some calls of a question. Raises `TypeError` as `encode` does."""
    described, parts = [], []
    for index in indices:
        call, encoder = calls[index], Encoder(_foreign)
        tree = encoder.tree(tuple(call.args))
        described.append([index, call.function, tree, list(call.keep), call.echo, encoder.size])
        parts += encoder.parts
    return Sent(len(described), json.dumps(described), b"".join(parts))


def _foreign(value: Any) -> Any:
    if isinstance(value, list):
        return value
    if isinstance(value, Ref):
        return Mark("ref", (value.call, value.place))
    if isinstance(value, Named):
        return Mark("named", (value.name,))
    if isinstance(value, np.generic):
        return np.array(value)
    raise TypeError(f"an argument is a {type(value).__name__}; expected a plain value")


def batches(questions: Iterable[Question]) -> Iterator[list[Question]]:
    """Split questions into groups that one frame can carry."""
    group, described, size = list[Question](), 0, 0
    for question in questions:
        sent = encode(question)
        described, size = described + len(sent.description), size + len(sent.payload)
        if group and (described > HEADER_MAX // 2 or size > PAYLOAD_MAX):
            yield group
            group, described, size = [], len(sent.description), len(sent.payload)
        group.append(question)
    if group:
        yield group


def parse_reply(header: dict[str, Any], payload: bytes | bytearray) -> Answer:
    """Read the reply to one call. Raises `Violation` for whatever an honest worker does not send."""
    (answer,) = _answers([header], payload)
    return answer


def parse_replies(header: dict[str, Any], payload: bytes | bytearray, number: int) -> list[Answer] | None:
    """Read the reply to all calls of a question; None where they do not fit in one. Raises `Violation`."""
    if header.get("apart") is True:
        return None
    results = header.get("results")
    if type(results) is not list or len(results) != number or not all(type(result) is dict for result in results):
        raise Violation("a reply has not a result for each call")
    return _answers(results, payload)


def _answers(results: list[dict[str, Any]], payload: bytes | bytearray) -> list[Answer]:
    """Read results whose arrays fill the payload together."""
    trees = [_tree(result) for result in results if "failed" not in result]
    values = iter(decode_all(trees, payload, _mark))
    return [_failure(result["failed"]) if "failed" in result else _returned(next(values)) for result in results]


def _tree(result: dict[str, Any]) -> Any:
    if "result" not in result:
        raise Violation("a reply has no result")
    return result["result"]


def _failure(said: Any) -> Failed:
    try:
        return parse_failure(said, CALLING)
    except (TypeError, ValueError, LookupError):
        raise Violation("a failure is not described") from None


def _returned(result: Any) -> Returned:
    if type(result) is not tuple or len(result) != 2 or not (result[1] is None or type(result[1]) is tuple):
        raise Violation("a reply has no result")
    return Returned(result[0], args=result[1])


def _mark(kind: str, content: list[Any]) -> Any:
    if kind != "unsupported" or len(content) != 1 or type(content[0]) is not str:
        raise Violation("a value has an unknown mark")
    return Unsupported(content[0][:80])
