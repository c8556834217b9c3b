"""What may a device send from the field? Each piece is read on its own: a bad one holds up no other."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from jixiao.visits.actions import Announced, Entered, Noted, Signed

Words = Annotated[str, Field(max_length=500)]
Lists = Annotated[list[dict[str, Any]], Field(max_length=1000)]


@dataclass(frozen=True)
class Settled:
    """Which of the differing versions a person chose."""

    key: UUID
    entry: UUID
    reason: Annotated[str, Field(max_length=300)]


@dataclass(frozen=True)
class Rechecked:
    """How an earlier finding looks now."""

    key: UUID
    case: int
    holds: bool
    text: Annotated[str, Field(max_length=2000)]
    due_on: date | None = None


@dataclass(frozen=True)
class Dropped:
    """A photo or file that somebody took away again."""

    key: UUID
    file: UUID


@dataclass(frozen=True)
class Told:
    """The unit was told everything face to face."""

    key: UUID


@dataclass(frozen=True)
class TakenBack:
    """Records have to be changed after the unit was told."""

    key: UUID
    reason: Words


Kind = Literal[
    "entries", "findings", "settle", "rechecks", "drops", "feed_back", "confirm", "take_back"
]
KINDS: dict[Kind, TypeAdapter[Any]] = {
    "entries": TypeAdapter(Entered),
    "findings": TypeAdapter(Noted),
    "settle": TypeAdapter(Settled),
    "rechecks": TypeAdapter(Rechecked),
    "drops": TypeAdapter(Dropped),
    "feed_back": TypeAdapter(Told),
    "confirm": TypeAdapter(Signed),
    "take_back": TypeAdapter(TakenBack),
}
"""In the order in which they are done."""


class Package(BaseModel):
    """What was done for one visit."""

    visit: Annotated[int, Field(ge=1, le=2**63 - 1)]
    entries: Lists = []
    findings: Lists = []
    settle: Lists = []
    rechecks: Lists = []
    drops: Lists = []
    feed_back: Lists = []
    confirm: Lists = []
    take_back: Lists = []

    def pieces(self, kind: Kind) -> Iterator["Piece"]:
        """Every piece of one kind, read or with what is wrong with it."""
        for each in getattr(self, kind):
            try:
                yield Piece(str(each.get("key")), KINDS[kind].validate_python(each))
            except ValidationError as error:
                first = error.errors(include_url=False)[0]
                place = ".".join(map(str, first["loc"]))
                yield Piece(str(each.get("key")), None, f"内容不合要求（{place}），没有收下")


@dataclass(frozen=True)
class Piece:
    """One piece with the key that the device knows it by."""

    key: str
    content: Any
    fault: str = ""


class Sent(BaseModel):
    """What a device sends at once."""

    account: int | None = None
    """Whose records these are; they are not taken in under another name."""
    device: Annotated[str, Field(min_length=1, max_length=40)]
    visits: Annotated[list[Package], Field(max_length=100)]


class Coming(BaseModel):
    """For which visit a file is about to be sent, and by whom."""

    account: int | None = None
    visit: Annotated[int, Field(ge=1, le=2**63 - 1)]


ANNOUNCED = TypeAdapter(Announced)


class UnreadableError(Exception):
    """Not what a device sends."""


def plain(body: bytes) -> Any:  # noqa: ANN401 - any JSON
    """The JSON of a request that any database can keep. UnreadableError."""
    try:
        found = json.loads(body)
        text = json.dumps(found, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (ValueError, RecursionError) as error:
        raise UnreadableError("内容读不出来") from error
    if "\\u0000" in text:
        raise UnreadableError("文字里有不能存的空字符")
    return found


def sent(body: bytes) -> Sent:
    """What a device sent. UnreadableError."""
    try:
        return Sent.model_validate(plain(body))
    except ValidationError as error:
        raise UnreadableError("内容不合要求，请刷新页面再试") from error


def announced(body: bytes) -> tuple[Coming, Announced]:
    """A file that a device is about to send, and for which visit. UnreadableError."""
    found = plain(body)
    try:
        return Coming.model_validate(found), ANNOUNCED.validate_python(found)
    except ValidationError as error:
        raise UnreadableError("文件超过30MB，或名称不合要求") from error
