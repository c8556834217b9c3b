"""How many may get the best grade, and how does that follow from the rules, in words?"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from jixiao.results.lines import whole
from jixiao.scoring.numbers import number_text, percent_text

ROUNDED = {"floor": "不足1名的舍去", "half_up": "四舍五入", "ceil": "不足1名的进为1名"}


@dataclass(frozen=True)
class Limits:
    """The shares of one appraisal: the usual one, the most without and with an approval."""

    usual: Fraction
    most: Fraction
    cap: Fraction
    rounding: str = "floor"


@dataclass(frozen=True)
class Share:
    """A unit's share and how it came about; ``result`` is the run that gave the unit its tier."""

    rate: Fraction
    steps: tuple[str, ...]
    result: int | None = None


@dataclass(frozen=True)
class Head:
    """How many people a unit has, by how they take part."""

    graded: int
    ungraded: int = 0
    above: int = 0
    out: int = 0
    counts_ungraded: bool = True

    @property
    def base(self) -> int:
        """Those who should take part, as the appraisal counts them."""
        return self.graded + (self.ungraded if self.counts_ungraded else 0)

    @property
    def words(self) -> str:
        """Who is counted and who is not."""
        told = [
            f"参加不定等次的 {self.ungraded} 人{'计入' if self.counts_ungraded else '不计入'}"
            if self.ungraded
            else "",
            f"由组织部门确定的 {self.above} 人不计入" if self.above else "",
            f"不参加的 {self.out} 人不计入" if self.out else "",
        ]
        return "，".join(filter(None, told))


def share_of(
    limits: Limits, *, tier: Share | None = None, raised: Fraction | None = None, document: str = ""
) -> Share:
    """The unit's share: an approved one, else that of its tier, else the usual one; never too much."""
    if raised is not None:
        steps = (f"经批准提高到{percent_text(raised)}（{document}）",)
        return _limited(Share(raised, steps), limits.cap, "经批准也不超过")
    if tier is not None:
        return _limited(tier, limits.most, "未经批准不超过")
    return _limited(
        Share(limits.usual, (f"一般比例{percent_text(limits.usual)}",)), limits.most, ""
    )


def _limited(share: Share, most: Fraction, words: str) -> Share:
    if share.rate <= most:
        return share
    return Share(most, (*share.steps, f"{words}{percent_text(most)}"), share.result)


@dataclass(frozen=True)
class Quota:
    """Places made of a share and a number of people."""

    base: int
    share: Share
    rounding: str = "floor"

    @property
    def exact(self) -> Fraction:
        """Before rounding."""
        return self.base * self.share.rate

    @property
    def places(self) -> int:
        """Whole people."""
        return whole(self.exact, self.rounding)

    @property
    def words(self) -> str:
        """应参加 13 人 × 15% = 1.95 → 1 名."""
        sum_ = (
            f"应参加 {self.base} 人 × {percent_text(self.share.rate)} = {number_text(self.exact)}"
        )
        rounded = "" if self.exact == self.places else f"（{ROUNDED[self.rounding]}）"
        return f"{sum_} → {self.places} 名{rounded}"

    @property
    def basis(self) -> str:
        """Where the share comes from."""
        return "；".join(self.share.steps)


def too_many(quota: Quota, chosen: int, best: str) -> str:
    """What is wrong with so many of the best grade; empty where nothing is."""
    if chosen <= quota.places:
        return ""
    return f"{best}提了 {chosen} 名，多出 {chosen - quota.places} 名：{quota.words}"


def routine_doubts(
    known: Sequence[str], names: Sequence[str], *, least: int, best: str
) -> tuple[str, ...]:
    """Why the year's routine grades do not carry the best annual grade; ``names`` best first."""
    if not known:
        return ()
    found = [f"平时考核有{each}" for each in names[2:] if each in known]
    good, asked = known.count(names[0]), min(least, len(known))
    if good < asked:
        found.append(f"{len(known)} 次平时考核只有 {good} 次{names[0]}，评{best}要 {asked} 次")
    return tuple(found)
