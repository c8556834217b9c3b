"""How does the written notice of a grade look: grade, ground, and the person's rights?"""

from dataclasses import dataclass
from datetime import date

from jixiao.gongwen.composition import chinese_date
from jixiao.gongwen.document import Document, Paragraph, Table


@dataclass(frozen=True)
class Told:
    """What stands in a notice."""

    unit: str
    name: str
    campaign: str
    grade: str
    ground: str
    """Why there is no grade."""
    reason: str
    document: str
    told_on: date
    apply_until: date | None
    decide_days: int
    appeal_days: int


def printed(told: Told) -> Document:
    """The document, ready to print; DocumentError says what cannot be printed."""
    said = (_result(told), _reason(told), _rights(told))
    paragraphs = [Paragraph(runs=each) for text in said for each in text.splitlines() if each]
    return Document(
        header=None,
        title=f"{told.campaign}结果通知书",
        recipients=f"{told.name}同志",
        body=(*paragraphs, _reply()),
        signatures=told.unit,
        signed_on=told.told_on,
    )


def _result(told: Told) -> str:
    by = f"按{told.document}，" if told.document else ""
    if told.grade:
        return f"{by}您的{told.campaign}等次确定为“{told.grade}”。"
    return f"{by}您参加{told.campaign}，不确定等次。情形：{told.ground}。"


def _reason(told: Told) -> str:
    return f"依据：{told.reason.rstrip('。')}。" if told.reason else ""


def _rights(told: Told) -> str:
    lead = "请在下面签署意见。签字只表示收到，有不同意见的请写明。"
    if told.apply_until is None:
        return lead
    return (
        f"{lead}\n对等次不服的，可以在{chinese_date(told.apply_until)}前申请复核，也可以直接提出申诉；"
        f"复核在{told.decide_days}日内书面决定；对复核决定不服的，自接到决定之日起"
        f"{told.appeal_days}日内可以提出申诉。复核、申诉期间不停止执行，不因申请加重处理。"
    )


def _reply() -> Table:
    """What the person fills in on paper."""
    return Table(widths=(3, 9), rows=(("本人意见", "\u3000"), ("签名、日期", "\u3000")))
