"""Which year does the example county manage? One whose bulletin is being written today."""

from datetime import date, timedelta

from jixiao.access.actor import Actor
from jixiao.periods.actions import Planned, plan_cycle
from jixiao.periods.states import StageKind

DAYS = {
    StageKind.SCHEME: (-300, -270, "征求意见两轮后发布"),
    StageKind.TARGET: (-269, -230, "年度目标全部核定"),
    StageKind.EVIDENCE: (-229, -60, "按季报送，一数只报一次"),
    StageKind.VISIT: (-59, -35, "半年、全年各一次，平时抽查"),
    StageKind.JUDGING: (-34, -22, ""),
    StageKind.REVIEW: (-21, -7, "告知后三个工作日内可申请复核"),
    StageKind.BULLETIN: (-6, 14, ""),
}


def load_example(by: Actor, *, year: int, today: date) -> None:
    """Plan the year around today, as 清岚县's performance office would have."""
    stages = [
        Planned(kind, today + timedelta(first), today + timedelta(last), note)
        for kind, (first, last, note) in DAYS.items()
    ]
    plan_cycle(year, by=by, title=f"{year}年度", stages=stages)
