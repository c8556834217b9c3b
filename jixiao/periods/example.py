"""Which year does the example county manage? One in which assessors are on the way today."""

from datetime import date, timedelta
from pathlib import Path

from jixiao.access.actor import Actor
from jixiao.periods.actions import Planned, plan_cycle
from jixiao.periods.states import StageKind
from jixiao.periods.workdays import TABLE, arrangements

DAYS = {
    StageKind.SCHEME: (-330, -300, "征求意见两轮后发布"),
    StageKind.TARGET: (-299, -250, "年度目标全部核定"),
    StageKind.EVIDENCE: (-249, -22, "按季报送，一数只报一次"),
    StageKind.VISIT: (-21, 9, "全年评估，逐个单位过堂"),
    StageKind.JUDGING: (10, 20, ""),
    StageKind.REVIEW: (21, 34, "告知后三个工作日内可申请复核"),
    StageKind.BULLETIN: (35, 55, ""),
}


SUPPOSED = """# 示例县假定的安排，只为演示期限；真实的安排以国务院办公厅的通知为准。
{year}:
  放假:
    - {{节日: 元旦, 起: {year}-01-01, 止: {year}-01-03}}
  上班: []
"""


def suppose_next_year(folder: Path, *, year: int) -> None:
    """The fictitious county supposes the holidays of a year that nobody has announced yet."""
    if year not in arrangements():
        (folder / TABLE.name).write_text(SUPPOSED.format(year=year), encoding="utf-8")
        arrangements.cache_clear()


def load_example(by: Actor, *, year: int, today: date) -> None:
    """Plan the year around today, as 清岚县's performance office would have."""
    stages = [
        Planned(kind, today + timedelta(first), today + timedelta(last), note)
        for kind, (first, last, note) in DAYS.items()
    ]
    plan_cycle(year, by=by, title=f"{year}年度", stages=stages)
