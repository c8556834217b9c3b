"""How does a scheme document speak Chinese?

One translation between a part of the document and plain data with Chinese keys, for YAML and Excel
alike. It knows no scheme: titles of fields, labels of kinds and the table ``VALUES`` drive it.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeAlias, TypeVar, Union, cast, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from jixiao.schemes.exchange.problems import Keys, Problem, SchemeFileError, unknown
from jixiao.scoring.amounts import Amount
from jixiao.scoring.base import Kind, Part
from jixiao.scoring.events import PROOF_WORDS
from jixiao.scoring.intervals import Interval
from jixiao.scoring.numbers import number_text
from jixiao.workbooks.cells import as_date
from jixiao.workbooks.problems import Fault, quoted
from jixiao.workbooks.tables import Cell

Words: TypeAlias = "str | list[Words] | dict[str, Words]"
"""Plain data: texts, lists and mappings with Chinese keys. A number is a text, never a float."""
Options: TypeAlias = tuple[object, ...]
"""The types a field may take, without wrappers and without None."""
P = TypeVar("P", bound=Part)

METHOD = "方法"
YES_NO = {"是": True, "否": False}
VALUES: Mapping[str, str] = {
    **{str(proof): word for proof, word in PROOF_WORDS.items()},
    "high": "高", "low": "低", "group": "同组", "all": "全体", "skip": "空出名次", "dense": "紧接",
    "place": "名次", "position": "位置", "ratio": "比值", "excess": "超出比例", "difference": "差值",
    "points": "得分", "share": "得分率", "first": "最前", "last": "最后", "highest": "最高",
    "sum": "合计", "mean": "平均", "own": "本单位", "named": "指定单位", "none": "不设",
    "refuse": "不允许缺", "zero": "零分", "full": "满分", "group_mean": "同组平均", "all_mean": "全体平均",
    "other_mean": "别组平均", "not_applicable": "不适用", "omit": "不计", "rescale": "折算",
    "floor": "舍去", "ceil": "进一", "half_up": "四舍五入", "include": "都进", "exclude": "都不进",
    "scheme": "办法次序", "rank": "名次次序", "main": "主体", "support": "配合", "lowest": "一票否决", "bar": "一票否优", "down": "降等", "set": "直接评为", "honour": "不得评奖",
    "days": "自然日", "workdays": "工作日",
}  # fmt: skip
"""The Chinese word of every closed choice that does not speak for itself."""

MESSAGES = {
    "missing": "没有写，请补上",
    "string_too_short": "没有写内容，请补上",
    "string_pattern_mismatch": "“{input}”里不能有空格、@ 或 #",
    "int_parsing": "“{input}”不是整数，请写成 0、1、2 这样的数",
    "greater_than": "“{input}”要大于{gt}",
    "greater_than_equal": "“{input}”不能小于{ge}",
    "less_than_equal": "“{input}”不能大于{le}",
    "too_short": "至少要写{min_length}个",
    "value_error": "{error}",
}
"""A gentle sentence for each way in which pydantic refuses a value."""
MISWRITTEN = "写得不对，请对照样例核对"
BROKEN = object()
"""Stands for a value whose problem has been told."""


# ------------------------------------------------------------------ what the models say


def options(annotation: object) -> Options:
    """The alternatives of an annotation, without wrappers and without None."""
    if get_origin(annotation) is Annotated:
        return options(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return tuple(each for one in get_args(annotation) for each in options(one))
    return () if annotation is NoneType else (annotation,)


def is_part(option: object) -> bool:
    """Whether an alternative is a model and not a single value, a list or a mapping."""
    return isinstance(option, type) and issubclass(option, Part)


@cache
def fields_of(model: type[Part]) -> Mapping[str, tuple[str, Options]]:
    """The English name and the alternatives of every field, by its Chinese title, in order."""
    return {
        str(info.title): (name, options(info.annotation))
        for name, info in model.model_fields.items()
        if not (name == "kind" and issubclass(model, Kind))
    }


def choices(found: Options) -> dict[str, str | bool]:
    """The words a field may be filled with, and what they mean; none for free values."""
    literals = [one for each in found if get_origin(each) is Literal for one in get_args(each)]
    return {VALUES.get(one, one): one for one in literals} | (
        dict(YES_NO) if found == (bool,) else {}
    )


def _kind_value(model: type[Part]) -> str:
    return str(get_args(model.model_fields["kind"].annotation)[0])


def _labels(found: Options) -> dict[str, type[Kind]]:
    return {each.label: each for each in cast("tuple[type[Kind], ...]", found)}


@cache
def _head(model: type[Part]) -> str:
    """The word whose plain text may stand for the whole part: a unit's name, a kind's label."""
    if issubclass(model, Kind):
        return METHOD
    title, (_, found) = next(iter(fields_of(model).items()))
    return title if found == (str,) or get_origin(found[0]) is Literal else ""


# ------------------------------------------------------------------ saying


def to_words(part: Part) -> dict[str, Words]:
    """The part as plain data with Chinese keys in the order of its fields; defaults are left out."""
    return _fields_in_words(type(part), part.model_dump(mode="json", exclude_defaults=True))


def say(found: Options, data: Any) -> Words:  # noqa: ANN401 - JSON data
    """A value of one of the types ``found``, given as JSON data, in Chinese words."""
    if is_part(found[0]):
        return _part_in_words(_model_of(found, data), data)
    if isinstance(data, list):
        return [say(options(get_args(found[0])[0]), each) for each in data]
    if isinstance(data, dict):
        return {key: say(options(get_args(found[0])[1]), each) for key, each in data.items()}
    meant = {value: word for word, value in choices(found).items()}
    return str(meant.get(data, data))


def _model_of(found: Options, data: Mapping[str, object]) -> type[Part]:
    models = cast("tuple[type[Part], ...]", found)
    return next(m for m in models if not issubclass(m, Kind) or _kind_value(m) == data["kind"])


def _part_in_words(model: type[Part], data: Mapping[str, object]) -> Words:
    words = _fields_in_words(model, data)
    alone = words.get(_head(model)) if len(words) == 1 else None
    return alone if isinstance(alone, str) else words


def _fields_in_words(model: type[Part], data: Mapping[str, object]) -> dict[str, Words]:
    words: dict[str, Words] = {METHOD: model.label} if issubclass(model, Kind) else {}
    for title, (name, found) in fields_of(model).items():
        if name in data:
            words[title] = say(found, data[name])
    return words


# ------------------------------------------------------------------ understanding


def from_words(model: type[P], data: Words) -> P:
    """The part that plain Chinese data describe.

    Raises SchemeFileError with every problem at once, each with its path in Chinese words and its
    keys, so that a view can say where in its file it stands.
    """
    reading = _Reading()
    part = reading.part(model, data, _Spot())
    if reading.problems:
        raise SchemeFileError(reading.problems)
    return cast("P", part)


@dataclass(frozen=True)
class _Spot:
    """Where in the data we are: by keys, and as people say it."""

    keys: Keys = ()
    names: tuple[str, ...] = ()

    def down(self, key: str | int, name: str = "") -> "_Spot":
        return _Spot((*self.keys, key), (*self.names, name or str(key)))


@dataclass(frozen=True)
class _Reading:
    """One reading of plain data; values with problems become BROKEN, so that all are found."""

    problems: list[Problem] = field(default_factory=list)

    def tell(self, spot: _Spot, message: str) -> object:
        self.problems.append(Problem(message, " › ".join(spot.names), keys=spot.keys))
        return BROKEN

    def value(self, found: Options, data: Words, spot: _Spot) -> object:
        if data == "" and found != (str,):
            return self.tell(spot, "没有写内容，请补上，或删去这个词")
        if is_part(found[0]):
            return self.choice(found, data, spot)
        if get_origin(found[0]) is tuple:
            return self.sequence(options(get_args(found[0])[0]), data, spot)
        if get_origin(found[0]) is dict:
            return self.mapping(options(get_args(found[0])[1]), data, spot)
        if not isinstance(data, str):
            return self.tell(spot, "这里只写一个值，不分项、不分条")
        return self.single(found, data, spot)

    def choice(self, found: Options, data: Words, spot: _Spot) -> object:
        """A part; of a union the kind that ``方法`` names."""
        if not issubclass(cast("type[Part]", found[0]), Kind):
            return self.part(cast("type[Part]", found[0]), data, spot)
        labels = _labels(found)
        label = data.get(METHOD, "") if isinstance(data, dict) else data
        if not isinstance(label, str) or not label:
            return self.tell(spot, f"缺少“{METHOD}”，可以写：{'、'.join(labels)}")
        if label not in labels:
            message, near = unknown(label, labels)
            self.tell(spot.down(METHOD) if isinstance(data, dict) else spot, message)
            if not near:
                return BROKEN
            label = near
        return self.part(labels[label], data, spot)

    def sequence(self, found: Options, data: Words, spot: _Spot) -> object:
        if isinstance(data, dict):
            return self.tell(spot, "这里要分条写，每条另起一行、以“- ”开头")
        rows = [data] if isinstance(data, str) else data
        values = [
            self.value(found, row, spot.down(place, _name_of(row, place)))
            for place, row in enumerate(rows)
        ]
        return BROKEN if BROKEN in values else tuple(values)

    def mapping(self, found: Options, data: Words, spot: _Spot) -> object:
        if not isinstance(data, dict):
            return self.tell(spot, "这里要写成“名称: 数”的样子，如 {甲组: 10, 乙组: 8}")
        values = {key: self.value(found, each, spot.down(key)) for key, each in data.items()}
        return BROKEN if BROKEN in values.values() else values

    def single(self, found: Options, text: str, spot: _Spot) -> object:
        words = choices(found)
        if text.strip() in words:
            return words[text.strip()]
        if found == (bool,) or all(get_origin(each) is Literal for each in found):
            return self.tell(spot, unknown(text, words)[0])
        if found == (dt.date,):
            day = as_date(Cell(0, 0, text))
            told = "，".join(day) if isinstance(day, Fault) else f"{quoted(text)}不是日期"
            return day if isinstance(day, dt.date) else self.tell(spot, told)
        if found[0] in (Fraction, Amount, Interval) and "e" in text.lower():
            return self.tell(spot, f"{quoted(text)}不是数，请写成 80、0.5、80% 或 1/3")
        return text

    def part(self, model: type[Part], data: Words, spot: _Spot) -> object:
        if spot.keys and isinstance(data, str) and _head(model):
            data = {_head(model): data}
        if not isinstance(data, dict):
            shown = "、".join(fields_of(model))
            return self.tell(spot, f"这里要写成“词: 内容”的样子，可以写：{shown}")
        return self.validated(model, dict(self.fields(model, data, spot)), spot)

    def fields(
        self, model: type[Part], data: Mapping[str, Words], spot: _Spot
    ) -> Iterator[tuple[str, object]]:
        """English names and values; a misspelt word is told and read as the word it is like."""
        if issubclass(model, Kind):
            yield "kind", _kind_value(model)
        known = fields_of(model)
        for title, each in data.items():
            meant = title
            if title not in known:
                if title == METHOD and issubclass(model, Kind):
                    continue
                left = [each for each in known if each not in data]
                message, meant = unknown(title, left or known)
                self.tell(spot.down(title), message)
            if meant in known and (meant == title or meant not in data):
                name, found = known[meant]
                yield name, self.value(found, each, spot.down(title, meant))

    def validated(self, model: type[Part], values: dict[str, object], spot: _Spot) -> object:
        """The part, checked by pydantic; what is BROKEN already is not complained of again."""
        whole = {name: value for name, value in values.items() if value is not BROKEN}
        try:
            part = model.model_validate(whole)
        except ValidationError as error:
            for detail in error.errors():
                if values.get(str(detail["loc"][0]) if detail["loc"] else "") is not BROKEN:
                    self.refusal(model, detail, spot)
            return BROKEN
        return part if len(whole) == len(values) else BROKEN

    def refusal(self, model: type[Part], detail: ErrorDetails, spot: _Spot) -> None:
        name, *deeper = detail["loc"] or ("",)
        if detail["type"] == "literal_error":  # the words were checked; the other type complains
            return
        title = next((t for t, (each, _) in fields_of(model).items() if each == name), "")
        if detail["type"] == "missing":
            self.tell(spot, f"缺少“{title}”，请补上")
            return
        spot = spot.down(title) if title else spot
        if deeper and isinstance(deeper[0], int):
            spot = spot.down(deeper[0], f"第{deeper[0] + 1}项")
        elif deeper and not str(deeper[0]).startswith("function-"):
            spot = spot.down(str(deeper[0]))
        self.tell(spot, gentle(detail))


def _name_of(row: Words, place: int) -> str:
    """What people call a row of a list: its code and name, its text, or its place."""
    if isinstance(row, dict):
        names = [row[word] for word in ("编码", "名称") if row.get(word)]
        return " ".join(map(str, names)) or f"第{place + 1}项"
    return row if isinstance(row, str) else f"第{place + 1}项"


def gentle(detail: ErrorDetails) -> str:
    """What pydantic refused, as a sentence for people."""
    shown = {"input": detail["input"], **detail.get("ctx", {})}
    texts = {key: number_text(v) if isinstance(v, Fraction) else v for key, v in shown.items()}
    return MESSAGES.get(detail["type"], MISWRITTEN).format_map(texts)
