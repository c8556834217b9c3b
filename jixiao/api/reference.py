"""How does the OpenAPI document read for people? Room by room, each address with its fields and an example."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from jixiao.api.service import document

Shape = dict[str, Any]
"""A part of the OpenAPI document."""
ORDER = (
    "周期", "办法", "现场评估", "整改", "加扣分", "评议", "内部绩效", "得分等次", "结果运用",
    "个人考核", "通报", "消息公示", "机构人员", "权限", "审计",
)  # fmt: skip
"""The rooms in the order of the year, as everywhere."""
TYPES = {
    "string": "文字", "integer": "整数", "number": "数", "boolean": "是或否", "object": "对象",
    "date": "日期", "date-time": "时间", "base64": "文件（Base64）", "array": "列表",
}  # fmt: skip
SAMPLES: dict[str, Any] = {
    "string": "…", "integer": 1, "number": 1, "boolean": True, "object": {},
    "date": "2026-03-02", "date-time": "2026-03-02T09:00:00+08:00", "base64": "UEsDBA==",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One field: its name, its type and its meaning in Chinese, whether it must be given."""

    name: str
    type: str
    words: str
    is_required: bool


@dataclass(frozen=True)
class Address:
    """One address as the page shows it."""

    method: str
    path: str
    label: str
    description: str
    fields: tuple[Told, ...]
    answer: tuple[Told, ...]
    body: str
    """An example of what is sent; empty for reads."""

    @property
    def is_write(self) -> bool:
        """Whether it changes something."""
        return self.method == "POST"

    @property
    def sample(self) -> str:
        """The path with an example in the place of each number and what must be asked."""
        path = self.path.replace("{pk}", "1").replace("{unit}", "1")
        asked = [each for each in self.fields if each.is_required and not self.is_write]
        query = "&".join(f"{each.name}=1" for each in asked if f"{{{each.name}}}" not in self.path)
        return f"{path}?{query}" if query else path


@dataclass(frozen=True)
class Room:
    """The addresses of one room."""

    name: str
    reads: tuple[Address, ...]
    writes: tuple[Address, ...]


@cache
def rooms() -> tuple[Room, ...]:
    """The whole document for the page, made once."""
    found: dict[str, list[Address]] = {}
    for path, methods in document()["paths"].items():
        for method, told in methods.items():
            found.setdefault(told["tags"][0], []).append(_address(method.upper(), path, told))
    return tuple(
        Room(
            name,
            tuple(each for each in found[name] if not each.is_write),
            tuple(each for each in found[name] if each.is_write),
        )
        for name in sorted(found, key=ORDER.index)
    )


def _address(method: str, path: str, told: Shape) -> Address:
    body = _content(told.get("requestBody", {}))
    fields = [*_parameters(told.get("parameters", [])), *_fields(body)]
    answer = _whole(_content(told["responses"][200]))
    if "items" in answer.get("properties", {}):
        answer = _whole(answer["properties"]["items"]["items"])
    return Address(
        method, path, told["summary"], told["description"].partition("。")[2], tuple(fields),
        tuple(_fields(answer)), _example(body),
    )  # fmt: skip


def _content(told: Shape) -> Shape:
    found: Shape = told.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _parameters(told: list[Shape]) -> Iterator[Told]:
    for each in told:
        shape = each["schema"]
        words = shape.get("description", "编号" if each["in"] == "path" else "")
        yield Told(each["name"], _type(shape), words, each.get("required", False))


def _fields(shape: Shape, *, before: str = "", depth: int = 0) -> Iterator[Told]:
    """The fields of an object, and of the objects in it by their whole names."""
    whole = _whole(shape)
    for name, each in whole.get("properties", {}).items():
        called = f"{before}{name}"
        yield Told(called, _type(each), _words(each), name in whole.get("required", []))
        inner = _whole(each)
        is_list = inner.get("type") == "array"
        inner = _whole(inner.get("items", {})) if is_list else inner
        if depth < 2:
            yield from _fields(inner, before=f"{called}{'[]' if is_list else ''}.", depth=depth + 1)


def _whole(shape: Shape) -> Shape:
    """A shape itself where it only points to one, or may also be null."""
    for each in shape.get("anyOf") or shape.get("allOf") or []:
        if each.get("type") != "null":
            return _whole(each)
    name = shape.get("$ref", "").rpartition("/")[2]
    found: Shape = document()["components"]["schemas"][name] if name else shape
    return found


def _type(shape: Shape) -> str:
    whole = _whole(shape)
    kind = whole.get("format") or whole.get("type", "object")
    if "enum" in whole:
        return "选一个"
    inner = whole.get("items") or {}
    of = f"{_type(inner)}的" if inner and kind == "array" else ""
    return f"{of}{TYPES.get(kind, TYPES[whole.get('type', 'object')])}"


def _words(shape: Shape) -> str:
    """Its meaning, then what can be chosen."""
    whole = _whole(shape)
    inner = _whole(whole["items"]) if "items" in whole else whole
    meaning = shape.get("description") or ("" if "$ref" in str(shape) else whole.get("description"))
    choices = inner.get("description") or "、".join(map(str, inner.get("enum", ())))
    told = "：".join(part for part in (meaning, choices if "enum" in inner else "") if part)
    may_be_null = any(each.get("type") == "null" for each in shape.get("anyOf", ()))
    return "；".join(part for part in (told, "可以为空" if may_be_null else "") if part)


def _example(body: Shape) -> str:
    return json.dumps(_sample(body), ensure_ascii=False) if body else ""


def _sample(shape: Shape) -> Any:  # noqa: ANN401 - any JSON
    """The least that can be sent."""
    whole = _whole(shape)
    if "enum" in whole:
        return whole["enum"][0]
    if whole.get("type") == "object" and "properties" in whole:
        required = whole.get("required", [])
        return {name: _sample(whole["properties"][name]) for name in required}
    if whole.get("type") == "array":
        inner = whole.get("prefixItems") or [whole["items"]]
        return [_sample(each) for each in inner]
    return SAMPLES.get(whole.get("format", ""), SAMPLES.get(whole.get("type", "object")))
