"""How do lists come about? From an approved run only; whose ground they change is flagged, nothing undone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created, watch
from jixiao.consequences.comparing import VANISHED, Ground, changes
from jixiao.consequences.drawing import (
    Drawn,
    Known,
    Line,
    RuleError,
    drawn,
    is_coefficient,
    with_rules,
)
from jixiao.consequences.models import DecisionStep, ListedUnit, Listing, Measure
from jixiao.consequences.queries.ground import (
    LAWFUL,
    decisions_on,
    ground_of,
    grounds,
    lists_like,
    newer_run,
)
from jixiao.consequences.queries.known import known_beside, measures_for
from jixiao.consequences.rules import misfits, rule_of
from jixiao.consequences.states import RATES, ListingState, Purpose, StepKind
from jixiao.core.errors import RefusedError
from jixiao.results.models import ResultUnit, SealedResult
from jixiao.results.queries import reading
from jixiao.scoring.consequences import Consequence, Rate

NEEDED = Decimal("0.00000001")
"""As exactly as a rate is kept."""
MOST = 10**6
SAME = "与决定时一致（中间变动过）"


@dataclass(frozen=True)
class Wanted:
    """A list as it is to be kept."""

    kind: Purpose
    drawn: Drawn
    measure: Measure | None = None

    @property
    def name(self) -> str:
        """As it is kept."""
        return self.drawn.name[:60]


@action(Permission.CONSEQUENCES_EDIT)
def draw_up(result: SealedResult, *, by: Actor, counted_on: date | None = None) -> SealedResult:
    """开列结果运用名单。只能按审定的结果，每个单位写明理由；重新开列后依据变动的个人决定会标出，等人重新决定。"""
    _refuse_unlawful(result)
    day = counted_on or result.met_on or timezone.localdate()
    if day > timezone.localdate():
        raise RefusedError("问题数不能统计到今天以后", field="counted_on")
    wanted = list(_wanted(result, known_beside(result, day=day)))
    if not wanted:
        raise RefusedError("办法没有写结果运用，也没有施行的规定；请先写规定")
    parts = {each.name: each for each in result.units.select_related("unit")}
    before = {each.name: each for each in lists_like(result)}
    drawn_now = [_draw(each, before.get(each.name), parts, (result, day, by)) for each in wanted]
    gone = [old for name, old in before.items() if name not in {each.name for each in wanted}]
    for old in gone:
        _replace(old, None, by=by)
    if not gone and not any(drawn_now):
        raise RefusedError("名单和现在有效的一样，不用重新开列")
    return result


@action(Permission.CONSEQUENCES_EDIT)
def set_amount(listing: Listing, *, by: Actor, amount: Decimal, document: str) -> Listing:
    """录入每系数金额。平台只算系数；金额由县里凭文件录入，不录就不显示。"""
    if listing.kind != Purpose.COEFFICIENT:
        raise RefusedError("只有奖金系数的名单可以录入金额")
    if listing.state != ListingState.IN_FORCE:
        raise RefusedError("这份名单已被取代")
    if not 0 < amount < Decimal(10**8):
        raise RefusedError("金额要大于0、小于一亿元", field="amount")
    if not document.strip():
        raise RefusedError("请写明确定金额的文号", field="document")
    listing.amount, listing.amount_document = amount, document.strip()[:60]
    listing.amount_at, listing.amount_by_id = timezone.now(), by.signature()
    listing.save()
    return listing


def _refuse_unlawful(result: SealedResult) -> None:
    if result.state not in LAWFUL:
        raise RefusedError(f"结果现在是“{result.get_state_display()}”，审定以后才能开列名单")
    if newer := newer_run(result):
        raise RefusedError(f"同一办法已有更新的审定结果（第{newer.pk}号），请按那一次开列")


def _wanted(result: SealedResult, known: Known) -> Iterator[Wanted]:
    """The lists that the scheme makes, then those of the county's own rules."""
    sealed = reading(result).result
    own = zip(sealed.scheme.consequences, drawn(sealed, result.year, known), strict=True)
    for rule, found in own:
        yield Wanted(_kind_of(rule), found)
    measures = measures_for(result)
    rules = [rule_of(each.rule) for each in measures]
    names = [each.name for each in (*sealed.scheme.consequences, *rules)]
    if twice := {name for name in names if names.count(name) > 1}:
        raise RefusedError(f"“{'、'.join(sorted(twice))}”写了两次：办法里有的，规定里不要再写")
    if not rules:
        return
    if told := misfits(sealed.scheme, rules):
        raise RefusedError(f"结果运用规定和这次结果的办法对不上：{'；'.join(told[:3])}")
    try:
        again = with_rules(sealed, rules, known)
    except RuleError as error:
        raise RefusedError(f"结果运用规定算不出来：{error}") from None
    for measure, found in zip(measures, drawn(again, result.year, known), strict=True):
        yield Wanted(Purpose(measure.kind), found, measure)


