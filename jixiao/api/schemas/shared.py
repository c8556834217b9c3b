"""What do all answers have in common? What is asked with, what refusals look like, who one is."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, Field

from jixiao.api.bounds import storable

LARGEST_NUMBER = 2**62
Text = Annotated[str, AfterValidator(storable)]
"""Text in an address; it can hold anything that a database takes."""


class Words(Schema):
    """What is looked for."""

    q: Text = Field("", description="名称、别名、拼音", max_length=80)


class OfUnit(Schema):
    """Of which unit; none: of all."""

    unit: int | None = Field(None, description="单位编号", ge=1, le=LARGEST_NUMBER)


class Problem(Schema):
    """Why something was not done: a sentence, and the field it is about."""

    message: str = Field(description="一句话，说明原因和下一步")
    field: str | None = Field(None, description="是哪个字段；不属于某个字段的为空")


ANSWERS: dict[int, Any] = {
    400: Problem,  # not JSON
    401: Problem,  # nobody, or an expired token
    403: Problem,  # not allowed, or not there
    404: Problem,  # no such thing
    405: Problem,  # read where one writes, or the other way round
    409: Problem,  # changed by somebody in between, or sent twice
    413: Problem,  # too large
    415: Problem,  # a form instead of JSON
    422: Problem,  # refused by the rules, or not of the right form
}
"""What an action answers when it is not done."""
READ_ANSWERS = {status: ANSWERS[status] for status in (401, 403, 404, 405, 422)}
"""The same of a read."""


class Me(Schema):
    """Who the token belongs to and what it may do."""

    name: str = Field(description="姓名")
    roles: list[str] = Field(description="今天持有的角色")
    permissions: list[str] = Field(description="可以做的事")
