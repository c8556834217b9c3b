"""Where in a scheme document is a part, and what is the document with that part changed?

A path such as ``items.3.items.1`` names a part by its place; the empty path is the document's own
heading. Every change goes through the whole document, so that nothing ill-formed can be kept.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, cast, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from jixiao.schemes.exchange.words import Options, fields_of, gentle, is_part, options
from jixiao.scoring.base import Part
from jixiao.scoring.scheme import Item, Scheme
from jixiao.scoring.sheet import canonical

Plain: TypeAlias = dict[str, Any]
"""A part as plain JSON data, without what is left at its default."""
Way: TypeAlias = Literal["up", "down"]

TREES = ("items", "adjustments")
CHILDREN = "items"
PLACE = re.compile("[0-9]{1,6}")
"""The place of a part in its list, as paths and forms write it."""


class EditError(Exception):
    """The change cannot be made; the message says why and what to do."""


@dataclass(frozen=True)
class Section:
    """One list of the document: its field, its Chinese title, and what its parts are."""

    field: str
    title: str
    models: tuple[type[Part], ...]

    @property
    def is_tree(self) -> bool:
        """Whether its parts hold parts of their own kind."""
        return self.field in TREES


def _sections() -> Iterator[Section]:
    for title, (name, found) in fields_of(Scheme).items():
        if row := parts_in(found):
            yield Section(name, title, row)


def parts_in(found: Options) -> tuple[type[Part], ...]:
    """What the rows of a list are, if the field is a list of parts."""
    if not found or get_origin(found[0]) is not tuple:
        return ()
    row = options(get_args(found[0])[0])
    return cast("tuple[type[Part], ...]", row) if is_part(row[0]) else ()


SECTIONS: Mapping[str, Section] = {section.field: section for section in _sections()}
"""The lists of the document, in its order."""


# ------------------------------------------------------------------ documents


def as_text(scheme: Scheme) -> str:
    """The document as it is kept: canonical JSON."""
    return canonical(plain(scheme))


def plain(part: Part) -> Plain:
    """A part as plain data: what is not said is not written."""
    return part.model_dump(mode="json", exclude_defaults=True)


def from_text(text: str) -> Scheme:
    """The scheme in a kept document."""
    return Scheme.model_validate_json(text)


def validated(document: Plain) -> Scheme:
    """The scheme that plain data describe; EditError says what is wrong."""
    try:
        return Scheme.model_validate(document)
    except ValidationError as error:
        raise EditError("；".join(map(_told, error.errors()[:3]))) from None


def _told(detail: ErrorDetails) -> str:
    first, *inside = detail["loc"] or ("",)
    where = [_title(Scheme, first), *(_title(Item, each) for each in inside)]
    return f"{' › '.join(where)}：{gentle(detail)}"


def _title(model: type[Part], key: int | str) -> str:
    if isinstance(key, int):
        return f"第{key + 1}项"
    return next((title for title, (name, _) in fields_of(model).items() if name == key), key)


# ------------------------------------------------------------------ places


@dataclass(frozen=True)
class Spot:
    """A part of a document: its path, its section (None: the heading), what it is and holds."""

    path: str
    section: Section | None
    part: Part

    @property
    def parent(self) -> str:
        """The path of the list it stands in."""
        return self.path.rpartition(".")[0]

    @property
    def models(self) -> tuple[type[Part], ...]:
        """The kinds it may be."""
        return self.section.models if self.section else (Scheme,)


def spot_at(scheme: Scheme, path: str) -> Spot | None:
    """The part at a path, None where there is none."""
    keys = [int(key) if PLACE.fullmatch(key) else key for key in path.split(".") if key]
    found: Any = scheme
    try:
        for key in keys:
            found = found[key] if isinstance(key, int) else getattr(found, key)
    except (AttributeError, IndexError, TypeError):
        return None
    section = SECTIONS.get(str(keys[0])) if keys else None
    is_known = not keys or (section is not None and len(keys) % 2 == 0)
    return Spot(path, section, found) if is_known and isinstance(found, Part) else None


def spots(scheme: Scheme) -> Iterator[Spot]:
    """Every part that has a path: those of each list in order, items before their sub-items."""
    for section in SECTIONS.values():
        yield from _below(section, getattr(scheme, section.field), section.field)


def _below(section: Section, parts: tuple[Part, ...], path: str) -> Iterator[Spot]:
    for place, part in enumerate(parts):
        here = f"{path}.{place}"
        yield Spot(here, section, part)
        if isinstance(part, Item):
            yield from _below(section, part.items, f"{here}.{CHILDREN}")


def name_of(part: Part) -> str:
    """A part as people call it: code and name, else what it is about."""
    names = [str(getattr(part, each, "")) for each in ("code", "key", "name")]
    about = [str(getattr(part, each, "")) for each in ("item", "data", "rated_by", "title")]
    return " ".join(filter(None, names)) or next(filter(None, about), "")


# ------------------------------------------------------------------ changes


def with_part(scheme: Scheme, path: str, part: Plain) -> Scheme:
    """The scheme with another part at ``path``; the lists that it holds stay as they are."""
    spot = _must(scheme, path)
    document = plain(scheme)
    if not path:
        kept = {name: document[name] for name in SECTIONS if name in document}
        return validated(
            {name: value for name, value in part.items() if name not in SECTIONS} | kept
        )
    rows, place = _row(document, path)
    kept = (
        {CHILDREN: rows[place][CHILDREN]}
        if isinstance(spot.part, Item) and CHILDREN in rows[place]
        else {}
    )
    rows[place] = part | kept
    return validated(document)


def with_new_part(scheme: Scheme, path: str, part: Plain) -> tuple[Scheme, str]:
    """The scheme with a part added at the end of the list at ``path``, and the part's path."""
    above, _, name = path.rpartition(".")
    spot = _must(scheme, above)
    is_list = name in SECTIONS if not above else isinstance(spot.part, Item) and name == CHILDREN
    if not is_list:
        raise EditError("这里不能再加，请刷新页面后重试")
    document = plain(scheme)
    holder = document if not above else _row(document, above)[0][_row(document, above)[1]]
    rows = holder.setdefault(name, [])
    rows.append(part)
    for word in ("rule", "variants", "events") if isinstance(spot.part, Item) else ():
        holder.pop(word, None)  # a category has no rule of its own
    return validated(document), f"{path}.{len(rows) - 1}"


