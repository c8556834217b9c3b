"""Where do the figures behind a mark of this result come from?"""

from collections.abc import Collection

from jixiao.results.models import Amendment, ResultUnit
from jixiao.results.queries.kept import reading
from jixiao.results.states import UPHELD
from jixiao.scoring.scheme import Item
from jixiao.visits.queries.origins import Asked, Origin, item_columns, origins

BY_EVENTS = "由核定的加扣分事项计分"
BY_SHEET = "取自录入时一并封存的记分表"


def amendments_of(part: ResultUnit, item: Item) -> tuple[Amendment, ...]:
    """What reviews put right in the figures of an item, as far as this run holds it; one query."""
    if item.events is not None:
        return ()
    kept, result = part.result, reading(part.result).result
    of_unit = Amendment.objects.filter(
        review__part__unit=part.unit_id, review__state__in=UPHELD,
        review__part__result__line=kept.line_id, review__part__result__year=kept.year,
        review__decided_at__lte=kept.loaded_at,
        column__in=item_columns(result.scheme, item, part.group),
    )  # fmt: skip
    rows = of_unit.select_related("review").order_by("review__decided_at", "id")
    return tuple(
        each
        for each in rows
        if (row := result.rows.get((part.name, each.round)))
        and row.values.get(each.column) == each.after
    )


def origins_of(
    part: ResultUnit, item: Item, amended: Collection[Amendment] = ()
) -> tuple[Origin, ...]:
    """Who recorded what, where the result was made from rounds; five queries at most.

    A figure that a review put right is compared with the records as it was before.
    """
    if item.events is not None:
        return ()
    kept, result = part.result, reading(part.result).result
    sealed = {
        code: dict(row.values) for (unit, code), row in result.rows.items() if unit == part.name
    }
    for each in reversed([*amended]):
        sealed[each.round][each.column] = each.before
    return origins(
        Asked(
            kept.rounds.values("round"), part.unit_id, result.scheme, part.group, item,
            kept.loaded_at, sealed,
        )
    )  # fmt: skip


def source_words(item: Item) -> str:
    """Where the figures come from where no round tells."""
    return BY_SHEET if item.events is None else BY_EVENTS
