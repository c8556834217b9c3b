"""What do programs read of polls?"""

from datetime import date

from ninja import Schema
from pydantic import Field


class PollOut(Schema):
    """A poll and where it stands."""

    id: int
    name: str
    kind: str
    year: int = Field(alias="version_of.year")
    scheme: str = Field(description="办法", alias="version_of.line.name")
    round: str = Field(description="轮次编码；办法不分轮次的为空")
    raters: str = Field(description="谁来评")
    minimum: int
    ballots: int
    opens_on: date = Field(description="开始日期")
    closes_on: date
    state: str
    version: int


class VotesOut(Schema):
    """How many votes an option has."""

    option: str = Field(description="选项")
    column: str = Field(description="填到记分表哪一列；不算有效票的为空")
    votes: int


class RatedOut(Schema):
    """The votes about one who is rated, on one question."""

    unit_id: int | None
    name: str
    group: str
    question: str = Field(description="项目编码")
    votes: list[VotesOut] = Field(description="各选项票数；有效票不够的一项也不给")


class PollCardOut(Schema):
    """A poll, and what came out once it is closed."""

    poll: PollOut = Field(description="评议")
    results: list[RatedOut] = Field(description="票数；截止以前没有")
