"""How is the interface for programs put together? Reads, then every action there is."""

from functools import cache
from types import MappingProxyType
from typing import Any

from django.apps import apps
from django.db.models import TextChoices
from django.utils.module_loading import autodiscover_modules
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from jixiao.api import reads, writes
from jixiao.api.errors import answer_errors
from jixiao.api.guard import Session, Token
from jixiao.api.schemas.shared import ANSWERS
from jixiao.api.words import NAMES

PREFIX = "/api"


class Readable(JSONRenderer):
    """Answers in which Chinese stands as Chinese."""

    json_dumps_params = MappingProxyType({"ensure_ascii": False})


def build() -> NinjaAPI:
    """The whole interface."""
    autodiscover_modules("actions")
    made = NinjaAPI(
        title="绩效 Jixiao 接口",
        version="1",
        description="屏幕上能做的，程序都能做：同样的权限、校验和审计。",
        renderer=Readable(),
        docs_url=None,
        openapi_url=None,
        auth=[Token(), Session()],
    )
    made.add_router("/", reads.router)
    for path, entry in writes.addresses():
        room = entry.name.split(".")[0]
        writes.router.add_api_operation(
            path, ["POST"], writes.operation(entry),
            response={200: writes.Done, **ANSWERS}, tags=[str(apps.get_app_config(room).verbose_name)],
            summary=entry.label, description=f"{entry.sentence}需要权限：{entry.permission.label}。",
            url_name=writes.route(entry),
        )  # fmt: skip
    made.add_router("/actions", writes.router)
    answer_errors(made)
    return made


api = build()


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document, made once: every field has its meaning in Chinese, choices their labels."""
    made: dict[str, Any] = api.get_openapi_schema(path_prefix=PREFIX)
    labels = {tuple(each.values): each.choices for each in TextChoices.__subclasses__()}
    for shape in made["components"]["schemas"].values():
        if choices := labels.get(tuple(shape.get("enum", ()))):
            shape["description"] = "、".join(f"{value}（{label}）" for value, label in choices)
        for name, told in shape.get("properties", {}).items():
            told.pop("title", None)
            if "description" not in told and name in NAMES:
                told["description"] = NAMES[name]
    return made
