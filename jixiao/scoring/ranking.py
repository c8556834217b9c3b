"""Who is first? Places inside groups, the one costly operation of the kernel."""

from typing import Literal

from jixiao.scoring.dialect import Expr, whole
from jixiao.scoring.exact import Exact
from jixiao.scoring.measures import Order


def place_in(key: Exact, *, scope: str | tuple[str, ...], best: Order, dense: bool = False) -> Expr:
    """The place of each row among the rows with an equal ``scope`` column; equal keys share a place.

    Gaps get no place. After a tie the next place is skipped (1, 1, 3), or not (``dense``: 1, 1, 2).
    """
    method: Literal["dense", "min"] = "dense" if dense else "min"
    ranked = key.expr.rank(method, descending=best == "high").over(
        *([scope] if isinstance(scope, str) else scope)
    )
    return whole(ranked)
