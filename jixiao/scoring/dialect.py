"""In which expression language is the kernel written out?

The rules use only what Narwhals and Polars spell alike, so the same lines build Polars expressions
(the default: no translation, which at 50 × 30 is most of the time) or Narwhals expressions (PySpark and
whatever else Narwhals speaks). docs/decisions/0003-kernel.md has the figures.
"""

from types import ModuleType
from typing import Any

import narwhals as nw
import polars as pl

Expr = nw.Expr
"""A Narwhals expression, or a Polars one used by the same methods."""

Frame = Any
"""A lazy frame: ``polars.LazyFrame`` or ``narwhals.LazyFrame``."""


def dialect_of(thing: object) -> ModuleType:
    """The module that writes expressions like this one, or expressions for this frame."""
    return pl if isinstance(thing, pl.Expr | pl.LazyFrame) else nw


def where(test: Expr, then: "Expr | int", otherwise: "Expr | int | None" = None) -> Expr:
    """``then`` where the test holds, else ``otherwise`` (a gap by default); numbers become int64."""
    n = dialect_of(test)
    parts = [
        n.lit(each, n.Int64()) if isinstance(each, int) else each for each in (then, otherwise)
    ]
    chosen: Expr = n.when(test).then(parts[0])
    return chosen if otherwise is None else chosen.otherwise(parts[1])  # type: ignore[attr-defined]


def whole(expr: Expr) -> Expr:
    """The column as int64: flags become 0 and 1, an engine's own integer widths become one."""
    return expr.cast(dialect_of(expr).Int64())


def all_of(tests: list[Expr]) -> Expr:
    """Every test holds; there must be at least one."""
    found = tests[0]
    for test in tests[1:]:
        found = found & test
    return found


def any_of(tests: list[Expr]) -> Expr:
    """At least one test holds; there must be at least one."""
    found = tests[0]
    for test in tests[1:]:
        found = found | test
    return found
