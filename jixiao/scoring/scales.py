"""How does a measured number become points?

Every scale is a piecewise affine function of the measured number: ``pieces`` says it once, and the
engine, the explanation and the previews all read the same pieces.
"""

from abc import abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from jixiao.scoring.amounts import FULL, ZERO, Points, amount_words
from jixiao.scoring.base import Kind, Part
from jixiao.scoring.intervals import Interval, Range, interval_words
from jixiao.scoring.numbers import Number, number_text, percent_text

ONE = Fraction(1)
ANY = Interval()


@dataclass(frozen=True)
class Piece:
    """On ``within``: points = base + slope × (value − origin), in whole steps of ``whole`` if given."""

    within: Interval
    base: Fraction
    slope: Fraction = Fraction(0)
    origin: Fraction = Fraction(0)
    whole: Fraction | None = None

    def points(self, value: Fraction) -> Fraction:
        """Points for a value inside ``within``, not yet rounded or bounded."""
        distance = value - self.origin
        if self.whole is not None:
            steps = abs(distance) // self.whole
            distance = (steps if distance >= 0 else -steps) * self.whole
        return self.base + self.slope * distance


@dataclass(frozen=True)
class Said:
    """How people write the measured number: as a percentage, or with its unit."""

    percent: bool = False
    unit: str = ""

    def number(self, value: Fraction) -> str:
        """``80%`` or ``3次``."""
        return percent_text(value) if self.percent else number_text(value) + self.unit

    def range(self, within: Interval) -> str:
        """``80%以上（含）`` or ``3次以下（不含）``."""
        return interval_words(within, unit=self.unit, percent=self.percent)


class ScaleKind(Kind):
    """What every scale answers."""

    @abstractmethod
    def pieces(self, full: Fraction) -> tuple[Piece, ...]:
        """The scale for an item worth ``full`` points; the first piece that holds a value decides."""

    @abstractmethod
    def words(self, said: Said) -> str:
        """The rule as a Chinese sentence, its numbers written the way they are measured."""


class Direct(ScaleKind):
    """测得的数就是得分。"""

    label: ClassVar[str] = "直接计分"
    kind: Literal["direct"]

    def pieces(self, full: Fraction) -> tuple[Piece, ...]:  # noqa: ARG002
        return (Piece(ANY, Fraction(0), ONE),)

    def words(self, said: Said) -> str:  # noqa: ARG002
        return "直接计分"


class Proportional(ScaleKind):
    """按比例得分：测得的数达到“满分对应值”得满分，其余按比例。"""

    label: ClassVar[str] = "按比例"
    kind: Literal["proportional"]
    full_at: Number = Field(default=ONE, gt=0, title="满分对应值")

    def pieces(self, full: Fraction) -> tuple[Piece, ...]:
        return (Piece(ANY, Fraction(0), full / self.full_at),)

    def words(self, said: Said) -> str:
        return f"达到{said.number(self.full_at)}得满分，其余按比例得分"


class Threshold(ScaleKind):
    """达到门槛得满分，否则得“未达得分”（通常为0）。"""

    label: ClassVar[str] = "门槛"
    kind: Literal["threshold"]
    reach: Range = Field(title="达标范围")
    otherwise: Points = Field(default=ZERO, title="未达得分")

    def pieces(self, full: Fraction) -> tuple[Piece, ...]:
        return (Piece(self.reach, full), Piece(ANY, self.otherwise.points(full)))

    def words(self, said: Said) -> str:
        missed = "不得分" if self.otherwise == ZERO else f"得{amount_words(self.otherwise)}"
        return f"{said.range(self.reach)}得满分，否则{missed}"


class Band(Part):
    """One row of a band table."""

    within: Range = Field(title="范围")
    points: Points = Field(title="得分")


class Bands(ScaleKind):
    """分档得分：落在哪一档得哪一档的分，各档依次看，都不在的得“其余得分”。"""

    label: ClassVar[str] = "分档"
    kind: Literal["bands"]
    bands: tuple[Band, ...] = Field(min_length=1, title="各档")
    otherwise: Points = Field(default=ZERO, title="其余得分")

    def pieces(self, full: Fraction) -> tuple[Piece, ...]:
        rows = tuple(Piece(band.within, band.points.points(full)) for band in self.bands)
        return (*rows, Piece(ANY, self.otherwise.points(full)))

    def words(self, said: Said) -> str:
        rows = [f"{said.range(band.within)}得{amount_words(band.points)}" for band in self.bands]
        return "；".join([*rows, f"其余得{amount_words(self.otherwise)}"])


