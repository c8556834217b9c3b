"""What does the page of an objection tell: the item, the figures and their origin, the days, the decision?"""

from dataclasses import dataclass
from datetime import date

from jixiao.access.actor import Actor
from jixiao.access.moves import Way
from jixiao.notices.queries import time_left
from jixiao.periods.workdays import Span
from jixiao.results.explain import Explanation
from jixiao.results.models import Review
from jixiao.results.queries.come_from import origins_of, source_words
from jixiao.results.queries.inputs import Input, inputs_of, item_of
from jixiao.results.queries.kept import reading
from jixiao.results.queries.review_ways import review_ways
from jixiao.results.queries.way_page import Movement, movement_of
from jixiao.results.states import DECIDE, DECIDE_APPEAL, ReviewState
from jixiao.results.why import explained
from jixiao.scoring.numbers import mark_text
from jixiao.visits.queries.origins import Origin


@dataclass(frozen=True)
class Figure:
    """A figure that the decision put right."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ReviewPage:
    """One objection."""

    review: Review
    left: Span | None
    """Until the decision is due, while it is."""
    mark: str
    rule: str
    rounds: tuple[tuple[str, Explanation], ...]
    origins: tuple[Origin, ...]
    source: str
    inputs: tuple[Input, ...]
    """What a decision may put right; empty where nothing is to be decided here."""
    figures: tuple[Figure, ...]
    ways: list[Way[ReviewState]]


def review_page(review: Review, actor: Actor, today: date) -> ReviewPage:
    """Everything on the page; eight queries besides the objection itself."""
    part = review.part
    known = reading(part.result).result
    item = item_of(part, review.code) if review.code else None
    found = explained(known, part.name, item) if item else ()
    come = origins_of(part, item) if item else ()
    names = {each.code: each.name for each in known.scheme.rounds}
    marks = known.year.get(part.name, {})
    mark = marks.get(f"mark:{review.code}") if item else marks.get("total")
    open_ways = review_ways(review, actor)
    decides = any(each.is_open and each.move in (DECIDE, DECIDE_APPEAL) for each in open_ways)
    inputs = inputs_of(part, review.code)
    return ReviewPage(
        review=review,
        left=time_left(review.due_on, today) if review.is_open else None,
        mark=mark_text(mark, known.scheme.decimals),
        rule=found[0].rule if found else "",
        rounds=tuple((names.get(each.round, ""), each) for each in found),
        origins=come,
        source="" if come or item is None else source_words(item),
        inputs=inputs if decides else (),
        figures=_figures(review, inputs),
        ways=open_ways,
    )


def _figures(review: Review, inputs: tuple[Input, ...]) -> tuple[Figure, ...]:
    known = {each.cell: each for each in inputs}
    return tuple(
        Figure(
            each.label if (each := known.get((row.round, row.column))) else row.column,
            row.before_words,
            row.after_words,
        )
        for row in (review.amendments.all() if review.decided_at else ())
    )


def led_on(review: Review) -> Movement | None:
    """How the unit moved in the run that the decision led to."""
    if review.led_to is None:
        return None
    part = review.led_to.units.select_related("result__follows").filter(unit=review.part.unit_id)
    row = part.defer("result__body", "result__follows__body").first()
    return movement_of(row) if row else None
