"""Do files arrive whole, however often the connection breaks, and is nothing else let in?"""

import hashlib
import io
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from pytest_django import Settings

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.visits.actions.files import PIECE, part_of
from jixiao.visits.models import Attachment, Visit
from jixiao.visits.states import FileState, VisitState
from jixiao.visits.tests.conftest import signed_in

pytestmark = pytest.mark.django_db
GPS = 0x8825


@pytest.fixture(autouse=True)
def _pieces(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def photo(side: int = 900) -> bytes:
    """A noisy photo of more than one piece, with the place where it was taken."""
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (28.0, 11.0, 30.0)}
    written = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(written, "JPEG", quality=95, exif=exif)
    return written.getvalue()


def announce(client: Client, visit: Visit, body: bytes, **said: Any) -> tuple[str, Any]:
    key = str(uuid.uuid4())
    usual = {"key": key, "visit": visit.pk, "code": "1.2", "name": "档案柜.jpg", "size": len(body)}
    told = {**usual, "sha256": hashlib.sha256(body).hexdigest(), **said}
    return key, client.post("/onsite/files/", told, content_type="application/json")


def put(client: Client, key: str, start: int, piece: bytes) -> Any:  # noqa: ANN401 - an answer
    return client.put(f"/onsite/files/{key}/?from={start}", piece, "application/octet-stream")


def sent(client: Client, visit: Visit, body: bytes, **said: Any) -> tuple[str, Any]:
    """The whole file, piece after piece; the last answer."""
    key, answer = announce(client, visit, body, **said)
    for start in range(0, len(body), PIECE):
        answer = put(client, key, start, body[start : start + PIECE])
    return key, answer


def package(*names: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return written.getvalue()


def test_a_photo_arrives_in_pieces_and_forgets_its_place(visit: Visit, tablet: Client) -> None:
    key, answer = sent(tablet, visit, photo())
    assert answer.json()["state"] == "kept"
    kept = b"".join(tablet.get(f"/onsite/files/{key}/content"))
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.size, picture.getexif().get_ifd(GPS)) == ((900, 900), {})
    assert not part_of(Attachment.objects.get()).exists()


def test_an_interrupted_file_goes_on_where_it_stopped(visit: Visit, tablet: Client) -> None:
    body = photo()
    key, _ = announce(tablet, visit, body)
    put(tablet, key, 0, body[:PIECE])
    _, again = announce(tablet, visit, body, key=key)
    assert again.json()["received"] == PIECE
    assert put(tablet, key, PIECE, body[PIECE:]).json()["state"] == "kept"


@pytest.mark.parametrize("start", [1, PIECE, 10**12])
def test_a_piece_in_the_wrong_place_is_told_the_right_one(
    visit: Visit, tablet: Client, start: int
) -> None:
    body = photo()
    key, _ = announce(tablet, visit, body)
    answer = put(tablet, key, start, body[:PIECE])
    assert (answer.status_code, answer.json()) == (409, {"received": 0})


def test_what_a_crash_left_on_the_disk_is_written_over(visit: Visit, tablet: Client) -> None:
    body = photo()
    key, _ = announce(tablet, visit, body)
    put(tablet, key, 0, body[:PIECE])
    with part_of(Attachment.objects.get()).open("ab") as part:
        part.write(b"half a piece")
    assert put(tablet, key, PIECE, body[PIECE:]).json()["state"] == "kept"


def test_a_file_that_is_not_what_was_announced_begins_anew(visit: Visit, tablet: Client) -> None:
    key, answer = sent(tablet, visit, b"%PDF-1.7", sha256="0" * 64)
    assert (answer.json()["received"], Attachment.objects.get().state) == (0, FileState.RECEIVING)
    assert tablet.get(f"/onsite/files/{key}/content").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<html><script>alert(1)</script></html>",
        b"MZ\x90\x00\x03",
        b"GIF89a" + b"\0" * 40,
        b"\xff\xd8\xff\xe0 not a photo",
        b"PK\x03\x04 not a package",
        package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        package("evil.exe"),
    ],
    ids=["svg", "html", "exe", "gif", "false photo", "false package", "macro", "zip"],
)
def test_what_is_not_a_photo_or_document_is_refused_in_words(
    visit: Visit, tablet: Client, body: bytes
) -> None:
    key, answer = sent(tablet, visit, body, name="照片.jpg")
    assert (answer.status_code, "不能接收" in answer.json()["message"]) == (422, True)
    assert tablet.get(f"/onsite/files/{key}/content").status_code == 404


@pytest.mark.parametrize(
    ("names", "ending"), [("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx")]
)
def test_a_document_is_kept_by_what_it_is(
    visit: Visit, tablet: Client, names: str, ending: str
) -> None:
    sent(tablet, visit, package("[Content_Types].xml", names), name="../说明.jpg")
    assert Attachment.objects.get().name == f"说明.{ending}"


def test_only_those_who_may_see_the_visit_get_the_file(
    visit: Visit, tablet: Client, browser_of: Callable[..., Client], actor: Callable[..., Actor]
) -> None:
    key, _ = sent(tablet, visit, b"%PDF-1.7")
    address = f"/onsite/files/{key}/content"
    unit = browser_of(Role.LIAISON, key=visit.unit_id)
    assert tablet.get(address)["Content-Disposition"].startswith("attachment")
    assert signed_in(actor(Role.ASSESSOR)).get(address).status_code == 403
    assert unit.get(address).status_code == 403
    Visit.objects.update(
        state=VisitState.FED_BACK, started_at=visit.round.opened_at, fed_back_at=visit.round.opened_at,
        started_by=visit.round.opened_by, fed_back_by=visit.round.opened_by,
    )  # fmt: skip
    assert unit.get(address).status_code == 200


def test_the_other_assessor_does_not_write_into_a_file(
    visit: Visit, tablet: Client, zheng: Actor
) -> None:
    key, _ = announce(tablet, visit, b"%PDF-1.7")
    assert put(signed_in(zheng), key, 0, b"%PDF-1.7").status_code == 422


def test_more_than_a_piece_is_not_read(visit: Visit, tablet: Client) -> None:
    key, _ = announce(tablet, visit, b"x" * (PIECE + 1))
    assert put(tablet, key, 0, b"x" * (PIECE + 1)).status_code == 413


@pytest.mark.parametrize(
    "said", [{"size": 31 * 1024 * 1024}, {"name": ""}, {"sha256": "x"}, {"sha256": "g" * 64}]
)
def test_a_file_that_cannot_be_is_not_announced(
    visit: Visit, tablet: Client, said: dict[str, Any]
) -> None:
    assert announce(tablet, visit, b"x", **said)[1].status_code == 422
