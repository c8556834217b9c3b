"""Is a file that somebody hands in what it may be, and does it keep quiet about where it was taken?

A file is judged by its content, never by its name: pictures, PDF, Word and Excel without macros.
Pictures lose what cameras write beside them, such as the place; nobody needs to know it.
"""

import hashlib
import io
import re
import unicodedata
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings
from PIL import Image

from jixiao.core.errors import RefusedError

MOST_PIXELS = 80_000_000
"""A picture larger than this unpacks into more memory than any camera's picture needs."""
PICTURES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
OFFICE = "application/vnd.openxmlformats-officedocument"
PACKAGES = {
    "word/document.xml": f"{OFFICE}.wordprocessingml.document",
    "xl/workbook.xml": f"{OFFICE}.spreadsheetml.sheet",
}
"""The part that makes a package a Word or an Excel file."""
SUFFIXES = {
    "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "application/pdf": ".pdf",
    PACKAGES["word/document.xml"]: ".docx", PACKAGES["xl/workbook.xml"]: ".xlsx",
}  # fmt: skip
ACCEPT = ",".join((".jpeg", *SUFFIXES.values()))
"""What the browser's file chooser offers."""
READ = ("JPEG", "PNG", "WEBP")
"""What is tried; some telephones' pictures (MPO) begin as JPEG."""
ORIENTATION = 0x0112
QUALITY = 92
"""Where a picture has to be written anew."""
LONGEST_NAME = 80


@dataclass(frozen=True)
class Kept:
    """A file as it may be kept: what it is, its content, its digest with the algorithm named."""

    media: str
    content: bytes
    digest: str
    name: str = ""

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)


def checked(name: str, *, content: bytes, most: int | None = None) -> Kept:
    """The file as it may be kept, pictures without what the camera wrote beside them. RefusedError."""
    shown = PurePosixPath(_plain(name)).name[:40] or "文件"
    if not content:
        raise RefusedError(f"“{shown}”是空的，请重新选择", field="files")
    limit = most or settings.UPLOAD_LIMIT
    if len(content) > limit:
        raise RefusedError(f"“{shown}”超过{limit // 1024 // 1024}MB，请压缩后再传", field="files")
    media = _media(content)
    if media is None:
        raise RefusedError(
            f"“{shown}”不能接收：只收图片（jpg、png、webp）、PDF、不带宏的 Word（docx）和"
            "Excel（xlsx），并且要能打开",
            field="files",
        )
    kept = _quiet(content) if media in PICTURES.values() else content
    digest = f"sha256:{hashlib.sha256(kept).hexdigest()}"
    return Kept(media, kept, digest, name_for(name, media=media))


def name_for(name: str, *, media: str) -> str:
    """A harmless name: no folder, nothing invisible, the suffix that the content has."""
    base = PurePosixPath(_plain(name)).name
    stem = PurePosixPath(base).stem.strip(" .")[:LONGEST_NAME]
    return f"{stem or '文件'}{SUFFIXES[media]}"


def _plain(name: str) -> str:
    """Without control and direction characters, and with one kind of slash."""
    text = unicodedata.normalize("NFC", name).replace("\\", "/")
    visible = "".join(each for each in text if unicodedata.category(each)[0] != "C")
    return re.sub(r'[<>:"|?*]', "_", visible)


def _media(content: bytes) -> str | None:
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"PK\x03\x04"):
        return _package(content)
    return _picture(content)


def _package(content: bytes) -> str | None:
    """Word or Excel by what lies in the package; nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names or any(_is_macro(each) for each in names):
        return None
    return next((media for part, media in PACKAGES.items() if part in names), None)


def _is_macro(part: str) -> bool:
    return part.lower().endswith(("vbaproject.bin", ".vbs", ".exe", ".js"))


def _picture(content: bytes) -> str | None:
    """What picture it is, if it can be opened whole and is not absurdly large."""
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=READ) as image:
            warnings.simplefilter("ignore")
            if image.width * image.height > MOST_PIXELS:
                return None
            image.load()
            return PICTURES.get(image.format or "")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _quiet(content: bytes) -> bytes:
    """The same picture without place, camera and owner; how it is to be turned stays."""
    with Image.open(io.BytesIO(content), formats=READ) as image:
        image.load()
        told = image.getexif()
        if not told and not {"xmp", "XML:com.adobe.xmp", "exif", "comment"} & set(image.info):
            return content
        turned, clean = told.get(ORIENTATION), Image.Exif()
        if turned in range(1, 9):
            clean[ORIENTATION] = turned
        form, profile = image.format or "", image.info.get("icc_profile")
        image.info = {}
        target = io.BytesIO()
        kind = "JPEG" if form == "MPO" else form
        quality = "keep" if form == "JPEG" else QUALITY
        image.save(target, kind, exif=clean, icc_profile=profile, quality=quality)
    return target.getvalue()
