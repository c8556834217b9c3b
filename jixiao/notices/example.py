"""What do people of the example county say, and what were its units told?"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jixiao.access.actor import Actor
from jixiao.notices.actions import (
    Letter,
    acknowledge,
    answer_opinion,
    publish_opinion,
    send_notice,
    write_opinion,
)
from jixiao.notices.models import Notice, Opinion
from jixiao.notices.states import OpinionKind
from jixiao.org.models import Unit

COUNTY_TIME = ZoneInfo("Asia/Shanghai")
SAID = (
    (32, OpinionKind.COMPLAINT, "同一组月自查数据，绩效办和督查室各要一遍，口径还不一样，能不能只报一次？",
     "情况属实。已与督查室对口径，今年起月自查数据只在本平台报一次，督查室从平台取。"),
    (24, OpinionKind.SUGGESTION, "乡镇联络员多是兼职，建议把培训放到每季度第一个月的工作日下午，提前一周通知。",
     "采纳。四季度起按季度第一个月中旬安排，培训材料一并放到平台。"),
    (17, OpinionKind.QUESTION, "联络员产假期间由别人代办，成绩单里的“联络员变动”会不会算一次？", ""),
    (9, OpinionKind.SUGGESTION, "绩效信息采用按条数排名容易攒条数，建议只算被采用的质量，不算条数。", ""),
    (3, OpinionKind.QUESTION, "档案抽查缺件是按卷算还是按件算？成绩单上写的是件。", ""),
)  # fmt: skip
"""Days ago, kind, words, and the answer if there is one."""

TOLD = (
    (20, -6, "报送三季度月自查汇总", "请各单位核对三季度月自查汇总表，有出入的在表上注明。已在平台有数的，不用再报。"),
    (5, 4, "确认本单位分管人和联络员", "请核对本单位绩效分管人、联络员是否变动；有变动的在“机构人员”里登记，没有变动的签收即可。"),
    (12, None, "2026年度得分等次已公布", "成绩单在“得分等次”里，每一分都能点开看规则、数据和算法；有疑问请用“意见建议”。"),
)  # fmt: skip
"""Sent days ago, due in days (none: nothing to sign), title, body."""


def load_example(
    writers: Sequence[Actor], *, office: Actor, signers: Mapping[int, Actor], today: date
) -> None:
    """Opinions of ``writers`` and notices of ``office``; the units of ``signers`` sign for the first."""
    for number, (ago, kind, words, answer) in enumerate(SAID):
        made = write_opinion(words, by=writers[number % len(writers)], kind=kind)
        Opinion.objects.filter(pk=made.pk).update(written_at=_moment(today, -ago))
        if answer:
            publish_opinion(answer_opinion(made, by=office, answer=answer), by=office)
    units = list(Unit.objects.open().assessed().exclude(group=""))
    for ago, due, title, body in TOLD:
        letter = Letter(title, body, needs_sign=due is not None)
        notice = send_notice(letter, by=office, units=units)
        due_on = None if due is None else today + timedelta(due)
        Notice.objects.filter(pk=notice.pk).update(sent_at=_moment(today, -ago), due_on=due_on)
        if due and due < 0:
            for receipt in notice.receipts.filter(unit__in=signers):
                acknowledge(receipt, by=signers[receipt.unit_id])
            signed = _moment(today, due - 1)
            notice.receipts.filter(read_at__isnull=False).update(
                read_at=signed, acknowledged_at=signed
            )


def _moment(today: date, days: int) -> datetime:
    """Ten in the morning, so many days from today: the example has a past that nobody typed in."""
    return datetime.combine(today + timedelta(days), time(10), tzinfo=COUNTY_TIME)
