"""Something that stands where a thing of a missing module would: harmless while files are loaded, an error after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Self

_OPERATORS = (
    "abs", "add", "floordiv", "ge", "gt", "le", "lt", "matmul", "mod", "mul", "neg", "pow", "radd", "rfloordiv",
    "rmatmul", "rmul", "rpow", "rsub", "rtruediv", "sub", "truediv",
)  # fmt: skip
_NUMBERS = ("array", "float", "index", "int", "len")


class StandIn:
    """Takes calls, attributes and items, serves as a base class or decorator; `why` is raised when it is used.

    `lenient` says whether it still does no harm: then a call hands back its first argument, as a decorator should.
    """

    def __init__(self, why: str, lenient: Callable[[], bool]) -> None:
        self._why, self._lenient = why, lenient

    def __getattr__(self, name: str) -> Self:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args: Any, **options: Any) -> Any:
        """Hand back the first argument, or raise ModuleNotFoundError."""
        self._use()
        return args[0] if args else self

    def __getitem__(self, key: Any) -> Self:
        self._use()
        return self

    def __setitem__(self, key: Any, value: Any) -> None:
        self._use()

    def __enter__(self) -> Self:
        self._use()
        return self

    def __exit__(self, *_: object) -> None:
        return

    def __iter__(self) -> Iterator[Any]:
        self._use()
        return iter(())

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        return ()

    def __instancecheck__(self, one: object) -> bool:
        return False

    def __bool__(self) -> bool:
        self._use()
        return True

    def _use(self) -> None:
        if not self._lenient():
            raise ModuleNotFoundError(self._why)

    def _operate(self, *others: Any) -> Self:
        self._use()
        return self

    def _be_a_number(self, *options: Any) -> Any:
        raise ModuleNotFoundError(self._why)


for _name in _OPERATORS:
    setattr(StandIn, f"__{_name}__", StandIn._operate)
for _name in _NUMBERS:
    setattr(StandIn, f"__{_name}__", StandIn._be_a_number)
