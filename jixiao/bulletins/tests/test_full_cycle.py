"""Does a full cycle of the county give an annual bulletin of the source's substance, without a typed figure?"""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jixiao.access.actor import Actor
from jixiao.bulletins.compose import compose, facts_of, text_of
from jixiao.bulletins.context import Context, Reports
from jixiao.bulletins.proofread import Severity, proofread
from jixiao.bulletins.queries.facts import context_of
from jixiao.bulletins.shipped import FILES, ShippedKind, shipped
from jixiao.bulletins.template import Template
from jixiao.bulletins.tests.cycle import full_cycle
from jixiao.bulletins.typed import typed_figures

pytestmark = pytest.mark.django_db

SUBSTANCE = (
    # what the bulletin of 2010 says, what ours says
    ("制定评估办法，五大类若干子项，百分制", "评估围绕健全组织、内部绩效、网上绩效、材料报送、档案管理5类、13个项目进行，满分100分"),
    ("半年和全年两次定期评估，加不定期督查", "全年开展了半年评估（2025年7月6日至7月17日）、全年评估（2025年12月7日至12月25日）"),
    ("听汇报、看现场、查资料", "采取听汇报、看现场、查资料等形式逐项核实"),
    ("逐个过堂，逐项审核，现场记录", "到过43个单位"),
    ("面对面交流，逐一反馈", "43个单位由双方确认了现场记录"),
    ("先进单位16个：……", "先进单位20个：云溪镇、枫林镇"),
    ("达标单位27个：……", "达标单位20个：河口镇、石桥镇"),
    ("总体运行良好，一是……五是，各列突出单位", "一是健全组织，平均得分率81.4%，较好的有文广旅局"),
    ("档案管理有序", "五是档案管理，平均得分率74.8%，较好的有中行、交通局"),
    ("存在主要问题，一是认识不到位……", "一是内部考评流于形式，涉及9个单位，主要是月自查没有覆盖到全部科室"),
    ("二是硬件配备缺乏……", "二是档案不齐，涉及6个单位"),
    ("三是人员常换、兼职较多……", "四是健全组织，涉及3个单位，主要是年内联络员变动超过一次"),
    ("自查自纠，及时整改到位", "自查自纠，整改到位"),
    ("评优、奖励按评定情况兑现", "评估结果按办法规定作为评先评优和结果运用的依据"),
    ("每季度上报内部考评结果，每季度通报", "考评结果如实记录并按季度报送；绩效管理委员会办公室按季度通报"),
    ("迅速分解落实2010年绩效计划", "抓紧安排2026年工作"),
    ("三种责任主体，按月自查、按季考核", "按月自查、按季考核"),
    ("开展系列培训", "分层开展业务培训"),
    ("特此通报", "特此通报"),
    ("附件：分档情况表", "一、先进单位（20个）"),
    ("注：80分以上为先进……", "80分以上（含）为先进单位，60分（含）至80分（不含）为达标单位，60分以下（不含）为未达标单位"),
    ("注：纪组宣、四大办未参与评比", "县纪委机关、县委组织部、县委宣传部、县委办、县人大办、县政府办、县政协办按办法不参加分档"),
)  # fmt: skip
MORE_THAN_THE_SOURCE = (
    "已核实整改到位14个", "超过期限没有整改的有1个，请云溪镇抓紧办理", "与上年相比，等次上升的有", "平均分比上年提高8.3分",
)  # fmt: skip


@pytest.fixture
def context(actor: Callable[..., Actor]) -> Context:
    return context_of(full_cycle(actor))


def printed(context: Context, template: Template) -> str:
    """Everything that is read, notes of the annex too."""
    document = compose(context, template)
    notes = [
        note
        for annex in document.annexes
        for table in annex.blocks
        for note in getattr(table, "notes", ())
    ]
    return text_of(document) + "\n" + "\n".join(notes)


def test_the_annual_bulletin_says_what_the_source_says_and_more(context: Context) -> None:
    text = printed(context, shipped("annual"))
    assert [ours for _, ours in SUBSTANCE if ours not in text] == []
    assert [ours for ours in MORE_THAN_THE_SOURCE if ours not in text] == []


def test_it_agrees_with_itself_and_keeps_to_the_limit(context: Context) -> None:
    template = shipped("annual")
    text = text_of(compose(context, template))
    found = proofread(text, standing=facts_of(context, template).standing)
    assert [each.message for each in found if each.severity is Severity.MUST] == []
    assert len("".join(text.split())) < 5000


@pytest.mark.parametrize("kind", FILES)
def test_no_shipped_template_types_a_figure(kind: ShippedKind) -> None:
    assert typed_figures(shipped(kind)) == ()


@pytest.mark.parametrize("kind", ["half", "quarter"])
def test_the_other_bulletins_agree_with_themselves_too(context: Context, kind: ShippedKind) -> None:
    units = tuple(context.result.year) if context.result else ()
    reports = Reports(units, units[4:], units[:2], units[2:4], units[5:6], "2025年第三季度")
    source = Context(**{**vars(context), "reports": reports})
    text = text_of(compose(source, shipped(kind)))
    assert [
        each.message for each in proofread(text, standing=facts_of(source, shipped(kind)).standing)
    ] == []


@pytest.mark.parametrize("subject", ["2.2", "内部绩效", "内部考评流于形式"])
def test_a_bulletin_of_one_topic_speaks_of_an_item_a_category_or_a_theme(
    context: Context, subject: str
) -> None:
    template = shipped("topic").model_copy(update={"subject": subject})
    assert "已向9个单位反馈问题9个" in text_of(compose(context, template))


def test_a_bulletin_without_marks_tells_neither_marks_nor_places(context: Context) -> None:
    assert context.result is not None
    template = shipped("annual").model_copy(update={"shows_marks": False, "order": "rank"})
    text = text_of(compose(context, template))
    assert "先进单位20个：云溪镇、枫林镇" in text
    best = max(each["ranked"] or 0 for each in context.result.year.values())
    assert f"{best / 10000:.1f}" not in text


def test_the_queries_do_not_grow_with_the_rows(actor: Callable[..., Actor]) -> None:
    kept = full_cycle(actor, units=12)
    context_of(kept)
    with CaptureQueriesContext(connection) as taken:
        found = context_of(kept)
    assert found.rounds
    assert [len(each.units) for each in found.rounds] == [12, 12]
    assert len(taken) <= 10
