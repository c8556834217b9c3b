"""How do programs write? Every action of the platform is an address; nothing else is.

The addresses are made from the register of actions, so a program can do what the screens do and
no more: the same permission, validation, transaction and audit entry.
"""

import inspect
import types
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, TypeGuard, Union, get_args, get_origin, get_type_hints

from django.db.models import Model
from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, create_model

from jixiao.access.action import REGISTER, Registered
from jixiao.access.page import Request
from jixiao.core.errors import RefusedError

router = Router(tags=["动作"])
SEEN = "seen_version"
"""The row's version that the program saw; an older one than the row's is answered by 409."""


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
        taken, convert = _as_sent(hints[name])
        default = ... if parameter.default is inspect.Parameter.empty else parameter.default
        found.append(Parameter(name, taken, default, convert))
    if _is_row(hints[found[0].name]) and hasattr(hints[found[0].name], "version"):
        found.append(Parameter(SEEN, int | None, None, lambda value: value))
    return found


def _is_row(annotation: object) -> TypeGuard[type[Model]]:
    return isinstance(annotation, type) and issubclass(annotation, Model)


def _as_sent(annotation: object) -> tuple[Any, Callable[[Any], Any]]:
    """The type that travels, and the way back: a row travels as its number, bytes as Base64."""
    if _is_row(annotation):
        return Annotated[int, Field(description=str(annotation._meta.verbose_name))], _finder(
            annotation
        )
    if annotation is bytes:
        return Base64Bytes, lambda value: value
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        inner, convert = _as_sent(
            next(each for each in get_args(annotation) if each is not type(None))
        )
        return inner | None, lambda value: None if value is None else convert(value)
    arguments = get_args(annotation)
    if origin is not None and arguments and _is_row(arguments[0]):
        find = _finder(arguments[0])
        return list[int], lambda values: [find(each) for each in values]
    if origin in (Collection, Sequence):
        return list[arguments[0]], lambda value: value  # type: ignore[valid-type]
    return annotation, lambda value: value


def _finder(model: type[Model]) -> Callable[[int], Model]:
    def find(number: int) -> Model:
        row = model._default_manager.filter(pk=number).first()
        if row is None:
            raise RefusedError(f"没有编号为 {number} 的{model._meta.verbose_name}")
        return row

    return find


class Done(BaseModel):
    """What the action made or changed: kind, number, name."""

    kind: str
    number: int | None
    name: str


def body_of(entry: Registered) -> type[BaseModel]:
    """The JSON body of an action."""
    fields: dict[str, Any] = {
        each.name: (each.annotation, each.default) for each in parameters(entry)
    }
    named = "".join(part.title() for part in entry.name.replace(".", "_").split("_"))
    made: type[BaseModel] = create_model(
        f"{named}Body",
        __config__=ConfigDict(extra="forbid", arbitrary_types_allowed=True),
        **fields,
    )
    return made


def operation(entry: Registered) -> Callable[..., Status[Done]]:
    """The view of one action."""
    known = parameters(entry)
    body_type = body_of(entry)
    perform = entry.perform

    def answer(request: Request, body: BaseModel) -> Status[Done]:
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
