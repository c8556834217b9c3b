"""Where do the figures behind a mark of this result come from?"""

from jixiao.results.models import Amendment, ResultUnit
from jixiao.results.queries.kept import reading
from jixiao.scoring.numbers import mark_text
from jixiao.scoring.scheme import Item
from jixiao.visits.queries.origins import Asked, Origin, item_columns, origins

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


def changes_of(part: ResultUnit, item: Item) -> tuple[str, ...]:
    """What granted objections changed in the item's figures before this run; one query."""
    if part.result.follows_id is None:
        return ()
    known = reading(part.result).result.scheme
    columns = item_columns(known, item, part.group)
    found = Amendment.objects.filter(
        review__part__unit=part.unit_id, review__led_to=part.result_id, column__in=columns
    ).select_related("review")
    return tuple(
        f"复核{each.review.get_state_display()}，{mark_text(each.before, known.decimals)}改为"
        f"{mark_text(each.after, known.decimals)}" + (f"（{each.review.basis}）" if each.review.basis else "")
        for each in found
    )  # fmt: skip