class Step(Part):
    """So many points for every so much."""

    per: Number = Field(gt=0, title="每")
    points: Points = Field(title="分数")
    limit: Points | None = Field(default=None, title="最多")

    @model_validator(mode="after")
    def _same_sign(self) -> "Step":
        if self.limit is not None and self.limit.value * self.points.value < 0:
            raise ValueError("“最多”与“分数”要同为加分或同为扣分（正负号一致）")
        return self


class Steps(ScaleKind):
    """以基准为界增减分：在基准处得基准分，每超过多少加分，每低于多少扣分，可各设上限；落在“不得分范围”内不得分。"""

    label: ClassVar[str] = "增减"
    kind: Literal["steps"]
    origin: Number = Field(default=ONE, title="基准")
    base: Points = Field(default=FULL, title="基准分")
    above: Step | None = Field(default=None, title="每超")
    below: Step | None = Field(default=None, title="每低")
    whole: bool = Field(default=False, title="不满不计", description="不满一个“每”的部分不计")
    nothing_in: Range | None = Field(default=None, title="不得分范围")

    def pieces(self, full: Fraction) -> tuple[Piece, ...]:
        nothing = (Piece(self.nothing_in, Fraction(0)),) if self.nothing_in else ()
        above = self._side(self.above, full, sign=1) if self.above else ()
        below = self._side(self.below, full, sign=-1) if self.below else ()
        flat = Piece(ANY, self.base.points(full), origin=self.origin)
        return (*nothing, *above, *below, flat)

    def _side(self, step: Step, full: Fraction, *, sign: int) -> tuple[Piece, ...]:
        """One side of the origin: first the flat end beyond the limit, then the slope."""
        base, each = self.base.points(full), step.points.points(full)
        whole = step.per if self.whole else None
        slope = Piece(_beyond(self.origin, sign), base, each / step.per, self.origin, whole)
        if step.limit is None or each == 0:
            return (slope,)
        limit = step.limit.points(full)
        steps = Fraction(ceil(limit / each)) if self.whole else limit / each
        reach = self.origin + sign * step.per * steps
        return (Piece(_beyond(reach, sign), base + sign * limit), slope)

    def words(self, said: Said) -> str:
        parts = [f"{said.number(self.origin)}得{amount_words(self.base)}"]
        for step, way in ((self.above, "超"), (self.below, "低")):
            if step is not None:
                parts.append(_step_words(step, way, said))
        if self.whole:
            parts.append("不满一个单位的不计")
        if self.nothing_in is not None:
            parts.append(f"{said.range(self.nothing_in)}不得分")
        return "，".join(parts)


class Deduct(ScaleKind):
    """从满分起扣：每次（件、例）扣若干分，免扣次数以内不扣。"""

    label: ClassVar[str] = "每次扣"
    kind: Literal["deduct"]
    each: Points = Field(title="每次扣")
    free: Number = Field(default=Fraction(0), ge=0, title="免扣次数")

    def pieces(self, full: Fraction) -> tuple[Piece, ...]:
        free = Piece(Interval(high=self.free), full)
        return (free, Piece(ANY, full, -self.each.points(full), self.free))

    def words(self, said: Said) -> str:
        after = f"超过{said.number(self.free)}的，" if self.free else ""
        return f"{after}每{said.number(ONE)}扣{amount_words(self.each)}"


class Credit(ScaleKind):
    """从零起加：每次（件、分）得若干分，可为负数。"""

    label: ClassVar[str] = "每次得"
    kind: Literal["credit"]
    each: Points = Field(title="每次得")

    def pieces(self, full: Fraction) -> tuple[Piece, ...]:
        return (Piece(ANY, Fraction(0), self.each.points(full)),)

    def words(self, said: Said) -> str:
        return f"每{said.number(ONE)}得{amount_words(self.each)}"


