"""What should a human know about somebody's grades over the years? Hints with their law, never decisions."""

from collections.abc import Mapping
from dataclasses import dataclass

HONOUR_YEARS, DISMISSAL_YEARS = 3, 2


@dataclass(frozen=True)
class Hint:
    """What stands out, and by which rule somebody has to look at it."""

    words: str
    basis: str
    is_grave: bool = False
    """For the personnel department only; the person is heard before anything follows."""


def streak(grades: Mapping[int, str], grade: str, *, until: int) -> int:
    """How many years in a row up to ``until`` the grade was given."""
    count = 0
    while grades.get(until - count) == grade:
        count += 1
    return count


def hints(
    grades: Mapping[int, str], names: tuple[str, ...], *, is_civil: bool, until: int
) -> tuple[Hint, ...]:
    """What the annual grades up to a year suggest; ``names`` best first."""
    best, worst = names[0], names[-1]
    found: list[Hint] = []
    years = streak(grades, best, until=until)
    if is_civil and years >= HONOUR_YEARS:
        words = f"连续{years}年{best}，符合报请记三等功的年限，由有权机关研究"
        found.append(Hint(words, "公务员考核规定、公务员奖励规定"))
    elif is_civil and years:
        found.append(Hint(f"本年度{best}，可按规定给予嘉奖，由有权机关研究", "公务员考核规定"))
    lost = streak(grades, worst, until=until)
    if lost >= DISMISSAL_YEARS:
        law = "公务员法第八十八条" if is_civil else "事业单位人事管理条例第十六条"
        words = f"连续{lost}年{worst}，请组织人社部门依法研究，听取本人意见；平台不作处理"
        found.append(Hint(words, law, is_grave=True))
    return tuple(found)
