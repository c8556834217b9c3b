"""How do programs write? Every action of the platform is an address; nothing else is.

The addresses are made from the register of actions, so a program can do what the screens do and
no more: the same permission, validation, transaction and audit entry.
"""

import inspect
import types
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Self, TypeGuard, Union, get_args, get_origin, get_type_hints

from django.db.models import Model
from django.http import HttpRequest
from ninja import Router, Status
from pydantic import (
    Base64Bytes,
    BaseModel,
    ConfigDict,
    Field,
    create_model,
    model_validator,
)

from jixiao.access.action import REGISTER, Registered
from jixiao.access.page import Request
from jixiao.api.bounds import EARLIEST, LARGEST, LATEST, dated, storable
from jixiao.core.errors import RefusedError

router = Router()
SEEN = "seen_version"
"""The row's version that the program saw; an older one than the row's is answered by 409."""
Number = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
PLAIN: dict[object, Any] = {bytes: Base64Bytes, int: Number}
"""How some types travel; the others travel as they are."""
MOST_ROWS = 2_000
"""Rows that one action can be about at most."""
Year = Annotated[int, Field(description="年度", ge=EARLIEST.year, le=LATEST.year)]


@dataclass(frozen=True)
class Parameter:
    """A parameter of an action as a program gives it, and how it becomes what the action takes."""

    name: str
    annotation: Any
    default: Any
    convert: Callable[[Any], Any]


def parameters(entry: Registered) -> list[Parameter]:
    """What a program sends for an action: its subject, then its named arguments; rows by number."""
    function = entry.function
    hints = get_type_hints(function)
    found = []
    for name, parameter in inspect.signature(function).parameters.items():
        if name == "by":
            continue
        taken, convert = (Year, _same) if name == "year" else _as_sent(hints[name])
        default = ... if parameter.default is inspect.Parameter.empty else parameter.default
        found.append(Parameter(name, taken, default, convert))
    if _is_row(hints[found[0].name]) and hasattr(hints[found[0].name], "version"):
        found.append(Parameter(SEEN, Number | None, None, _same))
    return found


def _is_row(annotation: object) -> TypeGuard[type[Model]]:
    return isinstance(annotation, type) and issubclass(annotation, Model)


def _same(value: Any) -> Any:  # noqa: ANN401 - whatever an action takes
    return value


def _as_sent(annotation: object) -> tuple[Any, Callable[[Any], Any]]:
    """The type that travels, and the way back: a row travels as its number, bytes as Base64."""
    if _is_row(annotation):
        return _row_number(annotation), _finder(annotation)
    if annotation in PLAIN:
        return PLAIN[annotation], _same
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        inner, convert = _as_sent(
            next(each for each in get_args(annotation) if each is not type(None))
        )
        return inner | None, lambda value: None if value is None else convert(value)
    arguments = get_args(annotation)
    if origin is not None and arguments and _is_row(arguments[0]):
        numbers: Any = types.GenericAlias(list, (_row_number(arguments[0]),))
        return Annotated[numbers, Field(max_length=MOST_ROWS)], _all_finder(arguments[0])
    if origin in (Collection, Sequence):
        return list[arguments[0]], _same  # type: ignore[valid-type]
    return annotation, _same


def _row_number(model: type[Model]) -> Any:  # noqa: ANN401 - a type
    told = f"{model._meta.verbose_name}的编号"
    return Annotated[int, Field(description=told, ge=1, le=LARGEST)]


def _finder(model: type[Model]) -> Callable[[int], Model]:
    def find(number: int) -> Model:
        row = model._default_manager.filter(pk=number).first()
        if row is None:
            raise RefusedError(f"没有编号为 {number} 的{model._meta.verbose_name}")
        return row

    return find


def _all_finder(model: type[Model]) -> Callable[[list[int]], list[Model]]:
    def find(numbers: list[int]) -> list[Model]:
        rows = model._default_manager.in_bulk(numbers)
        for number in numbers:
            if number not in rows:
                raise RefusedError(f"没有编号为 {number} 的{model._meta.verbose_name}")
        return [rows[number] for number in numbers]

    return find


class Body(BaseModel):
    """What a program sends: nothing that cannot be stored, no day outside the platform's years."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, sent: object) -> object:
        return storable(sent)

    @model_validator(mode="after")
    def _dated(self) -> Self:
        for name in type(self).model_fields:
            dated(getattr(self, name))
        return self


class Done(BaseModel):
    """What the action made or changed: kind, number, name."""

    kind: str = Field(description="是什么，如 org.unit；不是一条记录的为空")
    number: int | None = Field(description="编号")
    name: str = Field(description="名称")


def body_of(entry: Registered) -> type[Body]:
    """The JSON body of an action."""
    fields: dict[str, Any] = {
        each.name: (each.annotation, each.default) for each in parameters(entry)
    }
    named = "".join(part.title() for part in entry.name.replace(".", "_").split("_"))
    made: type[Body] = create_model(f"{named}Body", __base__=Body, **fields)
    return made


def operation(entry: Registered) -> Callable[..., Status[Done]]:
    """The view of one action."""
    known = parameters(entry)
    body_type = body_of(entry)
    perform = entry.perform

    def answer(request: Request, body: BaseModel) -> Status[Done]:
        request.actor.require(entry.permission, None)
        sent = {each.name: each.convert(getattr(body, each.name)) for each in known}
        subject = sent.pop(known[0].name)
        if (seen := sent.pop(SEEN, None)) is not None:
            sent["version"] = seen
        result = perform(subject, by=request.actor, **sent)
        return Status(200, _done(result))

    answer.__name__ = entry.name.replace(".", "_")
    answer.__annotations__ = {"request": HttpRequest, "body": body_type, "return": Status}
    return answer


def _done(result: object) -> Done:
    if isinstance(result, Model):
        return Done(kind=result._meta.label_lower, number=result.pk, name=str(result))
    return Done(kind="", number=None, name="" if result is None else str(result))


def route(entry: Registered) -> str:
    """The name of an action's address."""
    return f"api_{entry.name.replace('.', '_')}"


def addresses() -> Iterator[tuple[str, Registered]]:
    """``/actions/org/rename_unit`` and so on, in the order of the rooms."""
    for name, entry in REGISTER.items():
        yield f"/{name.replace('.', '/')}", entry
