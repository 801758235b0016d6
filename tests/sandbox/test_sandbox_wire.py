"""The wire format: what goes through comes out equal, and whatever is not as described is a violation."""

from __future__ import annotations

import io
import json
import math
import struct

import numpy as np
import pytest

from grader.sandbox.worker import values, wire
from grader.sandbox.worker.arguments import Arguments
from grader.sandbox.worker.results import plain


def through(value):
    """What the grader reads; a worker, which believes what it is sent, reads the same."""
    encoder = values.Encoder(plain)
    frame = wire.pack({"result": encoder.tree(value)}, encoder.parts)
    read = wire.read_frame(io.BytesIO(frame).read, 2**26)
    tree = wire.header_of(read)["result"]
    back = values.decode(tree, read.payload, mark)
    reader = Arguments(read.payload, mark)
    same(reader.value(tree), back)
    assert reader.offset == len(read.payload)
    return back


def mark(kind, content):
    return values.Mark(kind, (*content,))


def same(believed, back):
    assert type(believed) is type(back)
    if isinstance(back, np.ndarray):
        assert (believed.dtype, believed.shape) == (back.dtype, back.shape)
        assert believed.flags.writeable
        assert believed.flags.owndata
        np.testing.assert_array_equal(believed, back)
    elif isinstance(back, dict | tuple | list):
        assert len(believed) == len(back)
        for one, other in zip(believed, back, strict=True):
            same(one, other)
        same(list(believed.values()), list(back.values())) if isinstance(back, dict) else None
    else:
        assert repr(believed) == repr(back)


@pytest.mark.parametrize("name", sorted(values.DTYPES))
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 5), (2, 3, 4)])
def test_every_dtype_and_shape_goes_through(name, shape):
    array = (np.arange(math.prod(shape)).reshape(shape) % 2).astype(name)
    back = through(array)
    assert back.dtype == array.dtype
    assert back.shape == shape
    assert back.flags.writeable
    assert type(back) is np.ndarray
    np.testing.assert_array_equal(back, array)


@pytest.mark.parametrize(
    "value",
    [None, True, False, 0, -7, 10**40 - 1, 0.1, -0.0, 1e-310, "", "∂ \x00 \ud800", (), [], {}, (1, [2, {"a": None}])],
)
def test_plain_values_go_through(value):
    back = through(value)
    assert repr(back) == repr(value)
    assert type(back) is type(value)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_numbers_that_json_lacks_go_through(number):
    np.testing.assert_equal(through(number), number)
    np.testing.assert_equal(through(np.array([number])), np.array([number]))


def test_foreign_objects_become_plain():
    class Odd(dict):
        pass

    matrix = np.arange(6.0).reshape(2, 3).T
    np.testing.assert_array_equal(through(matrix), matrix)
    np.testing.assert_array_equal(through(np.ma.masked_array([1, 2])), [1, 2])
    assert through(np.arange(3, dtype=">f8")).dtype == np.dtype("f8")
    assert through(np.array([1], np.longdouble)).dtype == np.dtype("f8")
    assert through(Odd(a=1)) == {"a": 1}
    assert through(np.float32(1)).dtype == np.dtype("f4")
    assert through(1 + 2j).dtype.kind == "c"
    assert through({1: 2, "b": 3}) == {"<key 0>": values.Mark("unsupported", ("key of type int",)), "b": 3}
    assert through(len) == values.Mark("unsupported", ("builtin_function_or_method",))
    assert through(np.array([None])) == values.Mark("unsupported", ("ndarray of dtype object",))


def test_a_nested_list_of_numbers_goes_as_an_array():
    np.testing.assert_array_equal(through([[1, 2], [3, 4.5]]), [[1, 2], [3, 4.5]])
    assert through(list(range(100_000))).shape == (100_000,)
    ragged = through([[1.0], [1.0, 2.0]])
    assert type(ragged) is list
    assert [row.shape for row in ragged] == [(1,), (2,)]
    mixed = through([0.5, np.ones(2)])
    assert type(mixed) is list
    assert mixed[0] == 0.5


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value, "end"]
    return value


def circular():
    value = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    "value",
    [tuple([None] * 2_001), {str(i): None for i in range(10**5)}, nested(9), "x" * 10_001, circular()],
    ids=["long", "dict", "deep", "text", "circular"],
)
def test_what_is_too_large_is_an_error_and_never_cut(value):
    with pytest.raises((wire.Oversize, RecursionError)):
        through(value)


def frame(header=b"{}", payload=b"", magic=b"GRD1", sizes=None):
    header_size, payload_size = sizes or (len(header), len(payload))
    return struct.pack("<4sIQ", magic, header_size, payload_size) + header + payload


