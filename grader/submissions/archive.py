"""List and read a zip archive in memory. Its author may have written every byte by hand.

Central directory, member headers and sizes are claims; what counts is the bytes that come out.
Format: PKWARE APPNOTE 6.3, sections 4.3 (records) and 4.4 (fields).
"""

import io
import struct
import zipfile
import zlib
from collections import defaultdict
from functools import partial

from grader.submissions import limits
from grader.submissions.model import Refused
from grader.submissions.naming import bad_name, is_hidden, is_skipped_folder, long_name
from grader.submissions.regular import odd_mode, too_large
from grader.submissions.tree import Entry, Tree

# What the standard library raises on bytes that are no zip, besides the exception made for it.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    ArithmeticError,
    RuntimeError,
)
# The other methods unpack without a bound: forty bytes of bzip2 can be 45 MB.
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
ENCRYPTED = 0x1 | 0x40 | 0x2000  # general purpose bits 0, 6 and 13
CENTRAL_RECORD = b"PK\x01\x02"
OTHERS = {b"Rar!": "a RAR", b"7z\xbc\xaf": "a 7z", b"\x1f\x8b": "a gzip"}


def archive_tree(raw: bytes) -> Tree:
    """Return the visible members of the archive. Raises Refused where the archive itself is broken or a trap."""
    archive = _opened(raw)
    if sum(info.compress_size for info in archive.infolist()) > len(raw):
        raise Refused("holds overlapping members; make it again from the folder of your work")
    tree = Tree()
    for path, infos in _visible(archive, tree).items():
        if len(infos) > 1:
            tree.refuse(path, f"occurs {len(infos)} times in the archive; which one counts is unclear, none was read")
        elif reason := long_name(path) or _trap(infos[0]):
            tree.refuse(path, reason)
        else:
            tree.entries.append(Entry(path, partial(_content, archive, infos[0])))
    return tree


def _opened(raw: bytes) -> zipfile.ZipFile:
    # Counted first: one object is made for each record, and 20 MB have room for 400,000.
    if raw.count(CENTRAL_RECORD) > limits.ENTRIES:
        raise Refused(f"holds more than {limits.ENTRIES:,} members; zip the folder of the assignment alone")
    try:
        return zipfile.ZipFile(io.BytesIO(raw))
    except DAMAGE:
        raise Refused(_no_zip(raw)) from None


def _no_zip(raw: bytes) -> str:
    if raw.startswith(b"PK"):
        return "is a damaged zip archive; it may be cut short, make it and upload it again"
    for magic, what in OTHERS.items():
        if raw.startswith(magic):
            return f"is not a zip archive; it is {what} archive under another name, make a zip"
    return "is not a zip archive; zip the folder of your work again"


def _visible(archive: zipfile.ZipFile, tree: Tree) -> dict[str, list[zipfile.ZipInfo]]:
    """Group the members by path, hidden and skipped ones left out; record their folders and refuse bad names."""
    members: dict[str, list[zipfile.ZipInfo]] = defaultdict(list)
    for info in archive.infolist():
        # orig_filename is what the archive says; filename ends at its first NUL and knows the Unicode extra field.
        if reason := bad_name(info.orig_filename) or bad_name(info.filename):
            tree.refuse(info.orig_filename, reason)
        elif path := "/".join(part for part in info.filename.split("/") if part not in ("", ".")):
            members[path + "/" * info.filename.endswith("/")].append(info)
    environments = {path.removesuffix("pyvenv.cfg") for path in members if path.endswith("/pyvenv.cfg")}
    for path in [path for path in members if _skipped(path, environments)]:
        del members[path]
    for path in members:
        tree.folders.update(_folders(path))
    return {path: infos for path, infos in members.items() if not path.endswith("/")}


def _skipped(path: str, environments: set[str]) -> bool:
    *folders, name = path.split("/")
    above = {f"{folder}/" for folder in _folders(path)}
    return is_hidden(name) or any(map(is_skipped_folder, folders)) or not above.isdisjoint(environments)


def _folders(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[:depth]) for depth in range(1, len(parts) + 1)]


def _trap(info: zipfile.ZipInfo) -> str | None:
    if reason := odd_mode(info.external_attr >> 16):
        return reason
    if info.flag_bits & ENCRYPTED:
        return "is encrypted; make the zip without a password"
    if info.compress_type not in METHODS:
        return "is packed by an unusual method; make an ordinary zip (deflate)"
    return None


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    try:
        with archive.open(info) as stream:
            content = stream.read(limit + 1)
    except DAMAGE:
        raise Refused("is damaged in the archive or lies about its size; make the zip again", cost=limit) from None
    if len(content) > limit:
        raise Refused(too_large(limit), cost=limit)
    if len(content) != info.file_size:
        reason = f"declares {info.file_size:,} bytes and holds {len(content):,}; make the zip again"
        raise Refused(reason, cost=len(content))
    return content
