"""A paragraph moved to the right, wrapped to what is left of the width, with no spaces at the ends of its lines."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from rich.console import Console, ConsoleOptions
from rich.text import Text


class Indented(msgspec.Struct, frozen=True):
    """`text`, `cells` to the right. A `sign`, if there is one, hangs to the left of the first line within them."""

    text: Text
    cells: int
    sign: Text | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        sign = self.sign or Text()
        margin = Text(" " * max(self.cells - sign.cell_len, 0)).append_text(sign)
        for line in self.text.wrap(console, max(options.max_width - self.cells, 1)):
            line.rstrip()
            yield margin + line if line.plain else Text()
            margin = Text(" " * self.cells)
