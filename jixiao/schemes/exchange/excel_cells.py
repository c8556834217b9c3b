"""Which sheets and columns has a scheme's workbook, and how does one cell hold nested words?"""

import json
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, TypeAlias, cast, get_args, get_origin

from jixiao.schemes.exchange.problems import SchemeFileError
from jixiao.schemes.exchange.words import (
    METHOD,
    Options,
    Words,
    choices,
    fields_of,
    is_part,
    options,
)
from jixiao.schemes.exchange.yaml_view import flow_text, parse
from jixiao.scoring.base import Kind, Part
from jixiao.scoring.scheme import Item, Rule, Scheme, Unit
from jixiao.workbooks.cells import squash

Columns: TypeAlias = Mapping[str, Options]

SETTINGS, UNITS, GROUP, WORD, VALUE = "办法", "单位", "组别", "词", "内容"
LEVEL, CHILDREN, RULE, SENTENCE = "层级", "子项", "规则", "规则说明"
TREES = ("指标", "加扣分")
SIMPLE = re.compile(r"[\w.%/]+")
NESTED = ("{", "[", '"')
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _columns(models: Options) -> dict[str, Options]:
    kinds = {METHOD: models} if issubclass(cast("type[Part]", models[0]), Kind) else {}
    fields = [fields_of(cast("type[Part]", model)) for model in models]
    return kinds | {title: found for each in fields for title, (_, found) in each.items()}


def _forms() -> dict[str, Columns]:
    """The columns of every sheet, read off the models."""
    top = {title: found for title, (_, found) in fields_of(Scheme).items()}
    lists = {
        title: options(get_args(found[0])[0]) for title, found in top.items() if is_list(found)
    }
    del lists[GROUP]
    units = {GROUP: (str,), "参评": (bool,), **_columns((Unit,))}
    sheets = {
        title: _tree_columns() if title in TREES else _columns(each)
        for title, each in lists.items()
    }
    return {SETTINGS: {WORD: (str,), VALUE: (str,)}, UNITS: units, **sheets}


def _tree_columns() -> dict[str, Options]:
    """An item's own columns with those of its rule in the rule's place."""
    columns: dict[str, Options] = {LEVEL: (int,)}
    for title, found in _columns((Item,)).items():
        columns |= _columns((Rule,)) if title == RULE else {title: found}
    del columns[CHILDREN]
    return {**columns, SENTENCE: (str,)}


def is_list(found: Options) -> bool:
    """Whether a field of the document is a list of parts, with a sheet of its own."""
    return get_origin(found[0]) is tuple and is_part(options(get_args(found[0])[0])[0])


FORMS = _forms()
"""Every sheet and its columns, each with the types its cells may take."""


def found_in(sheet: str, title: str, word: str) -> Options:
    """The types a cell may take; on the first sheet its row's word decides."""
    top = fields_of(Scheme)
    return top[word][1] if title == VALUE and word in top else FORMS[sheet][title]


def is_number(found: Options) -> bool:
    """Whether a column holds numbers only."""
    return found[0] in (Fraction, int)


def listed(title: str, found: Options) -> list[str]:
    """The words a column may hold, if they are few and known."""
    if title == METHOD:
        return [each.label for each in cast("tuple[type[Kind], ...]", found)]
    is_closed = all(get_origin(each) is Literal for each in found)
    return list(choices(found)) if is_closed or found == (bool,) else []


def is_nested(found: Options) -> bool:
    """Whether a cell may hold more than one value."""
    return is_part(found[0]) or get_origin(found[0]) in (tuple, dict)


def cell_text(found: Options, words: Words) -> str:
    """Words as the text of one cell, from which ``cell_words`` reads the same words."""
    if isinstance(words, str) and not (is_nested(found) and words.startswith(NESTED)):
        is_plain = squash(words) and words == words.strip() and not UNSEEN.search(words)
        return words if is_plain and words[0] != '"' else json.dumps(words)
    if isinstance(words, list) and words and all(_is_simple(each) for each in words):
        return "、".join(cast("list[str]", words))
    return flow_text(words)


def _is_simple(words: Words) -> bool:
    return isinstance(words, str) and SIMPLE.fullmatch(words) is not None


def cell_words(found: Options, text: str) -> Words:
    """The words of a cell's text. Raises SchemeFileError where nested text is not well formed."""
    text = text.strip()
    if is_nested(found) and text.startswith(NESTED):
        found_inside = parse(text)
        if found_inside.problems:
            raise SchemeFileError(found_inside.problems)
        return found_inside.data
    if get_origin(found[0]) is tuple:
        return [each.strip() for each in re.split(r"[、，,；;\n]", text) if each.strip()]
    if text.startswith('"') and text.endswith('"'):
        try:
            return str(json.loads(text))
        except ValueError:
            return text
    return text
