"""A reader of frames that believes what it reads: what each guard of the real one is there for.

`believed` returns what it takes for an answer, what it would allocate, or the exception that ends it.
"""

import json
import math
import pickle
import struct

import numpy as np

LARGE = 2**31


def believed(data):
    """Read frames until the bytes are used up; the last one counts, whoever asked for it."""
    said = None
    try:
        while data:
            _, header_size, payload_size = struct.unpack_from("<4sIQ", data)
            if header_size + payload_size > LARGE:
                return f"allocates {header_size + payload_size} bytes"
            header, data = data[16 : 16 + header_size], data[16 + header_size :]
            payload, data = data[:payload_size], data[payload_size:]
            said = verdict(json.loads(header), payload) or said
    except Exception as error:
        return f"ends with {type(error).__name__}"
    return said


def verdict(header, payload):
    if "score" in header:
        return f"{header['score']} points"
    return value(header["result"], payload) if "result" in header else None


def value(tree, payload):
    if not isinstance(tree, list):
        return tree
    if tree[0] == "t":
        return tuple(value(part, payload) for part in tree[1:])
    if tree[0] == "m":
        return "whatever is kept there"
    _, dtype, *shape = tree
    if payload[:1] in (b"c", b"\x80"):
        return pickle.loads(payload)  # as numpy's own file format does
    dtype = np.dtype([tuple(field) for field in dtype] if isinstance(dtype, list) else dtype)
    sizes = [int(size) for size in shape]
    if math.prod(sizes) * dtype.itemsize > LARGE:
        return f"allocates {math.prod(sizes) * dtype.itemsize} bytes"
    array = np.empty(abs(math.prod(sizes)), dtype)  # what is not filled holds the memory of before
    return array if dtype.hasobject else (array, np.frombuffer(payload, dtype))
