"""What do programs read of matters that add or take points?"""

from datetime import date

from ninja import Schema
from pydantic import Field


class MatterOut(Schema):
    """A matter, what it is worth, and whether it counts."""

    id: int = Field(alias="matter.pk")
    unit_id: int = Field(alias="matter.unit_id")
    unit: str = Field(description="单位名称", alias="matter.unit.name")
    code: str = Field(description="项目编码", alias="matter.code")
    item: str = Field(description="项目", alias="matter.item")
    matter: str = Field(alias="matter.matter")
    level: str = Field(alias="matter.level")
    grade: str = Field(alias="matter.grade")
    on: date | None = Field(description="文件日期", alias="matter.on")
    document: str = Field(alias="matter.document")
    is_penalty: bool = Field(description="扣分", alias="matter.is_penalty")
    state: str = Field(alias="matter.state")
    notice_from: date | None = Field(description="公示起", alias="matter.notice_from")
    notice_until: date | None = Field(description="公示止", alias="matter.notice_until")
    signer: str = Field(alias="matter.signer")
    points: str = Field(description="分值，如 +1.5", alias="worth.points")
    words: str = Field(description="怎样计分，或者为什么不计", alias="worth.words")
    counts: bool = Field(description="计入", alias="worth.counts")
    missing: list[str] = Field(description="还缺什么", alias="worth.missing")
    version: int = Field(alias="matter.version")