def _kind_of(rule: Consequence) -> Purpose:
    """What a consequence of the scheme itself is for, as far as its shape and name tell."""
    if not isinstance(rule, Rate):
        fitting = (each for each in Purpose if each not in RATES and each.label in rule.name)
        return next(fitting, Purpose.OTHER)
    return Purpose.COEFFICIENT if is_coefficient(rule) else Purpose.QUOTA


def _draw(
    wanted: Wanted,
    before: Listing | None,
    parts: Mapping[str, ResultUnit],
    at: tuple[SealedResult, date, Actor],
) -> bool:
    """Whether a new list had to be made; one that says the same about the same run stays."""
    result, day, by = at
    listing = _listing(wanted, result, day, by)
    entries = [_entry(listing, parts[line.unit], line) for line in wanted.drawn.lines]
    now = {each.part.unit_id: ground_of(each) for each in entries}
    if before and before.result_id == result.pk and _says_same(before, listing, now):
        return False
    if before:
        _carry_amount(before, listing)
        watch(before)
        before.state = ListingState.SUPERSEDED
        before.save()
    listing.save()
    created(listing)
    ListedUnit.objects.bulk_create(entries)
    if before:
        before.replaced_by = listing
        before.save()
    _flag(listing.name, result, now, by=by)
    return True


def _listing(wanted: Wanted, result: SealedResult, day: date, by: Actor) -> Listing:
    found = wanted.drawn
    return Listing(
        result=result,
        measure=wanted.measure,
        kind=wanted.kind,
        name=wanted.name,
        words=found.words,
        basis=_basis(wanted, result),
        counted_on=day,
        drawn_by_id=by.signature(),
    )


def _basis(wanted: Wanted, result: SealedResult) -> str:
    """The article that the rule names, else the document in which the rule stands."""
    if wanted.measure:
        said = (wanted.measure.document, wanted.drawn.basis)
        return " ".join(each for each in said if each)[:300]
    return (wanted.drawn.basis or result.title)[:300]


def _entry(listing: Listing, part: ResultUnit, line: Line) -> ListedUnit:
    if line.people is not None and not 0 <= line.people < MOST:
        raise RefusedError(f"{line.unit}的人数{line.people}不对，请核对记分表")
    return ListedUnit(
        listing=listing,
        part=part,
        reason=line.reason,
        rate=None if line.rate is None else _exact(line.rate, listing.name),
        people=None
        if line.people is None
        else Decimal(line.people.numerator) / line.people.denominator,
        places=line.places,
    )


def _exact(rate: Fraction, name: str) -> Decimal:
    try:
        found = (Decimal(rate.numerator) / rate.denominator).quantize(NEEDED)
    except InvalidOperation:
        raise RefusedError(f"“{name}”的比例太大，请核对") from None
    if Fraction(found) != rate or not -MOST < rate < MOST:
        raise RefusedError(f"“{name}”的比例{rate}太大或除不尽，请写成八位以内的小数")
    return found


def _says_same(before: Listing, listing: Listing, now: Mapping[int, Ground]) -> bool:
    if before.kind != listing.kind or before.basis != listing.basis:
        return False
    return grounds(before) == now


def _carry_amount(before: Listing, listing: Listing) -> None:
    """What the county has fixed for the year holds for the newer list of the same run's year."""
    if listing.kind != Purpose.COEFFICIENT:
        return
    for name in ("amount", "amount_document", "amount_at", "amount_by_id"):
        setattr(listing, name, getattr(before, name))


def _replace(old: Listing, new: Listing | None, *, by: Actor) -> None:
    watch(old)
    old.state, old.replaced_by = ListingState.SUPERSEDED, new
    old.save()
    _flag(old.name, old.result, {}, by=by)


def _flag(name: str, result: SealedResult, now: Mapping[int, Ground], *, by: Actor) -> None:
    """Decisions whose ground is another now wait for a person; what was decided stays as it is."""
    for decision in decisions_on(name, result):
        unit, ground = decision.entry.part.unit_id, ground_of(decision.entry)
        after = {unit: now[unit]} if unit in now else {}
        found = changes({unit: ground}, after)
        if not found and not decision.is_flagged:
            continue
        watch(decision)
        decision.before = ground.words
        decision.after = found[0].after if found else SAME
        decision.flagged_at, decision.flagged_by_id = timezone.now(), by.signature()
        decision.save()
        words = "已不在名单上" if decision.after == VANISHED else f"现在：{decision.after}"
        created(
            DecisionStep.objects.create(
                decision=decision, kind=StepKind.FLAG, text=words, taken_by_id=by.signature()
            )
        )