class Counting(io.BytesIO):
    """Remembers the largest read that was asked for."""

    largest = 0

    def read(self, size=-1):
        self.largest = max(self.largest, size)
        return super().read(size)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (frame(magic=b"GRD2"), "no frame"),
        (b"hello, this is a student's print\n", "no frame"),
        (frame(sizes=(2**32 - 1, 0)), "announced"),
        (frame(sizes=(2, 2**63)), "announced"),
        (frame(sizes=(2, 2**26 + 1)), "announced"),
    ],
)
def test_bad_prefixes_are_violations_before_anything_is_allocated(data, what):
    stream = Counting(data)
    with pytest.raises(wire.Violation, match=what):
        wire.read_frame(stream.read, 2**26)
    assert stream.largest == wire.PREFIX.size


@pytest.mark.parametrize("cut", [0, 3, 15, 17, 19])
def test_a_cut_frame_is_the_end_of_the_stream(cut):
    assert wire.read_frame(io.BytesIO(frame(b'{"a":1}', b"xyz")[:cut]).read, 100) is None


def test_a_frame_that_nobody_waits_for_is_a_violation():
    with pytest.raises(wire.Violation, match="nobody had asked for"):
        wire.read_frame(io.BytesIO(frame()).read, 100, due=lambda: False)


@pytest.mark.parametrize(
    "header",
    [
        b"[1]",
        b"null",
        b"",
        b"{",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": ' + b"9" * 5_000 + b"}",
        b"[" * 60_000 + b"]" * 60_000,
        '{"a": "é"}'.encode(),
        b"\xff",
    ],
    ids=["list", "null", "empty", "cut", "nan", "infinity", "digits", "nesting", "utf-8", "latin-1"],
)
def test_bad_headers_are_violations(header):
    with pytest.raises(wire.Violation):
        wire.header_of(wire.Frame(header, b""))


BAD_VALUES = {
    "object dtype": ["a", "|O", 1],
    "void dtype": ["a", "|V8", 1],
    "text dtype": ["a", "<U2", 1],
    "date dtype": ["a", "<M8[s]", 1],
    "record dtype": ["a", [["x", "<f8"]], 1],
    "other byte order": ["a", ">f8", 1],
    "dtype is a number": ["a", 8, 1],
    "negative size": ["a", "<f8", -1],
    "two negative sizes": ["a", "<f8", -1, -1],
    "product overflows": ["a", "<f8", 2**31 - 1, 2**31 - 1, 2**31 - 1],
    "size too large": ["a", "<f8", 2**31],
    "size is true": ["a", "<f8", True],
    "size is real": ["a", "<f8", 1.0],
    "size is text": ["a", "<f8", "1"],
    "33 sizes": ["a", "<f8", *[1] * 33],
    "payload too short": ["a", "<f8", 2],
    "payload too long": ["a", "<f4", 1],
    "no dtype": ["a"],
    "no tag": [],
    "unknown tag": ["x", 1],
    "tag is a list": [["a"], 1],
    "object": {"a": 1},
    "key twice": ["d", "a", 1, "a", 2],
    "key without value": ["d", "a"],
    "key is a number": ["d", 1, 2],
    "key is a list": ["d", ["a"], 2],
    "key too long": ["d", "k" * 201, 2],
    "real by a wrong name": ["f", "0x1p3"],
    "real without a name": ["f"],
    "mark of nothing": ["m"],
    "mark of a list": ["m", "ref", [1]],
    "text too long": "x" * 10_001,
    "41 digits": 10**40,
    "too many parts": ["t", *[None] * 2_000],
    "too deep": json.loads('["t",' * 10 + "1" + "]" * 10),
}


@pytest.mark.parametrize("tree", BAD_VALUES.values(), ids=BAD_VALUES)
def test_bad_values_are_violations(tree):
    with pytest.raises(wire.Violation):
        values.decode(tree, bytes(8), lambda kind, content: None)


def test_a_real_beyond_the_range_is_a_violation():
    header = wire.header_of(wire.Frame(b'{"result": 1e999}', b""))
    with pytest.raises(wire.Violation):
        values.decode(header["result"], b"", lambda kind, content: None)


def test_a_bool_is_true_or_false_whatever_its_byte():
    back = values.decode(["a", "|b1", 3], b"\x00\x01\xff", lambda kind, content: None)
    assert back.view(np.uint8).tolist() == [0, 1, 1]


def test_pickle_bytes_stay_bytes():
    import pickle

    data = pickle.dumps(print)
    back = values.decode(["a", "|u1", len(data)], data, lambda kind, content: None)
    assert back.tobytes() == data
