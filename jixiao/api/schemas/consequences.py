"""What do programs read of lists and the units on them?"""

from datetime import date, datetime
from decimal import Decimal

from ninja import Schema
from pydantic import Field


class ListingOut(Schema):
    """A list drawn from an approved run."""

    id: int
    result_id: int = Field(description="取自哪份结果")
    year: int = Field(alias="result.year")
    kind: str
    name: str
    words: str = Field(description="条件或比例")
    basis: str = Field(description="依据")
    counted_on: date
    state: str
    replaced_by_id: int | None = Field(description="被哪份取代；有效的为空")
    drawn_at: datetime = Field(description="开列时间")
    version: int


class ListedOut(Schema):
    """A unit on a list, and why."""

    listing_id: int = Field(description="哪份名单")
    listing: str = Field(description="名单", alias="listing.name")
    unit_id: int = Field(alias="part.unit_id")
    unit: str = Field(description="单位名称", alias="part.name")
    reason: str = Field(description="理由")
    rate: Decimal | None = Field(description="比例或系数；只列单位的名单为空")
    people: Decimal | None = Field(description="折成名额的人数")
    places: int | None = Field(description="名额")
