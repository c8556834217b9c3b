"""Do the tiers leave no mark in two tiers and none in no tier?"""

from collections.abc import Iterator
from itertools import pairwise

from jixiao.scoring.intervals import interval_text
from jixiao.scoring.numbers import number_text
from jixiao.scoring.scheme import Tier


def tier_remarks(tiers: tuple[Tier, ...]) -> Iterator[str]:
    """Sentences about bounds that overlap, leave a gap or go upward (C01: 80分以上、80—60分)."""
    bounded = [tier for tier in tiers if tier.within is not None]
    for better, worse in pairwise(bounded):
        high, low = better.within, worse.within
        assert high is not None and low is not None  # noqa: S101, PT018 - filtered above
        if high.low is None:
            yield f"“{better.name}”没有下限，排在它后面的“{worse.name}”永远评不上"
        elif low.high is not None and low.high < high.low:
            gap = f"{number_text(low.high)}至{number_text(high.low)}分"
            yield f"“{worse.name}”与“{better.name}”之间缺了{gap}，这一段将归入“{worse.name}”"
        elif low.high is not None and low.high > high.low:
            yield f"“{better.name}”{interval_text(high)}与“{worse.name}”{interval_text(low)}有重叠，重叠部分归“{better.name}”"
        elif low.high is not None and high.low_closed == low.high_closed:
            both = "两等都含" if high.low_closed else "两等都不含"
            owner = better.name if high.low_closed else worse.name
            yield f"正好{number_text(high.low)}分{both}（“{better.name}”与“{worse.name}”），计算时归“{owner}”"
    if tiers and tiers[-1].within is not None and tiers[-1].within.low is not None:
        yield f"最后一等“{tiers[-1].name}”有下限，低于下限的单位仍归入此等"
