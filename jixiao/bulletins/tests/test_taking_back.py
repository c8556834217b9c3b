"""Does a Word file that was edited outside come back on the page, change by change?"""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jixiao.access.actor import Actor
from jixiao.access.permissions import Role
from jixiao.bulletins.actions import submit_bulletin, take_back_docx
from jixiao.bulletins.models import Bulletin
from jixiao.bulletins.queries.drafts import Desk
from jixiao.core.errors import RefusedError

pytestmark = pytest.mark.django_db
PART = "word/document.xml"


def edited(docx: bytes, old: str, new: str) -> bytes:
    """The file with other words, as an editor would have left it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            content = source.read(name)
            if name == PART:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            made.writestr(name, content)
    return target.getvalue()


@pytest.fixture
def browser(browser_of: Callable[..., Client]) -> Client:
    """Somebody of the office."""
    return browser_of(Role.OFFICE)


def hand_in(browser: Client, row: Bulletin, content: bytes, **said: str) -> tuple[int, str]:
    body = {"version": str(row.version), "file": SimpleUploadedFile("通报.docx", content), **said}
    answer = browser.post(reverse("bulletin_return", args=[row.pk]), body, follow=True)
    return answer.status_code, answer.content.decode()


def test_an_unedited_file_changes_nothing(draft: Bulletin, browser: Client) -> None:
    docx = browser.get(reverse("bulletin_paper", args=[draft.pk]), {"form": "docx"}).content
    assert "文件和现在的稿子一样" in hand_in(browser, draft, docx)[1]


def test_changes_are_listed_first_and_kept_when_confirmed(draft: Bulletin, browser: Client) -> None:
    docx = edited(Desk(draft).editable(), "进行了评估", "开展了评估")
    seen = hand_in(browser, draft, docx)[1]
    assert "1 处改动" in seen
    assert "开展了评估" not in Bulletin.objects.get().content
    kept = seen.split('name="kept" value="')[1].split('"')[0]
    body = {"version": str(draft.version), "kept": kept, "do": "apply"}
    browser.post(reverse("bulletin_return", args=[draft.pk]), body)
    content = Bulletin.objects.get().content
    assert "开展了评估" in content
    assert "{单位数}" in content
    assert Bulletin.objects.get().steps.get().kind == "take_back"


def test_a_reference_that_was_typed_over_waits_for_a_decision(
    draft: Bulletin, office: Actor
) -> None:
    number = Desk(draft).draft.facts.say("单位数")
    docx = edited(Desk(draft).editable(), f"全县{number}个", "全县九十九个")
    (lost,) = Desk(draft).returned(docx).lost
    with pytest.raises(RefusedError, match="逐处决定"):
        take_back_docx(draft, by=office, content=docx, choices={})
    row = take_back_docx(draft, by=office, content=docx, choices={lost.key: "typed"})
    assert "{单位数}" not in row.content


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\x00" * 5000])
def test_what_is_no_word_file_is_refused(draft: Bulletin, browser: Client, content: bytes) -> None:
    status, seen = hand_in(browser, draft, content or b" ")
    assert status == 422
    assert "改动</h2>" not in seen


def test_nothing_is_taken_back_after_submitting(draft: Bulletin, office: Actor) -> None:
    docx = Desk(draft).editable()
    row = submit_bulletin(draft, by=office)
    with pytest.raises(RefusedError, match="退回修改"):
        take_back_docx(row, by=office, content=docx, choices={})
