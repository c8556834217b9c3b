"""How does a photo or file come to an item: announced, in pieces, checked, kept? Always by a person's act."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from string import hexdigits
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from pydantic import Field

from jixiao.access.action import action
from jixiao.access.actor import Actor
from jixiao.access.permissions import Permission
from jixiao.core.errors import RefusedError
from jixiao.core.uploads import SUFFIXES, checked
from jixiao.visits.actions.records import Code, require_seat
from jixiao.visits.models import Attachment, Visit
from jixiao.visits.queries.rounds import book_of
from jixiao.visits.states import EDITABLE, FileState

PIECE = 512 * 1024
"""Bytes that travel at once: what is lost with a connection is little."""
MOST = 30 * 1024 * 1024
ARRIVING = "现场/收件"


@dataclass(frozen=True)
class Announced:
    """A file that a device is about to send; its key is made there."""

    key: UUID
    code: Code
    name: Annotated[str, Field(min_length=1, max_length=200)]
    size: Annotated[int, Field(ge=1, le=MOST)]
    sha256: Annotated[str, Field(min_length=64, max_length=64)]


class OffsetError(RefusedError):
    """The piece does not begin where the file ends; ``received`` is where it does."""

    def __init__(self, received: int) -> None:
        super().__init__(f"已收到{received}字节，请从那里接着传")
        self.received = received


@action(Permission.VISITS_RECORD)
def announce_file(visit: Visit, *, by: Actor, file: Announced) -> Attachment:
    """添加现场照片或文件。由评估员自己添加，从不强制；先报名称和大小，再分段上传。"""
    require_seat(visit, by)
    known = Attachment.objects.filter(key=file.key).first()
    if known is not None:
        if (known.visit_id, known.digest) != (visit.pk, f"sha256:{file.sha256}"):
            raise RefusedError("这个编号已经用于别的文件")
        return known
    if set(file.sha256) - set(hexdigits):
        raise RefusedError("文件的摘要不合要求", field="file")
    if visit.state not in EDITABLE:
        raise RefusedError("已经与单位当面反馈，不能再添加文件")
    if book_of(visit.round).task(visit.name, file.code) is None:
        raise RefusedError(f"办法对{visit.name}没有“{file.code}”这一项")
    return Attachment.objects.create(
        key=file.key,
        visit=visit,
        code=file.code,
        name=file.name[-120:],
        size=file.size,
        digest=f"sha256:{file.sha256}",
        added_by_id=by.signature(),
    )


@action(Permission.VISITS_RECORD)
def take_piece(attachment: Attachment, *, by: Actor, start: int, piece: bytes) -> Attachment:
    """上传文件的一段。断了可以接着传；最后一段到齐后核对摘要和内容，照片去掉拍摄地点。"""
    require_seat(attachment.visit, by)
    if attachment.added_by_id != by.account_id:
        raise RefusedError("这个文件由另一位评估员上传")
    if attachment.state == FileState.KEPT or attachment.is_dropped:
        return attachment
    end = start + len(piece)
    if start != attachment.received or end > attachment.size:
        raise OffsetError(attachment.received)
    if not 0 < len(piece) <= PIECE:
        raise RefusedError(f"每段最多{PIECE // 1024}千字节")
    _put(part_of(attachment), start, piece)
    attachment.received = end
    if end == attachment.size:
        _keep(attachment)
    attachment.save()
    return attachment


def part_of(attachment: Attachment) -> Path:
    """Where the pieces of a file wait for the last one."""
    return Path(settings.MEDIA_ROOT) / ARRIVING / f"{attachment.key}.part"


def _put(path: Path, start: int, piece: bytes) -> None:
    """On disk before the database says so; what an interrupted attempt left behind is cut off."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    with path.open("r+b") as file:
        file.seek(start)
        file.write(piece)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


def _keep(attachment: Attachment) -> None:
    """The whole file is here: as announced and harmless, or it begins anew, or it is not wanted."""
    path = part_of(attachment)
    body = path.read_bytes()
    if f"sha256:{hashlib.sha256(body).hexdigest()}" != attachment.digest:
        attachment.received = 0
        return
    path.unlink()
    kept = checked(attachment.name, content=body, most=MOST)
    attachment.name, attachment.media, attachment.state = kept.name, kept.media, FileState.KEPT
    named = f"{attachment.key}{SUFFIXES[kept.media]}"
    attachment.file.save(named, ContentFile(kept.content), save=False)


@action(Permission.VISITS_RECORD)
def drop_file(attachment: Attachment, *, by: Actor) -> Attachment:
    """去掉现场照片或文件。双方反馈以前，由评估组去掉。"""
    require_seat(attachment.visit, by)
    if attachment.visit.state not in EDITABLE:
        raise RefusedError("已经与单位当面反馈，文件不能再去掉")
    attachment.is_dropped = True
    attachment.save()
    return attachment
