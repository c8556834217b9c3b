"""Which results are kept, who may see them, and what do their pages tell?"""

from jixiao.results.queries.inputs import inputs_of
from jixiao.results.queries.kept import (
    KeptRow,
    in_force_of,
    latest_result,
    may_read,
    numbers_of,
    others_in_force,
    parts_of,
    published,
    reading,
    result,
    results,
    told_parts,
    unit_in,
    units_named,
    whole_result,
    year_before,
)
from jixiao.results.queries.pages import CardPage, LeaguePage, PartRow, card_page, league_page
from jixiao.results.queries.ways import AtHand, results_at_hand, way_of, ways

__all__ = [
    "AtHand",
    "CardPage",
    "KeptRow",
    "LeaguePage",
    "PartRow",
    "card_page",
    "in_force_of",
    "inputs_of",
    "latest_result",
    "league_page",
    "may_read",
    "numbers_of",
    "others_in_force",
    "parts_of",
    "published",
    "reading",
    "result",
    "results",
    "results_at_hand",
    "told_parts",
    "unit_in",
    "units_named",
    "way_of",
    "ways",
    "whole_result",
    "year_before",
]
