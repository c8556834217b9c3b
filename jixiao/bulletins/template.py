"""What does the office write, and what is filled in? A bulletin's template: text with references."""

from datetime import date
from typing import Literal

from pydantic import Field

from jixiao.scoring.base import Part


class Paragraph(Part):
    """A paragraph, or a heading with the text that follows on its line."""

    level: Literal["0", "1", "2", "3", "4"] = Field(default="0", title="层次")
    heading: str = Field(default="", title="小标题")
    text: str = Field(default="", title="文字")


class Colophon(Part):
    """版记."""

    copied_to: str = Field(default="", title="抄送")
    printed_by: str = Field(min_length=1, title="印发机关")
    printed_on: date = Field(title="印发日期")


class Template(Part):
    """A bulletin as the office writes it; figures and lists are ``{引用}``.

    What stands in ``[[…]]`` is left out where one of its references has nothing to say.
    """

    mark: str = Field(min_length=1, title="发文机关标志")
    number_code: str = Field(default="", title="机关代字")
    number_year: int = Field(default=0, title="年份")
    number_serial: int = Field(default=0, title="序号")
    title: tuple[str, ...] = Field(min_length=1, title="标题")
    recipients: str = Field(default="", title="主送")
    label: str = Field(default="单位", title="等次后缀")
    order: Literal["scheme", "rank"] = Field(default="scheme", title="名单次序")
    shows_marks: bool = Field(default=True, title="公布得分")
    subject: str = Field(default="", title="主题")
    body: tuple[Paragraph, ...] = Field(min_length=1, title="正文")
    annex_title: tuple[str, ...] = Field(default=(), title="附件标题")
    annex_notes: tuple[str, ...] = Field(default=(), title="附件注")
    signatures: tuple[str, ...] = Field(min_length=1, title="署名")
    signed_on: date = Field(title="成文日期")
    sealed: bool = Field(default=True, title="盖章")
    note: str = Field(default="", title="附注")
    colophon: Colophon | None = Field(default=None, title="版记")

    def unnumbered(self, today: date) -> "Template":
        """As a draft stands today: not numbered yet, dated today wherever it has a date."""
        last = self.colophon and self.colophon.model_copy(update={"printed_on": today})
        update = {"number_serial": 0, "signed_on": today, "colophon": last}
        return self.model_copy(update=update)
