"""How does a bulletin go from being written to lying on the units' desks? Two people, one number."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils import timezone

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.moves import Move
from jixiao.access.permissions import Permission
from jixiao.audit.trail import created, watch
from jixiao.bulletins.actions.drafting import address, digest_of, log, written
from jixiao.bulletins.models import CODE, Bulletin, BulletinFile
from jixiao.bulletins.queries.drafts import Desk, units_addressed
from jixiao.bulletins.queries.ways import missing
from jixiao.bulletins.states import (
    DISCARD,
    ISSUE,
    NEED_A_REASON,
    RECALL,
    SEND_BACK,
    SIGN_OFF,
    SUBMIT,
    WITHDRAW,
    BulletinState,
    FileKind,
    StepKind,
)
from jixiao.core.errors import RefusedError
from jixiao.gongwen.document import Document, DocumentError
from jixiao.gongwen.docx import render_docx
from jixiao.gongwen.fonts import find_fonts
from jixiao.gongwen.pdf import render_pdf
from jixiao.notices.actions import Letter, send_notice


@dataclass(frozen=True)
class Numbered:
    """发文字号: code, and the serial number of this year."""

    code: str
    serial: int


@action(Permission.BULLETINS_EDIT)
def submit_bulletin(bulletin: Bulletin, *, by: Actor) -> Bulletin:
    """送审签。必须改的都改完，提醒都改好或写明理由，才能送审。"""
    return _gone(bulletin, SUBMIT, by=by)


@action(Permission.BULLETINS_APPROVE)
def send_back_bulletin(bulletin: Bulletin, *, by: Actor, reason: str) -> Bulletin:
    """退回修改。写明要改什么，退给起草人。"""
    return _gone(bulletin, SEND_BACK, by=by, reason=reason)


@action(Permission.BULLETINS_APPROVE)
def sign_off_bulletin(bulletin: Bulletin, *, by: Actor, note: str = "") -> Bulletin:
    """签发通报。由没有经手这一稿的人签发，签发当天是成文日期；依据的结果要已经审定。"""
    refuse_missing(bulletin, SIGN_OFF, by=by)
    bulletin.approved_at, bulletin.approved_by_id = timezone.now(), by.signature()
    bulletin.printed = Desk(bulletin, is_fresh=True).draft.document.model_dump_json()
    bulletin.digest = digest_of(bulletin.printed)
    return _gone(bulletin, SIGN_OFF, by=by, reason=note)


@action(Permission.BULLETINS_APPROVE)
def recall_bulletin(bulletin: Bulletin, *, by: Actor, reason: str) -> Bulletin:
    """撤回签发。印发以前发现有误时用，退给起草人，改后重新送审。"""
    row = _gone(bulletin, RECALL, by=by, reason=reason)
    written(row, row.text)
    row.save()
    return row


@action(Permission.BULLETINS_EDIT)
def issue_bulletin(bulletin: Bulletin, *, by: Actor, number: Numbered) -> Bulletin:
    """印发通报。编上发文字号，Word 和 PDF/A 文件就此固定，发给公布范围内的单位并记下谁读了。"""
    _refuse_number(bulletin, number)
    units = units_addressed(bulletin)
    _go(bulletin, ISSUE, by=by, text="")
    now = timezone.now()
    bulletin.issued_at, bulletin.issued_by_id = now, by.signature()
    bulletin.number_code, bulletin.number_serial = number.code.strip(), number.serial
    bulletin.number_year = timezone.localdate(now).year
    bulletin.notice = send_notice(_letter(bulletin), by=replace(by, once=None), units=units)
    bulletin.save()
    address(bulletin, units)
    _freeze(bulletin)
    if bulletin.follows:
        _supersede(bulletin.follows, bulletin, by=by)
    return bulletin


@action(Permission.BULLETINS_APPROVE)
def withdraw_bulletin(bulletin: Bulletin, *, by: Actor, reason: str) -> Bulletin:
    """撤销印发的通报。写明原因，告知收到的单位；文件和经过仍然留存。"""
    row = _gone(bulletin, WITHDRAW, by=by, reason=reason)
    letter = Letter(
        f"撤销{row.number}",
        f"{row.number}《{row.title}》已撤销。原因：{reason.strip()}",
        needs_sign=False,
    )
    send_notice(
        letter,
        by=replace(by, once=None),
        units=[each.unit for each in row.units.select_related("unit")],
    )
    return row


@action(Permission.BULLETINS_EDIT)
def discard_bulletin(bulletin: Bulletin, *, by: Actor, reason: str) -> Bulletin:
    """作废没有印发的通报稿。写明原因，稿子仍然留存。"""
    return _gone(bulletin, DISCARD, by=by, reason=reason)


def _gone(row: Bulletin, move: Move[BulletinState], *, by: Actor, reason: str = "") -> Bulletin:
    _go(row, move, by=by, text=reason)
    row.save()
    return row


def _go(row: Bulletin, move: Move[BulletinState], *, by: Actor, text: str) -> None:
    """Move on, or say what is still missing; what leads back needs a reason."""
    refuse_missing(row, move, by=by)
    if move in NEED_A_REASON and not text.strip():
        raise RefusedError("请写明原因", field="reason")
    row.state = move.target
    log(row, StepKind(move.name), by=by, text=text.strip())


def refuse_missing(row: Bulletin, move: Move[BulletinState], *, by: Actor) -> None:
    """Say what a move still lacks."""
    if found := missing(move, row, by=by):
        raise RefusedError(f"还不能{move.label}：{'；'.join(found)}")


def _refuse_number(row: Bulletin, number: Numbered) -> None:
    code = number.code.strip()
    if not code or len(code) > CODE:
        raise RefusedError(f"请写机关代字，最多{CODE}字", field="code")
    if number.serial < 1:
        raise RefusedError("序号从1起", field="serial")
    year = timezone.localdate().year
    used = Bulletin.objects.filter(
        number_code=code, number_year=year, number_serial=number.serial
    ).exclude(pk=row.pk)
    if used.exists():
        raise RefusedError(
            f"{code}〔{year}〕{number.serial}号已经用过，请换一个序号", field="serial"
        )


def _letter(row: Bulletin) -> Letter:
    replaced = f"本通报取代{row.follows.number}。" if row.follows else ""
    return Letter(
        title=f"{row.number} {row.title}"[:80],
        body=f"{row.number}《{row.title}》已印发，请在平台“通报”中阅读并签收。{replaced}",
    )


def _freeze(row: Bulletin) -> None:
    """The bytes that went out, with their digests."""
    try:
        document = Desk(row).document
        made = [(kind, *make(document)) for kind, make in FORMS.items()]
    except DocumentError as error:
        raise RefusedError(f"印不出来：{error}") from None
    for kind, content, note in made:
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        facts = {"content": content, "size": len(content), "digest": digest, "note": note[:1000]}
        created(BulletinFile.objects.create(bulletin=row, kind=kind, **facts))


def as_docx(document: Document) -> tuple[bytes, str]:
    """The editable file."""
    return render_docx(document), ""


def as_pdf(document: Document) -> tuple[bytes, str]:
    """The file that looks the same for ever, and which fonts stand in."""
    made = render_pdf(document, fonts=find_fonts())
    return made.content, "；".join(made.substitutions)


FORMS: dict[str, Callable[[Document], tuple[bytes, str]]] = {
    FileKind.DOCX: as_docx,
    FileKind.PDF: as_pdf,
}


def _supersede(older: Bulletin, newer: Bulletin, *, by: Actor) -> None:
    if older.state == BulletinState.ISSUED:
        watch(older)
        older.state = BulletinState.SUPERSEDED
        older.save(update_fields=["state"])
        log(older, StepKind.SUPERSEDE, by=by, text=f"由{newer.number}取代")
