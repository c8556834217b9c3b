"""What is a result? A scheme applied to a sheet, sealed so that anyone can recompute it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from jixiao.scoring.columns import Slot, all_leaves, slots
from jixiao.scoring.scheme import Scheme
from jixiao.scoring.sentences import rule_words
from jixiao.scoring.sheet import Row, Sheet, digest

FORMAT = "jixiao-result/1"
SEALED = {"scheme": "办法", "sheet": "记分表", "outputs": "得分", "seal": "封条"}
"""The parts of a sealed result that have a digest, as people call them."""

Marks = Mapping[str, int | None]
"""One subject's columns: marks in ten-thousandths, places, tiers by place, flags."""


@dataclass(frozen=True)
class Result:
    """Scheme, sheet, engine version and what the engine made of them."""

    scheme: Scheme
    sheet: Sheet
    engine: str
    year: Mapping[str, Marks]
    """By unit, in sheet order: the year's marks, places, tier and flags."""
    rounds: Mapping[str, Mapping[str, Marks]]
    """By round (one empty name where there are none) and unit: marks and their trace."""

    @cached_property
    def outputs_digest(self) -> str:
        """The digest that recomputing must give again."""
        return digest(self._outputs())

    def _outputs(self) -> dict[str, Any]:
        return {"year": self.year, "rounds": self.rounds}

    def as_json(self) -> dict[str, Any]:
        """The sealed document."""
        scheme = scheme_json(self.scheme)
        sheet = self.sheet.as_json()
        return {
            "format": FORMAT,
            "engine": self.engine,
            "scheme": scheme,
            "sheet": sheet,
            "outputs": self._outputs(),
            "digests": _sealed(digest(scheme), digest(sheet), self.outputs_digest, self.engine),
        }

    def in_order(self) -> "Result":
        """The same result with rounds in the scheme's order and units in the sheet's."""
        units = list(dict.fromkeys(row.unit for row in self.sheet.rows))
        codes = [each.code for each in self.scheme.rounds] or [""]
        rounds = {
            code: {unit: self.rounds[code][unit] for unit in units if unit in self.rounds[code]}
            for code in codes
        }
        return replace(self, year={unit: self.year[unit] for unit in units}, rounds=rounds)

    def tier_of(self, unit: str) -> str:
        """The name of the unit's tier, empty where it has none."""
        place = self.year[unit].get("tier")
        return "" if place is None else self.scheme.tiers[place].name

    @cached_property
    def rows(self) -> Mapping[tuple[str, str], Row]:
        """The sheet's rows by unit and round."""
        return {(row.unit, row.round): row for row in self.sheet.rows}

    @cached_property
    def slots(self) -> Mapping[str, tuple[Slot, ...]]:
        """The rules in force, by item code."""
        return {item.code: slots(self.scheme, item) for item in all_leaves(self.scheme)}

    @cached_property
    def sentences(self) -> Mapping[str, str]:
        """Each rule in words, by slot name."""
        found = [slot for each in self.slots.values() for slot in each]
        return {slot.name: rule_words(self.scheme, slot.item, slot.rule) for slot in found}

    def group_of(self, unit: str) -> str:
        """The name of the unit's group."""
        return self._groups[unit]

    @cached_property
    def _groups(self) -> dict[str, str]:
        return {unit.name: group.name for group in self.scheme.groups for unit in group.units}


def scheme_json(scheme: Scheme) -> dict[str, Any]:
    """The scheme document as plain data: what is not said is not written."""
    found: dict[str, Any] = scheme.model_dump(mode="json", exclude_defaults=True)
    return found


def _sealed(scheme: str, sheet: str, outputs: str, engine: str) -> dict[str, str]:
    """The three digests, and one over them and the engine's version."""
    parts = {"scheme": scheme, "sheet": sheet, "outputs": outputs}
    return {**parts, "seal": digest({**parts, "engine": engine})}


class SealError(Exception):
    """The file is not a sealed result, or it was changed after sealing."""


def write_result(result: Result, path: Path) -> None:
    """Write the sealed result; the same result gives the same bytes."""
    path.write_bytes(to_bytes(result))


def to_bytes(result: Result) -> bytes:
    """The sealed result as it is written."""
    text = json.dumps(result.as_json(), ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode()


def read_result(path: Path) -> Result:
    """Read a sealed result; SealError when it is none or a digest does not fit."""
    try:
        written = path.read_bytes()
    except OSError as error:
        raise SealError(f"读不了“{path.name}”：{error.strerror}") from None
    return from_bytes(written, name=path.name)


def from_bytes(written: bytes, *, name: str) -> Result:
    """The sealed result in these bytes; SealError, naming ``name``, as for a file."""
    try:
        data = json.loads(written)
        if data["format"] != FORMAT:
            raise SealError(f"“{name}”不是本系统的得分结果文件（格式 {data['format']}）")
        result = Result(
            scheme=Scheme.model_validate(data["scheme"]),
            sheet=Sheet.from_json(data["sheet"]),
            engine=data["engine"],
            year=data["outputs"]["year"],
            rounds=data["outputs"]["rounds"],
        ).in_order()
        digests = result.as_json()["digests"]
        broken = [words for key, words in SEALED.items() if digests[key] != data["digests"][key]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise SealError(f"“{name}”不是得分结果文件，或已损坏；请用 evaluate 重新生成") from None
    if broken:
        raise SealError(f"“{name}”封存后被改动：{'、'.join(broken)}的摘要对不上")
    return result
