"""Which results are kept, who may see them, and what do their pages tell?"""

from jixiao.results.queries.kept import (
    KeptRow,
    latest_result,
    numbers_of,
    parts_of,
    published,
    reading,
    result,
    results,
    results_under_way,
    unit_in,
    units_named,
    year_before,
)
from jixiao.results.queries.pages import CardPage, LeaguePage, PartRow, card_page, league_page
from jixiao.results.queries.ways import results_at_hand, ways

__all__ = [
    "CardPage",
    "KeptRow",
    "LeaguePage",
    "PartRow",
    "card_page",
    "latest_result",
    "league_page",
    "numbers_of",
    "parts_of",
    "published",
    "reading",
    "result",
    "results",
    "results_at_hand",
    "results_under_way",
    "unit_in",
    "units_named",
    "ways",
    "year_before",
]
