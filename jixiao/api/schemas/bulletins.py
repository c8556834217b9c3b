"""What do programs read of bulletins?"""

from datetime import datetime

from ninja import Schema
from pydantic import Field


class BulletinOut(Schema):
    """An issued bulletin."""

    id: int
    kind: str
    year: int
    title: str
    number: str = Field(description="发文字号")
    level: str = Field(
        description="公布范围：unit 有关单位，group 本组，county 全县，public 向社会公开"
    )
    with_marks: bool = Field(description="连得分一起公布；否则只公布等次")
    state: str = Field(description="issued 已印发，superseded 被取代，withdrawn 已撤销")
    result_id: int | None = Field(description="依据的得分结果；季度通报没有")
    quarter_id: int | None = Field(description="依据的内部绩效季报；只有季度通报有")
    follows_id: int | None = Field(description="取代哪一份；没有的为空")
    issued_at: datetime = Field(description="印发时间")


class BulletinFileOut(Schema):
    """One form in which it went out."""

    kind: str = Field(description="docx 或 pdf")
    size: int
    digest: str


class BulletinCardOut(Schema):
    """An issued bulletin with its words."""

    bulletin: BulletinOut = Field(description="通报")
    text: list[str] = Field(description="标题、主送、正文、附件，一段一条")
    files: list[BulletinFileOut] = Field(description="印发的文件")
