"""Do schemes leave and come back as files unchanged, and is a hostile file only a sentence?"""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse
from django.test import Client
from django.urls import reverse

from jixiao.access.permissions import Role
from jixiao.schemes.exchange.files import LARGEST, read_scheme
from jixiao.schemes.exchange.uploads import MOST_UNITS
from jixiao.schemes.models import SchemeVersion
from jixiao.schemes.tests.factories import SchemeVersionFactory, scheme
from jixiao.scoring.scheme import Scheme

pytestmark = pytest.mark.django_db
COUNTY = Path("examples/清岚县/办法.yaml")


@pytest.fixture
def browser(browser_of: Callable[..., Client]) -> Client:
    """Somebody of the performance office."""
    return browser_of(Role.OFFICE)


def handed_in(browser: Client, draft: SchemeVersion, name: str, content: bytes) -> str:
    """The page after somebody handed in a file."""
    file = SimpleUploadedFile(name, content)
    answer = browser.post(reverse("scheme_import", args=[draft.pk]), {"file": file})
    assert answer.status_code == 200
    return answer.content.decode()


def download(browser: Client, version: SchemeVersion, form: str) -> bytes:
    answer = browser.get(reverse("scheme_file", args=[version.pk, form]))
    assert isinstance(answer, FileResponse)
    return b"".join(answer.streaming_content)


def county() -> Scheme:
    return read_scheme(COUNTY)[0]


@pytest.mark.parametrize(
    ("form", "name"), [("yaml", "a.yaml"), ("excel", "a.xlsx"), ("json", "a.json")]
)
def test_a_scheme_goes_out_and_comes_back_the_same(browser: Client, form: str, name: str) -> None:
    content = download(browser, SchemeVersionFactory(of=county()), form)
    draft = SchemeVersionFactory()
    page = handed_in(browser, draft, name, content)
    assert "草稿有" in page
    document = browser.post(
        reverse("scheme_import", args=[draft.pk]), {"file": SimpleUploadedFile(name, content)}
    ).context["confirm"]["document"].value()  # fmt: skip
    sent = {"document": document, "version": str(draft.version)}
    browser.post(reverse("scheme_replace", args=[draft.pk]), sent)
    assert SchemeVersion.objects.get(pk=draft.pk).scheme == county()


def test_nothing_is_saved_before_it_is_confirmed(browser: Client) -> None:
    draft = SchemeVersionFactory()
    handed_in(browser, draft, "办法.yaml", COUNTY.read_bytes())
    assert SchemeVersion.objects.get().digest == draft.digest


def test_a_stale_confirmation_shows_the_differences_from_now(browser: Client) -> None:
    draft = SchemeVersionFactory()
    document = json.dumps(scheme(title="文件").model_dump(mode="json", exclude_defaults=True))
    url = reverse("scheme_replace", args=[draft.pk])
    page = browser.post(url, {"document": document, "version": "9"}).content.decode()
    assert "已被他人修改" in page
    assert "<ins>文件</ins>" in page
    assert SchemeVersion.objects.get().digest == draft.digest


@pytest.mark.parametrize(
    "document", ["", "[]", "{", "[" * 100_000, '{"title": 1}', '{"title": "x"}']
)
def test_a_confirmation_that_is_no_scheme_is_refused(browser: Client, document: str) -> None:
    draft = SchemeVersionFactory()
    url = reverse("scheme_replace", args=[draft.pk])
    assert browser.post(url, {"document": document, "version": "1"}).status_code == 200
    assert SchemeVersion.objects.get().digest == draft.digest


def test_the_mark_sheet_is_handed_out(browser: Client) -> None:
    content = download(browser, SchemeVersionFactory(of=county()), "sheet")
    assert "乡镇·半年评估" in openpyxl.load_workbook(io.BytesIO(content)).sheetnames


def test_an_unsound_scheme_has_no_mark_sheet(browser: Client) -> None:
    broken = scheme(tiers=[{"name": "先进", "when": {"kind": "tier", "tiers": ["没有"]}}])
    version = SchemeVersionFactory(of=broken)
    answer = browser.get(reverse("scheme_file", args=[version.pk, "sheet"]), follow=True)
    assert "办法还有错误，改好才能出记分表" in answer.content.decode()
    assert browser.get(reverse("scheme_file", args=[version.pk, "exe"])).status_code == 404


def zipped(**entries: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("_", "/"), content)
    return target.getvalue()


ALIASES = "名称: &a [x, x]\n" + "\n".join(f"k{n}: &k{n} [*a, *a]" for n in range(9))
BOMB = zipped(**{"xl/workbook.xml": b"0" * 70_000_000})
MANY = (
    "名称: x\n满分: 1\n指标: [{编码: '1', 名称: 项, 分值: 1}]\n组别:\n  - 名称: 乡镇\n    单位:\n"
    + "".join(f"      - 单位{n}\n" for n in range(MOST_UNITS + 1))
)
HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "a zip bomb": ("a.xlsx", BOMB, "内容太大"),
    "a zip of nothing": ("a.xlsx", zipped(), "不是表格文件"),
    "a picture": ("a.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 99, "是图片"),
    "another type": ("a.exe", b"MZ", "不是办法文件"),
    "no type": ("办法", b"x: y", "不是办法文件"),
    "a path as a name": ("../../../etc/passwd", b"root", "不是办法文件"),
    "an empty file": ("a.yaml", b"", "空"),
    "a huge file": ("a.yaml", b"#" * (LARGEST + 1), "超过5MB"),
    "aliases": ("a.yaml", ALIASES.encode(), "不能以"),
    "deep brackets": ("a.yaml", b"[" * 50_000, "一层套一层"),
    "no text": ("a.yaml", b"\xff\xfe\x00\x01", "UTF-8"),
    "deep json": ("a.json", b'{"items":' + b"[" * 50_000, "不合格式"),
    "another json": ("a.json", b'{"title": 1}', "不合格式"),
    "half a json": ("a.json", b'{"title": "x"', "不合格式"),
    "too many units": ("a.yaml", MANY.encode(), "这么大的办法请用命令行"),
    "a tag": ("a.yaml", b"!!python/object/apply:os.system [x]", "不能以"),
}


@pytest.mark.parametrize(("name", "content", "told"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_only_a_sentence(
    browser: Client, name: str, content: bytes, told: str
) -> None:
    draft = SchemeVersionFactory()
    assert told in handed_in(browser, draft, name, content)
    assert SchemeVersion.objects.get().digest == draft.digest


def test_a_draft_may_begin_from_a_file(browser: Client) -> None:
    file = SimpleUploadedFile("办法.yaml", COUNTY.read_bytes())
    sent = {"name": "新办法", "year": "2026", "base": "", "file": file}
    assert browser.post(reverse("scheme_start"), sent).status_code == 302
    assert SchemeVersion.objects.get().scheme == county()


def test_a_file_with_many_problems_tells_the_first_dozen(browser: Client) -> None:
    lines = "\n".join(f"词{n}: x" for n in range(40))
    page = handed_in(browser, SchemeVersionFactory(), "a.yaml", lines.encode())
    assert "处，改好这些再看" in page
