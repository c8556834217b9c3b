"""How is the interface for programs put together? Reads, then every action there is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from jixiao.access.actor import DeniedError
from jixiao.api import reads, writes
from jixiao.api.guard import Session, Token
from jixiao.api.schemas import Problem
from jixiao.core.errors import RefusedError, RepeatedError, StaleError

PREFIX = "/api"
ANSWERS = {
    400: Problem,  # not JSON
    401: Problem,  # nobody, or an expired token
    403: Problem,  # not allowed, or not there
    404: Problem,  # no such thing
    409: Problem,  # changed by somebody in between, or sent twice
    422: Problem,  # refused by the rules, or not of the right form
}


def build() -> NinjaAPI:
    """The whole interface."""
    made = NinjaAPI(
        title="绩效 Jixiao 接口",
        version="1",
        description="屏幕上能做的，程序都能做：同样的权限、校验和审计。",
        docs_url=None,
        openapi_url=None,
        auth=[Token(), Session()],
    )
    made.add_router("/", reads.router)
    for path, entry in writes.addresses():
        writes.router.add_api_operation(
            path, ["POST"], writes.operation(entry),
            response={200: writes.Done, **ANSWERS},
            summary=entry.label, description=f"{entry.sentence}需要权限：{entry.permission.label}。",
            url_name=writes.route(entry),
        )  # fmt: skip
    made.add_router("/actions", writes.router)
    _answer_errors(made)
    return made


def _answer_errors(made: NinjaAPI) -> None:
    """Every refusal is a sentence with the status that programs expect."""
    statuses = {DeniedError: 403, RefusedError: 422, StaleError: 409, RepeatedError: 409}
    for kind, status in statuses.items():
        made.add_exception_handler(kind, _handler(made, status))
    made.add_exception_handler(ObjectDoesNotExist, _handler(made, 404))


def _handler(made: NinjaAPI, status: int) -> Callable[[HttpRequest, object], HttpResponse]:
    def answer(request: HttpRequest, error: object) -> HttpResponse:
        problem = {"message": str(error), "field": getattr(error, "field", None)}
        return made.create_response(request, problem, status=status)

    return answer


Shape = dict[str, Any]
"""A part of the OpenAPI document."""


@dataclass(frozen=True)
class Described:
    """One address as the reference page shows it: what is sent and what it means."""

    method: str
    path: str
    summary: str
    description: str
    fields: tuple[tuple[str, str, bool], ...]
    """Name, what it is, whether it must be given."""


def reference_groups(made: NinjaAPI) -> list[tuple[str, list[Described]]]:
    """The OpenAPI document as groups of addresses: reads, then actions room by room."""
    document = made.get_openapi_schema(path_prefix=PREFIX)
    shapes = document["components"]["schemas"]
    groups: dict[str, list[Described]] = {}
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            room = path.split("/")[3] if "/actions/" in path else ""
            groups.setdefault(room, []).append(_described(method, path, told, shapes))
    return list(groups.items())


def _described(method: str, path: str, told: Shape, shapes: Shape) -> Described:
    body = (
        told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    )
    shape = shapes.get(body.get("$ref", "").rpartition("/")[2], {})
    required = shape.get("required", [])
    fields = [
        (name, _type_words(each), name in required)
        for name, each in shape.get("properties", {}).items()
    ]
    fields += [
        (each["name"], each["schema"].get("description", ""), each.get("required", False))
        for each in told.get("parameters", [])
    ]
    return Described(
        method.upper(), path, told.get("summary", ""), told.get("description", ""), tuple(fields)
    )


def _type_words(told: Shape) -> str:
    """What a field is, in a word: its description, else its type."""
    options = told.get("anyOf", [told])
    kinds = [
        each.get("format") or each.get("type") or each.get("$ref", "").rpartition("/")[2]
        for each in options
    ]
    return (
        told.get("description")
        or options[0].get("description")
        or "、".join(k for k in kinds if k and k != "null")
    )


api = build()
