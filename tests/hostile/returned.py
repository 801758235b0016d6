"""Rows 45 to 49 and 54: values that are not what they seem."""

from tests.hostile.attack import Attack, body

ZEROS = """
class Agreeing(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        return np.zeros(3)
    def __array_function__(self, function, types, arguments, options):
        return np.zeros(3)
    def __abs__(self):
        return np.zeros(3)
    def __sub__(self, other):
        return np.zeros(3)
    __rsub__ = __sub__
return np.full(3, 9.0).view(Agreeing)
"""

OBJECTS = """
class Agrees:
    def __sub__(self, other):
        return 0.0
    __rsub__ = __sub__
    def __abs__(self):
        return 0.0
class Array:
    def __array__(self, dtype=None, copy=None):
        return np.array([Agrees()] * 3, dtype=object)
return Array()
"""

REAL = """
class Agreeing(float):
    def __sub__(self, other):
        return 0.0
    __rsub__ = __sub__
    __array_priority__ = 1e9
    __array_ufunc__ = None
return Agreeing(9.0)
"""

CIRCLE = "circle = []\ncircle.append(circle)\nreturn circle"

ATTACKS = (
    Attack(
        45,
        "array that agrees with everything",
        body(ZEROS),
        r"returned array\(\[9\., 9\., 9\.\]\)",
        shared="verdict pass",
        loot=lambda tried: "array([9., 9., 9.])" not in tried.told,
    ),
    Attack(
        46,
        "__array__ of objects",
        body(OBJECTS),
        r"returned Unsupported\(.*object",
        shared="verdict pass",
        loot=lambda tried: "Unsupported" not in tried.told,
    ),
    Attack(
        47,
        "number that agrees with everything",
        body(REAL),
        r"returned 9\.0",
        shared="verdict pass",
        loot=lambda tried: type(getattr(tried.answer, "value", 0.0)) is not float,
    ),
    Attack(
        48,
        "list that holds itself",
        body(CIRCLE),
        r"raised: attack returned what cannot be read: .*(deep|parts)",
        shared="RecursionError|ValueError|verdict",
    ),
    Attack(
        49,
        "dict of 100,000 items",
        body("return {str(i): i for i in range(10**5)}"),
        r"raised: attack returned what cannot be read: .*2000 parts",
        shared="loot .*'99999'",
    ),
    Attack(
        54,
        "nothing but NaN",
        body("return np.full(3, np.nan)"),
        r"returned array\(\[nan, nan, nan\]\)",
        shared="verdict pass",
        loot=lambda tried: "nan" not in tried.told,
    ),
)
