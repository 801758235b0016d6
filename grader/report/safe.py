"""Text that strangers chose, made inert: one function for each medium.

Students choose the names of their files, what they print, what their exceptions say and what their dictionaries are
keyed by. None of it may move a cursor, run in a browser, become a formula or command a workflow. What would is shown
as a visible escape, not dropped: an instructor should see that it was there.
"""

from __future__ import annotations

import html as _html
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

# Controls (C0, DEL, C1), bidirectional marks and overrides, what has no width, line and paragraph ends, halves of
# surrogate pairs, interlinear marks, tags, and the code points that are no characters.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ud800-\udfff\ufff9-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_UNSEEN_BUT_LINES = re.compile(_UNSEEN.pattern.replace("\x00-\x1f", "\x00-\x09\x0b-\x1f"))
# No renderer joins or links across it, and it takes no room. Students cannot place one: it is in `_UNSEEN`.
_SPLIT = "\u200b"


def plain(text: str, newlines: bool = True) -> str:
    r"""Write out whatever cannot be seen or rearranges what can: `\x1b`, `\u202e`, `\ud800`.

    With `newlines` lines stay lines and tabs become spaces; without, the text is one line.
    """
    if text.isascii() and text.isprintable():
        return text
    if not newlines:
        return _UNSEEN.sub(_escape, text)
    lines = text.replace("\r\n", "\n").replace("\t", "    ")
    return _UNSEEN_BUT_LINES.sub(_escape, lines)


def _escape(found: re.Match[str]) -> str:
    return _written(found[0])


@cache
def _written(character: str) -> str:
    if character in "\n\r\t":
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[character]
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def terminal(text: str, style: str = "") -> Text:
    """For rich: no markup, no emoji codes, no control sequences."""
    from rich.text import Text

    return Text(plain(text), style=style)


_MARKDOWN = re.compile(r"[\\`*_\[\]~|#$&<>]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}
_LINKED = re.compile(r"@(?=\w)|:(?=//)|(?<=www)\.|(?<=mailto):|(?<=xmpp):|#(?=\d)|(?<=GH)-(?=\d)", re.IGNORECASE)
_OPENING = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)


def markdown(text: str) -> str:
    """For a line or a table cell of GitHub's Markdown: no markup, HTML, mathematics, link, mention or row end."""
    split = _LINKED.sub(lambda found: found[0] + _SPLIT, plain(text))
    inert = _MARKDOWN.sub(lambda found: _ENTITIES.get(found[0], "\\" + found[0]), split)
    opened = _OPENING.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", inert)
    return opened.replace("\n", "<br>")


def html(text: str) -> str:
    """For an element or a quoted attribute of HTML."""
    return _html.escape(plain(text), quote=True)


_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def xml(text: str) -> str:
    """For an element or a quoted attribute of XML 1.0; what XML cannot hold becomes `#x1B`."""
    legal = _NO_XML.sub(lambda found: f"#x{ord(found[0]):02X}", text)
    return _html.escape(plain(legal), quote=True)


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def csv(text: str) -> str:
    """For a cell of a spreadsheet: one line that is no formula. The `csv` module does the quoting."""
    shown = plain(text, newlines=False)
    return f"'{shown}" if text.lstrip(" \n").startswith(_FORMULA) else shown


def workflow(text: str, value: bool = False) -> str:
    """For the log of a GitHub workflow, alone or as the message of a command; `value` for a command's property."""
    inert = plain(text).replace("::", f":{_SPLIT}:").replace("##[", f"##{_SPLIT}[")
    escaped = inert.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escaped.replace(":", "%3A").replace(",", "%2C") if value else escaped
