"""What does a program read when something was not done? One sentence and the field, whatever went wrong."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from jixiao.access.actor import DeniedError
from jixiao.api.bounds import CONTENT
from jixiao.core.errors import RefusedError, RepeatedError, StaleError

HTTP = {
    400: "内容不是 JSON，或者套得太深；请用 UTF-8 的 JSON",
    401: "没有登录，或令牌无效、到期、作废；请带上 Authorization: Bearer 令牌",
    403: "缺少 CSRF 令牌；程序请用接口令牌",
}
"""What ninja itself refuses."""
FIXED: dict[type[Exception], tuple[int, str]] = {
    ObjectDoesNotExist: (404, "没有这一条，可能已经被别人删去"),
    RequestDataTooBig: (413, "内容太大；大的文件请在页面上传"),
    RawPostDataException: (415, "请用 Content-Type: application/json 发送"),
    DataError: (422, "内容太长或太大，存不下，没有办"),
    IntegrityError: (422, "内容与已有的记录矛盾，没有办"),
}
"""What only the database or the server would say, in words."""
OWN: dict[type, int] = {DeniedError: 403, RefusedError: 422, StaleError: 409, RepeatedError: 409}
"""What brings its own sentence."""
KINDS = {
    "missing": "没有填",
    "extra": "不是这里的字段，请核对拼写",
    "string": "应是文字",
    "int": "应是整数",
    "bool": "应是 true 或 false",
    "date": "应是日期，如 2026-03-02",
    "base64": "应是 Base64 编码的文件",
    "list": "应是列表",
    "tuple": "应是列表",
    "dict": "应是对象",
    "model": "应是对象",
    "dataclass": "应是对象",
}
"""What should have come, by the beginning of pydantic's name of the error."""
BOUNDS = {
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "string_too_long": "最多 {max_length} 个字",
    "enum": "应是 {expected} 之一",
    "literal_error": "应是 {expected} 之一",
}


def answer_errors(made: NinjaAPI) -> None:
    """Every refusal is a sentence with the status that programs expect."""

    def answer(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
        status, message, field = _told(error)
        return problem(made, request, status=status, message=message, field=field)

    for kind in (*OWN, *FIXED, Http404, HttpError, ValidationError):
        made.add_exception_handler(kind, answer)


def _told(error: object) -> tuple[int, str, str | None]:
    """Status, sentence, field."""
    if isinstance(error, ValidationError):
        return (422, *first_problem(error.errors))
    if isinstance(error, HttpError):
        return error.status_code, HTTP.get(error.status_code, str(error)), None
    for kind, (status, words) in FIXED.items():
        if isinstance(error, kind):
            return status, words, None
    status = next((OWN[kind] for kind in type(error).__mro__ if kind in OWN), 404)
    return status, str(error), getattr(error, "field", None)


def problem(
    made: NinjaAPI, request: HttpRequest, *, status: int, message: str, field: str | None = None
) -> HttpResponse:
    """The answer in which every refusal comes."""
    return made.create_response(request, {"message": message, "field": field}, status=status)


def first_problem(errors: list[dict[str, Any]]) -> tuple[str, str | None]:
    """The sentence and the field of the first thing that is wrong with what was sent."""
    error = errors[0]
    where = [str(part) for part in error["loc"][1:] if part not in ("body", "asked")]
    field = ".".join(where) or None
    if error["type"] == CONTENT:
        return str(error["msg"]), field
    return f"“{field or '内容'}”{_wrong(str(error['type']), error.get('ctx', {}))}", field


def _wrong(kind: str, facts: Mapping[str, object]) -> str:
    if kind in BOUNDS:
        told = BOUNDS[kind].format(**facts)
        return told.replace("', '", "'、'").replace("' or '", "'、'")
    return KINDS.get(kind.partition("_")[0], "不合要求")
