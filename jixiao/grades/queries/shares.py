"""Which share does a unit's tier give it, by the result in force of that year?"""

from collections.abc import Mapping
from fractions import Fraction

from jixiao.grades.models import Campaign, UnitTable
from jixiao.grades.quota import Share, share_of
from jixiao.results.consequences import Shares, consequences
from jixiao.results.models import SealedResult
from jixiao.results.queries import numbers_of, published, reading
from jixiao.scoring.numbers import SCALE, percent_text

HONOUR = "优秀"


def result_of(year: int, rate: str) -> SealedResult | None:
    """The published result in force of a year by whose scheme this share is given."""
    for kept in published().filter(year=year, through=""):
        if any(each.name == rate for each in reading(kept).result.scheme.consequences):
            return kept
    return None


def rates_known() -> list[str]:
    """Consequences by which recent results turn tiers into shares, those about 优秀 first."""
    found = dict.fromkeys(
        each.name
        for kept in published()[:3]
        for each in consequences(reading(kept).result)
        if isinstance(each, Shares)
    )
    return sorted(found, key=lambda name: HONOUR not in name)


def shares_by_tier(campaign: Campaign) -> Mapping[int, Share]:
    """The share of each unit by its tier, its steps in words; two queries, none where no rule is named."""
    kept = result_of(campaign.year, campaign.rate_name) if campaign.rate_name else None
    if kept is None:
        return {}
    numbers = numbers_of(kept)
    by = next(
        (
            each
            for each in consequences(reading(kept).result)
            if isinstance(each, Shares) and each.name == campaign.rate_name
        ),
        None,
    )
    basis = f"{kept}“{campaign.rate_name}”{by.basis if by else ''}"
    return {
        numbers[each.unit]: Share(each.rate, (basis, *each.steps), kept.pk)
        for each in (by.units if by else ())
    }


def share_now(table: UnitTable, tiers: Mapping[int, Share]) -> Share:
    """The share that the unit has today."""
    raised = None if table.raised is None else Fraction(table.raised, SCALE)
    return share_of(
        table.campaign.limits,
        tier=tiers.get(table.unit_id),
        raised=raised,
        document=table.raised_document,
    )


def moved_words(table: UnitTable, share: Share) -> str:
    """How the ground of a table's places has changed since it was handed in; empty where it has not."""
    if table.base is None or not table.rate or table.rate == percent_text(share.rate):
        return ""
    now = percent_text(share.rate)
    return f"报送时{table.rate}（{table.basis}），现在{now}（{'；'.join(share.steps)}）"
