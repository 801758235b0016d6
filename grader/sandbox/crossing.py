"""Questions as they cross to the worker, and the answers that come back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from ..questions import Answer, Call, Named, Question, Ref, Returned
from ..trees import Unsupported
from .session import CALLING, Sent, parse_failure
from .worker.values import Encoder, Mark, decode
from .worker.wire import Violation

_SENT: WeakKeyDictionary[Question, Sent] = WeakKeyDictionary()


def encode(question: Question) -> Sent:
    """Write all calls of a question, once. Raises `TypeError` where an argument is no value: a fault of the check."""
    if question not in _SENT:
        _SENT[question] = encode_calls(question.calls, range(len(question.calls)))
    return _SENT[question]


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


def parse_reply(header: dict[str, Any], payload: bytes | bytearray) -> Answer:
    """Read the reply to one call. Raises `Violation` for whatever an honest worker does not send."""
    if "failed" in header:
        try:
            return parse_failure(header["failed"], CALLING)
        except (TypeError, ValueError, LookupError):
            raise Violation("a failure is not described") from None
    if "result" not in header:
        raise Violation("a reply has no result")
    result = decode(header["result"], payload, _mark)
    if type(result) is not tuple or len(result) != 2 or not (result[1] is None or type(result[1]) is tuple):
        raise Violation("a reply has no result")
    return Returned(result[0], args=result[1])


def _mark(kind: str, content: list[Any]) -> Any:
    if kind != "unsupported" or len(content) != 1 or type(content[0]) is not str:
        raise Violation("a value has an unknown mark")
    return Unsupported(content[0][:80])