def without_part(scheme: Scheme, path: str) -> Scheme:
    """The scheme without the part at ``path``."""
    _must(scheme, path)
    document = plain(scheme)
    rows, place = _row(document, path)
    del rows[place]
    if not rows and path.count(".") > 1:
        raise EditError("一类里至少留一项；不要这一类的，请删去整类")
    return validated(document)


def with_moved_part(scheme: Scheme, path: str, way: Way) -> tuple[Scheme, str]:
    """The scheme with the part one place up or down, and its new path.

    At the end of its category an item goes over into the next category of the same depth.
    """
    _must(scheme, path)
    document = plain(scheme)
    rows, place = _row(document, path)
    step = -1 if way == "up" else 1
    if 0 <= place + step < len(rows):
        rows[place], rows[place + step] = rows[place + step], rows[place]
        return validated(document), f"{path.rpartition('.')[0]}.{place + step}"
    return _moved_over(document, path, step)


def _moved_over(document: Plain, path: str, step: int) -> tuple[Scheme, str]:
    keys = path.split(".")
    refused = EditError("已经到头了，不能再移")
    if len(keys) < 4:
        raise refused
    above, place = _row(document, ".".join(keys[:-2]))
    if not 0 <= place + step < len(above) or CHILDREN not in above[place + step]:
        raise refused
    rows, index = _row(document, path)
    if len(rows) == 1:
        raise EditError("一类里至少留一项；不要这一类的，请删去整类")
    new_home = above[place + step][CHILDREN]
    spot = len(new_home) if step < 0 else 0
    new_home.insert(spot, rows.pop(index))
    return validated(document), ".".join([*keys[:-3], str(place + step), CHILDREN, str(spot)])


def _must(scheme: Scheme, path: str) -> Spot:
    found = spot_at(scheme, path)
    if found is None:
        raise EditError("办法里没有这一处，可能已被移动或删去，请刷新页面")
    return found


def _row(document: Plain, path: str) -> tuple[list[Plain], int]:
    """The list that a path leads into, and the place in it."""
    if not path:
        raise EditError("办法本身不能移动或删去；不要这一版的，请作废草稿")
    *way, last = path.split(".")
    found: Any = document
    for key in way:
        found = found[int(key) if PLACE.fullmatch(key) else key]
    return found, int(last)


def next_code(scheme: Scheme, path: str) -> str:
    """A code nobody has for a new part at ``path``: after 4.2 comes 4.3."""
    above = spot_at(scheme, ".".join(path.split(".")[:-2])) if path.count(".") > 1 else None
    stem = f"{above.part.code}." if above and isinstance(above.part, Item) else ""
    taken = {each.part.code for each in spots(scheme) if isinstance(each.part, Item)}
    numbers = (f"{stem}{number}" for number in range(1, len(taken) + 2))
    return next(code for code in numbers if code not in taken)
