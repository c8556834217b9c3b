"""What becomes of everything that a device sends after hours without a network?

Every piece has a key and gets an answer under it. A piece that was taken in before gets the answer
that the device did not hear; nothing counts twice.
"""

from collections.abc import Callable

from jixiao.access.actor import Actor
from jixiao.core.errors import RefusedError
from jixiao.rectification.actions import recheck, relapse
from jixiao.visits import actions
from jixiao.visits.actions.records import require_seat
from jixiao.visits.forms.onsite import (
    KINDS,
    Dropped,
    Kind,
    Package,
    Piece,
    Rechecked,
    Sent,
    Settled,
    TakenBack,
)
from jixiao.visits.queries import onsite as queries
from jixiao.visits.queries.onsite import Json, RecordRow, VisitRow
from jixiao.visits.states import VisitState

Do = Callable[..., object]


def take_in(sent: Sent, *, by: Actor) -> list[Json]:
    """Take in what a device sends, visit after visit: what became of each piece, what stands now."""
    return [_visit(each, device=sent.device, by=by) for each in sent.visits]


def _visit(package: Package, *, device: str, by: Actor) -> Json:
    visit = queries.visit_to_record(package.visit)
    outcomes: list[Json] = []
    records: list[RecordRow] = []
    for kind in KINDS:
        pieces = list(package.pieces(kind))
        outcomes += [_refused(each.key, each.fault) for each in pieces if each.fault]
        good = [each for each in pieces if not each.fault]
        if visit is None:
            outcomes += [_refused(each.key, "没有这次现场评估，可能已经调整") for each in good]
        elif kind == "entries":
            outcomes += _entries(visit, good, device=device, by=by, records=records)
        elif kind == "confirm" and _is_refused(package.feed_back, outcomes):
            outcomes += [_outcome(each.key, "waiting") for each in good]
        else:
            outcomes += [_done(DO[kind], visit, each, by=by) for each in good]
    return {
        "visit": package.visit,
        "outcomes": outcomes,
        "records": queries.records_json(dict.fromkeys(records), me=by),
    }


def _is_refused(sent: list[Json], outcomes: list[Json]) -> bool:
    """Whether the feedback did not go through: signatures wait on the device until it does."""
    keys = {str(each.get("key")) for each in sent}
    return any(each["state"] == "refused" and each["key"] in keys for each in outcomes)


def _entries(
    visit: VisitRow, pieces: list[Piece], *, device: str, by: Actor, records: list[RecordRow]
) -> list[Json]:
    """All in one action; the records that were touched are added to ``records``."""
    if not pieces:
        return []
    entries = [each.content for each in pieces]
    try:
        found = actions.save_entries(visit, by=by, device=device, entries=entries)
    except RefusedError as error:
        return [_refused(each.key, error.message) for each in pieces]
    records += [each.record for each in found if each.record]
    return [_outcome(str(each.key), each.state, each.message) for each in found]


def _done(do: Do, visit: VisitRow, piece: Piece, *, by: Actor) -> Json:
    try:
        do(visit, piece.content, by=by)
    except RefusedError as error:
        return _refused(piece.key, error.message)
    return _outcome(piece.key, "standing")


def _settle(visit: VisitRow, sent: Settled, *, by: Actor) -> None:
    entry = queries.entry_of(visit, sent.entry)
    if entry is None:
        raise RefusedError("没有这一份记录，请刷新页面")
    if not (queries.is_chosen(entry) and entry.settled_why == sent.reason.strip()):
        actions.settle_record(entry.record, by=by, entry=entry, reason=sent.reason)


def _recheck(visit: VisitRow, sent: Rechecked, *, by: Actor) -> None:
    """The room of rectification has the say; here is only where and by whom it was seen."""
    require_seat(visit, by)
    where = str(visit)[:60]
    case = queries.case_of(visit, sent.case)
    if case is None:
        raise RefusedError("没有这个问题，请刷新页面")
    if queries.was_looked_at(case, text=sent.text.strip(), where=where):
        return
    if sent.holds:
        recheck(case, by=by, text=sent.text, where=where)
    elif sent.due_on is None:
        raise RefusedError("请写明新的整改期限")
    else:
        relapse(case, by=by, text=sent.text, where=where, due_on=sent.due_on)


def _drop(visit: VisitRow, sent: Dropped, *, by: Actor) -> None:
    file = queries.attachment(sent.file)
    if file is not None and file.visit_id == visit.pk and not file.is_dropped:
        actions.drop_file(file, by=by)


def _feed_back(visit: VisitRow, _sent: object, *, by: Actor) -> None:
    if queries.state_of(visit) not in queries.TOLD:
        actions.feed_back(visit, by=by)


def _take_back(visit: VisitRow, sent: TakenBack, *, by: Actor) -> None:
    if queries.state_of(visit) != VisitState.UNDERWAY:
        actions.take_back(visit, by=by, reason=sent.reason)


DO: dict[Kind, Do] = {
    "findings": lambda visit, sent, by: actions.note_finding(visit, by=by, finding=sent),
    "settle": _settle,
    "rechecks": _recheck,
    "drops": _drop,
    "feed_back": _feed_back,
    "confirm": lambda visit, sent, by: actions.confirm(visit, by=by, signed=sent),
    "take_back": _take_back,
}


def _outcome(key: str, state: str, message: str = "") -> Json:
    return {"key": key, "state": state, "message": message}


def _refused(key: str, message: str) -> Json:
    return _outcome(key, "refused", message)
