"""How is something decided about a person? Proposed by one, decided by another, told to whom it concerns."""

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.moves import Move
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created
from jixiao.consequences.models import DecisionStep, ListedUnit, PersonalDecision
from jixiao.consequences.queries.ground import LAWFUL, decisions_on, entry_now
from jixiao.consequences.queries.people import responsible
from jixiao.consequences.queries.ways import missing
from jixiao.consequences.states import (
    AGAIN,
    DECIDE,
    PERSONAL,
    TELL,
    WITHDRAW,
    DecisionState,
    ListingState,
    StepKind,
    Verdict,
)
from jixiao.core.errors import RefusedError
from jixiao.org.models import Person


@action(Permission.CONSEQUENCES_EDIT)
def propose_person(
    entry: ListedUnit, *, by: Actor, person: Person, proposal: str
) -> PersonalDecision:
    """提出涉及个人的事项。写明对谁、拟如何；由组织人社部门的人决定，平台不自动作出决定。"""
    listing = entry.listing
    if listing.state != ListingState.IN_FORCE or listing.result.state not in LAWFUL:
        raise RefusedError("这份名单已被取代，或依据的结果不再有效，请按现在有效的名单提出")
    if listing.kind not in PERSONAL:
        raise RefusedError(f"“{listing.get_kind_display()}”只针对单位，不针对个人")
    known = {each.person.pk: each for each in responsible(entry)}
    if person.pk not in known:
        raise RefusedError(
            f"{person}在{listing.result.year}年以来没有在这个单位任职、分工", field="person"
        )
    if not proposal.strip():
        raise RefusedError("请写明拟如何", field="proposal")
    if decisions_on(listing.name, listing.result).filter(person=person).exists():
        raise RefusedError(f"{person}在这份名单上的事项已经提出", field="person")
    made = PersonalDecision.objects.create(
        entry=entry,
        person=person,
        post=known[person.pk].words[:120],
        proposal=proposal.strip(),
        proposed_by_id=by.signature(),
    )
    _step(made, StepKind.PROPOSE, proposal.strip(), by=by)
    return made


@action(Permission.CONSEQUENCES_EDIT)
def withdraw_proposal(decision: PersonalDecision, *, by: Actor, reason: str) -> PersonalDecision:
    """撤回提出。还没有决定时可以撤回，写明原因。"""
    _refuse(WITHDRAW, decision, by)
    _refuse_silent(reason)
    decision.state = DecisionState.WITHDRAWN
    decision.save()
    _step(decision, StepKind.WITHDRAW, reason.strip(), by=by)
    return decision


@action(Permission.CONSEQUENCES_DECIDE)
def decide_person(
    decision: PersonalDecision, *, by: Actor, verdict: Verdict, reason: str
) -> PersonalDecision:
    """决定涉及个人的事项。适用、不适用或暂缓，都要写明理由；本人、提出人和有回避关系的人不能决定。"""
    _refuse(DECIDE, decision, by)
    return _decided(decision, StepKind.DECIDE, (verdict, reason), by=by)


@action(Permission.CONSEQUENCES_DECIDE)
def decide_again(
    decision: PersonalDecision, *, by: Actor, verdict: Verdict, reason: str
) -> PersonalDecision:
    """重新决定涉及个人的事项。依据变动或本人有异议时用；原来的决定留在经过里。"""
    _refuse(AGAIN, decision, by)
    return _decided(decision, StepKind.AGAIN, (verdict, reason), by=by)


@action(Permission.CONSEQUENCES_DECIDE)
def tell_person(decision: PersonalDecision, *, by: Actor, note: str = "") -> PersonalDecision:
    """登记已告知本人。决定、理由、依据和提出异议的途径要告知本人；本人登录后也能看到。"""
    _refuse(TELL, decision, by)
    decision.told_at, decision.told_by_id = timezone.now(), by.signature()
    decision.save()
    _step(decision, StepKind.TELL, note.strip(), by=by)
    return decision


def _refuse(move: Move[DecisionState], decision: PersonalDecision, by: Actor) -> None:
    if found := missing(move, decision, by=by):
        raise RefusedError(f"还不能{move.label}：{'；'.join(found)}")


def _refuse_silent(reason: str) -> None:
    if not reason.strip():
        raise RefusedError("请写明理由", field="reason")


def _decided(
    decision: PersonalDecision, kind: StepKind, said: tuple[Verdict, str], *, by: Actor
) -> PersonalDecision:
    """The decision rests on the list in force from now on."""
    verdict, reason = said
    _refuse_silent(reason)
    entry = entry_now(decision)
    if entry is None and verdict == Verdict.APPLIED:
        raise RefusedError("单位已不在名单上，没有依据，不能适用", field="verdict")
    decision.state, decision.reason = DecisionState(verdict), reason.strip()
    decision.entry = entry or decision.entry
    decision.decided_at, decision.decided_by_id = timezone.now(), by.signature()
    decision.flagged_at = decision.flagged_by = decision.told_at = decision.told_by = None
    decision.save()
    _step(decision, kind, f"{Verdict(verdict).label}：{reason.strip()}", by=by)
    return decision


def _step(decision: PersonalDecision, kind: StepKind, text: str, *, by: Actor) -> None:
    made = DecisionStep.objects.create(
        decision=decision, kind=kind, text=text, taken_by_id=by.signature()
    )
    created(made)
