"""Are files judged by what they are, and do pictures keep quiet about the place?"""

import io
import zipfile
from typing import Any

import pytest
from PIL import Image
from pytest_django import Settings

from jixiao.core.errors import RefusedError
from jixiao.core.uploads import ORIENTATION, checked, name_for

GPS, LATITUDE = 0x8825, 2


def picture(form: str = "JPEG", *, placed: bool = False) -> bytes:
    target, told = io.BytesIO(), Image.Exif()
    if placed:
        told[ORIENTATION] = 6
        told[0x010F] = "某牌手机"
        told.get_ifd(GPS)[LATITUDE] = (30.0, 15.0, 0.0)
    image = Image.new("RGB", (40, 20), "red")
    more: dict[str, Any] = {"exif": told} if placed else {}
    more |= {"save_all": True, "append_images": [image]} if form == "MPO" else {}
    image.save(target, form, **more)
    return target.getvalue()


def package(*parts: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for part in parts:
            made.writestr(part, "<x/>")
    return target.getvalue()


WORD = package("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (picture(), ".jpg"),
        (picture("PNG"), ".png"),
        (picture("WEBP"), ".webp"),
        (b"%PDF-1.7", ".pdf"),
        (WORD, ".docx"),
        (package("[Content_Types].xml", "xl/workbook.xml"), ".xlsx"),
    ],
)
def test_a_file_gets_the_suffix_of_its_content(content: bytes, suffix: str) -> None:
    kept = checked("说明.exe", content=content)
    assert kept.name == f"说明{suffix}"
    assert kept.content == content


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>",
        b"MZ\x90\x00",
        b"GIF89a",
        b"\xff\xd8\xff\xe0 not a picture",
        picture()[:200],
        package("word/document.xml"),
        package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        package("a.txt"),
        b"PK\x03\x04 torn",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    ],
)
def test_anything_else_is_refused_whatever_it_is_called(content: bytes) -> None:
    with pytest.raises(RefusedError, match="不能接收"):
        checked("原件.pdf", content=content)


def test_an_empty_and_a_too_large_file_are_refused(settings: Settings) -> None:
    with pytest.raises(RefusedError, match="是空的"):
        checked("原件.pdf", content=b"")
    settings.UPLOAD_LIMIT = 1024 * 1024
    with pytest.raises(RefusedError, match="超过1MB"):
        checked("原件.pdf", content=b"%PDF-" + b"0" * 1024 * 1024)


@pytest.mark.parametrize("form", ["JPEG", "MPO", "PNG", "WEBP"])
def test_a_picture_loses_its_place_and_keeps_how_it_is_turned(form: str) -> None:
    kept = checked("现场.jpg", content=picture(form, placed=True))
    with Image.open(io.BytesIO(kept.content)) as image:
        assert dict(image.getexif()) == {ORIENTATION: 6}
        assert not image.getexif().get_ifd(GPS)
        assert image.size == (40, 20)


def test_a_picture_of_absurd_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jixiao.core.uploads.MOST_PIXELS", 100)
    with pytest.raises(RefusedError, match="不能接收"):
        checked("现场.jpg", content=picture())


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\照片\\原件.PDF", "原件.pdf"),
        ("原件\u202egnp.exe", "原件gnp.pdf"),
        ("\n", "文件.pdf"),
        ("..", "文件.pdf"),
        ("x" * 300, "x" * 80 + ".pdf"),
    ],
)
def test_a_name_is_made_harmless(name: str, shown: str) -> None:
    assert name_for(name, media="application/pdf") == shown
