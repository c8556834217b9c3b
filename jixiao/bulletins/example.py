"""Which bulletins has the example county? Last year's, issued, and one being written."""

from pathlib import Path

from jixiao.access.actor import Actor
from jixiao.appraisals.models import Quarter
from jixiao.bulletins.actions import (
    Numbered,
    issue_bulletin,
    keep_reminder,
    make_template,
    rewrite_bulletin,
    sign_off_bulletin,
    start_bulletin,
    submit_bulletin,
)
from jixiao.bulletins.models import Bulletin
from jixiao.bulletins.queries.drafts import Desk
from jixiao.bulletins.states import BulletinKind
from jixiao.bulletins.template import Paragraph, Template
from jixiao.results.queries import published
from jixiao.schemes.exchange.yaml_view import read_part

WRITTEN_FOR = 2026
"""The year of which the example's text speaks."""
KEPT = "办法和文件里的固定数字，已核对出处。"
TOPIC = (
    Paragraph(text="按照《{办法}》，县绩效管理委员会办公室对各单位内部绩效考核情况作了专项分析，现通报如下。"),
    Paragraph(level="1", heading="基本情况"),
    Paragraph(text="全县{单位数}个参评单位中，内部绩效推进较好的有{突出单位：2，6}等单位；得分率不足六成的有{薄弱单位数：2}个单位。"),
    Paragraph(level="1", heading="主要问题"),
    Paragraph(text="一是月自查走过场，得分率不足六成的有{薄弱单位数：2.2}个单位；二是档案缺件，该项得分率不足六成的有{薄弱单位数：5.2}个单位，其中信用联社等4个单位原件不全。"),
    Paragraph(level="1", heading="有关要求"),
    Paragraph(text="各单位要逐股室核对自查记录，查漏补缺，下一次评估时一并核验。"),
    Paragraph(text="特此通报。"),
)  # fmt: skip
"""One figure in it is typed by hand, so that a newcomer sees what the check says."""


def load_example(county: Path, *, year: int, office: Actor, head: Actor) -> None:
    """The annual bulletin of ``year`` goes the whole way; a topic's and the last quarter's are being written."""
    result = published().filter(year=year).first()
    if result is None:
        return
    text = _in_year(county, year)
    own = make_template("年度通报（清岚县）", by=office, kind=BulletinKind.ANNUAL, content=text)
    annual = start_bulletin(result, by=office, kind=BulletinKind.ANNUAL, template=own)
    _send(annual, office=office, head=head)
    topic = text.model_copy(
        update={"title": (f"关于{year}年度内部绩效考核", "情况的专题通报"), "body": TOPIC,
                "annex_title": (), "annex_notes": ()}
    )  # fmt: skip
    draft = start_bulletin(result, by=office, kind=BulletinKind.TOPIC)
    rewrite_bulletin(draft, by=office, content=topic)
    if last := Quarter.objects.first():
        start_bulletin(last, by=office, kind=BulletinKind.QUARTER)


def _send(row: Bulletin, *, office: Actor, head: Actor) -> None:
    for each in Desk(row).open:
        keep_reminder(row, by=office, key=each.key, reason=KEPT)
    submit_bulletin(row, by=office)
    sign_off_bulletin(row, by=head, note="同意印发。")
    issue_bulletin(row, by=office, number=Numbered("清绩委", 3))


def _in_year(county: Path, year: int) -> Template:
    """The example's text with the years of this result; figures are references and follow by themselves."""
    text = (county / "通报.yaml").read_text(encoding="utf-8")
    later, now = str(WRITTEN_FOR + 1), str(WRITTEN_FOR)
    text = text.replace(later, "<下年>").replace(now, str(year)).replace("<下年>", str(year + 1))
    return read_part(Template, text).model_copy(update={"number_year": 0, "number_serial": 0})