class Places(ScaleKind):
    """按名次表得分：第一名、第二名……依次对应各分，名次表以外得“其余得分”。"""

    label: ClassVar[str] = "名次表"
    kind: Literal["places"]
    points: tuple[Points, ...] = Field(min_length=1, title="各名次得分")
    otherwise: Points = Field(default=ZERO, title="其余得分")

    def pieces(self, full: Fraction) -> tuple[Piece, ...]:
        rows = tuple(
            Piece(Interval(Fraction(place), Fraction(place)), points.points(full))
            for place, points in enumerate(self.points, start=1)
        )
        return (*rows, Piece(ANY, self.otherwise.points(full)))

    def words(self, said: Said) -> str:  # noqa: ARG002
        listed = "、".join(amount_words(points) for points in self.points)
        rest = "" if self.otherwise == ZERO else f"，其余得{amount_words(self.otherwise)}"
        return f"第1至{len(self.points)}名依次得{listed}{rest}"


class PerPlace(ScaleKind):
    """第一名得满分，名次每降低一位减若干分。"""

    label: ClassVar[str] = "每位减"
    kind: Literal["per_place"]
    each: Points = Field(title="每位减")

    def pieces(self, full: Fraction) -> tuple[Piece, ...]:
        return (Piece(ANY, full, -self.each.points(full), ONE),)

    def words(self, said: Said) -> str:  # noqa: ARG002
        return f"第1名得满分，每降1位减{amount_words(self.each)}"


class Between(ScaleKind):
    """在最低分与最高分之间按位置得分：位置0得最低分，位置1得最高分，中间按比例，两端封住。"""

    label: ClassVar[str] = "区间"
    kind: Literal["between"]
    low: Points = Field(default=ZERO, title="最低分")
    high: Points = Field(default=FULL, title="最高分")

    def pieces(self, full: Fraction) -> tuple[Piece, ...]:
        low, high = self.low.points(full), self.high.points(full)
        ends = (Piece(Interval(high=Fraction(0)), low), Piece(Interval(low=ONE), high))
        return (*ends, Piece(ANY, low, high - low))

    def words(self, said: Said) -> str:  # noqa: ARG002
        return f"在{amount_words(self.low)}至{amount_words(self.high)}之间按位置得分"


class Progressive(ScaleKind):
    """累进增减：超出部分按每段宽度分段，各段每超一个“计算单位”加满分的几分之一，低于时方向相反。"""

    label: ClassVar[str] = "累进"
    kind: Literal["progressive"]
    width: Number = Field(gt=0, title="每段宽度")
    unit: Number = Field(gt=0, title="计算单位")
    divisors: tuple[Annotated[int, Field(ge=1)], ...] = Field(min_length=1, title="各段除数")

    def pieces(self, full: Fraction) -> tuple[Piece, ...]:
        """The last divisor goes on for everything beyond; both sides mirror each other."""
        found: list[Piece] = []
        base, start = full, Fraction(0)
        for index, divisor in enumerate(self.divisors):
            slope = full / divisor / self.unit
            end = None if index == len(self.divisors) - 1 else start + self.width
            found.append(Piece(Interval(start, end), base, slope, start))
            low = None if end is None else -end
            found.append(Piece(Interval(low, -start), 2 * full - base, slope, -start))
            base, start = base + slope * self.width, start + self.width
        return tuple(found)

    def words(self, said: Said) -> str:
        parts = "、".join(f"1/{divisor}" for divisor in self.divisors)
        return (
            f"基础分为满分，与平均水平相比每{said.number(self.width)}为一段，"
            f"各段每超{said.number(self.unit)}依次加满分的{parts}，低于时相应减分"
        )


def _beyond(bound: Fraction, sign: int) -> Interval:
    return Interval(low=bound) if sign > 0 else Interval(high=bound)


def _step_words(step: Step, way: str, said: Said) -> str:
    verb = "加" if (step.points.value >= 0) == (way == "超") else "扣"
    points = amount_words(step.points).replace("-", "")
    limit = f"，最多{verb}{amount_words(step.limit).replace('-', '')}" if step.limit else ""
    return f"每{way}{said.number(step.per)}{verb}{points}{limit}"


Scale = Annotated[
    Direct
    | Proportional
    | Threshold
    | Bands
    | Steps
    | Deduct
    | Credit
    | Places
    | PerPlace
    | Between
    | Progressive,
    Field(discriminator="kind"),
]
"""The closed union of scales."""
