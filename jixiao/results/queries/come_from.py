"""Where do the figures behind a mark of this result come from?"""

from jixiao.results.models import ResultUnit
from jixiao.results.queries.kept import reading
from jixiao.scoring.scheme import Item
from jixiao.visits.queries.origins import Asked, Origin, origins

BY_EVENTS = "由核定的加扣分事项计分"
BY_SHEET = "取自录入时一并封存的记分表"


def origins_of(part: ResultUnit, item: Item) -> tuple[Origin, ...]:
    """Who recorded what, where the result was made from rounds; five queries at most."""
    if item.events is not None:
        return ()
    kept, result = part.result, reading(part.result).result
    sealed = {code: row.values for (unit, code), row in result.rows.items() if unit == part.name}
    return origins(
        Asked(
            kept.rounds.values("round"), part.unit_id, result.scheme, part.group, item,
            kept.loaded_at, sealed,
        )
    )  # fmt: skip


def source_words(item: Item) -> str:
    """Where the figures come from where no round tells."""
    return BY_SHEET if item.events is None else BY_EVENTS
