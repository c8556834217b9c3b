"""Does a reminder read as an official document?"""

from dataclasses import replace
from datetime import date

import pytest

from jixiao.gongwen.document import DocumentError, Paragraph
from jixiao.rectification.letter import NUMBER, Told, printed

TOLD = Told(
    number="清绩督〔2026〕3号", unit="东岭乡", subject="自查逾期", facts="表雷同。\n\n期限已过。",
    asked="说明原因。", due_on=date(2026, 12, 3), sent_on=date(2026, 11, 19),
)  # fmt: skip


def test_it_says_to_whom_what_by_when_and_who_signs() -> None:
    made = printed(TOLD, office="清岚县绩效办")
    said = [block.runs[0].text for block in made.body if isinstance(block, Paragraph)]
    assert (str(made.number), made.title) == ("清绩督〔2026〕3号", ("关于自查逾期的督促通知单",))
    assert said[:3] == ["表雷同。", "期限已过。", "说明原因。"]
    assert "2026年12月3日前" in said[3]
    assert (made.signatures, made.signed_on) == (("清岚县绩效办",), date(2026, 11, 19))


@pytest.mark.parametrize("subject", ["长" * 80, "看不\x00见"])
def test_what_cannot_be_printed_is_said(subject: str) -> None:
    with pytest.raises(DocumentError):
        printed(replace(TOLD, subject=subject), office="清岚县绩效办")


@pytest.mark.parametrize("number", ["1号", "清绩督〔2026〕号", "清绩督[2026]3号", "〔2026〕3号"])
def test_a_number_of_another_form_is_none(number: str) -> None:
    assert NUMBER.match(number) is None
