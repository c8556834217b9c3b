"""What do the three administrators' programs read: accounts, grants, tokens, the record?"""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from jixiao.api.schemas.shared import LARGEST_NUMBER, Text


class EventsAsked(Schema):
    """Which entries."""

    action: Text = Field("", description="动作，如 org.rename_unit", max_length=60)
    account: int | None = Field(None, description="账号编号", ge=1, le=LARGEST_NUMBER)
    subject: Text = Field("", description="对象，如 org.unit:3", max_length=60)


class AccountOut(Schema):
    """An account and the roles it holds today."""

    id: int
    username: str
    name: str
    is_active: bool = Field(description="可以登录")
    must_change: bool = Field(description="下次登录须改密码")
    made_at: datetime = Field(description="开设时间")
    last_login: datetime | None = Field(description="最近登录")
    roles: list[str] = Field(description="今天持有的角色")
    version: int

    @staticmethod
    def resolve_roles(row: Any) -> list[str]:  # noqa: ANN401 - an account with ``held``
        """Every role once."""
        return sorted({each.role for each in row.held})


class GrantOut(Schema):
    """Who holds which role, where, from until."""

    id: int
    account_id: int
    account: str = Field(description="姓名", alias="account.name")
    role: str
    extent: str = Field(description="范围")
    key: str
    since: date
    until: date | None
    document: str


class TokenOut(Schema):
    """A token of one's own; what it is can never be read again."""

    id: int
    name: str = Field(description="用途")
    permissions: list[str]
    since: date
    until: date
    last_used_on: date | None = Field(description="最近使用")
    revoked_at: datetime | None = Field(description="作废时间")


class EventOut(Schema):
    """One audit entry."""

    id: int
    at: datetime = Field(description="时间")
    action: str = Field(description="动作")
    label: str = Field(description="做了什么")
    actor_id: int | None = Field(description="账号编号")
    actor: str = Field(description="谁")
    acting_for: str = Field(description="代谁")
    subject: str = Field(description="对象")
    subject_label: str = Field(description="对象名称")
    changes: list[dict[str, Any]] = Field(description="改动前后")
    reason: str
    origin: str = Field(description="从哪里")
