"""How is a read declared? With its permission; lists come page by page."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Router, Schema
from ninja.pagination import PaginationBase, paginate
from pydantic import Field

from jixiao.access.page import Request
from jixiao.access.permissions import Permission
from jixiao.api.schemas.shared import LARGEST_NUMBER, READ_ANSWERS

R = TypeVar("R")
Answer = Callable[..., object]
PERMISSIONS: dict[str, Permission] = {}
"""Which permission each read needs, by the name of its address."""
router = Router()
MOST = 500
"""Rows in one answer at most."""


class Pages(PaginationBase):
    """``limit`` rows from ``offset`` on, with the count of all."""

    class Input(Schema):
        """Which page."""

        limit: int = Field(100, description="最多几条", ge=1, le=MOST)
        offset: int = Field(0, description="跳过几条", ge=0, le=LARGEST_NUMBER)

    def paginate_queryset(
        self,
        queryset: "QuerySet[Any]",
        pagination: Any,  # noqa: ANN401 - ninja's signature
        request: HttpRequest,
        **params: Any,  # noqa: ARG002
    ) -> dict[str, object]:
        """One page; a list counts as well as stored rows do."""
        end = pagination.offset + pagination.limit
        return {"items": queryset[pagination.offset : end], "count": self._items_count(queryset)}


def reads(
    path: str, permission: Permission, *, gives: object, room: str
) -> Callable[[Answer], Answer]:
    """Register a read that needs ``permission``; a list is given page by page."""

    def decorate(answer: Answer) -> Answer:
        @functools.wraps(answer)
        def guarded(request: Request, *args: Any, **named: Any) -> object:
            request.actor.require(permission, None)
            return answer(request, *args, **named)

        name = f"api_{answer.__name__}"
        PERMISSIONS[name] = permission
        told = " ".join((answer.__doc__ or "").split())
        is_list = getattr(gives, "__origin__", None) is list
        view = paginate(Pages)(guarded) if is_list else guarded
        return router.get(
            path, response={200: gives, **READ_ANSWERS}, summary=told.split("。")[0],
            description=f"{told}需要权限：{permission.label}。", tags=[room], url_name=name,
        )(view)  # fmt: skip

    return decorate


def found(row: R | None) -> R:
    """The row, or 404 with a sentence."""
    if row is None:
        raise Http404("没有这一条，可能已经撤销、还没有公布，或编号不对")
    return row
