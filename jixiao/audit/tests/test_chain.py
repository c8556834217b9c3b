"""Is every touch on the record found: changed, removed, inserted, reordered, cut off?"""

import json
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import Model
from django.utils import timezone

from jixiao.audit import chain
from jixiao.audit.chain import HEADS_FILE, seal, seal_all, verify
from jixiao.audit.export import export
from jixiao.audit.models import Event, Link
from jixiao.audit.tests.factories import EventFactory
from jixiao.audit.tests.touching import change, drop_triggers, execute, touched

pytestmark = pytest.mark.django_db
FIELDS = [
    pytest.param(model, field.name, id=f"{model.__name__}.{field.name}")
    for model in (Event, Link)
    for field in model._meta.concrete_fields
]
ROOT = Path(__file__).parents[3]


@pytest.fixture
def heads(tmp_path: Path) -> Path:
    """The file of heads, in a folder of its own."""
    return tmp_path / HEADS_FILE


@pytest.fixture
def sealed(heads: Path) -> Path:
    """Nine entries in three batches, and the triggers gone: an attacker with the database in hand."""
    for _ in range(3):
        EventFactory.create_batch(3)
        seal(heads)
    drop_triggers()
    return heads


def only_problem(heads: Path) -> str:
    problems = verify(heads).problems
    assert len(problems) == 1, problems
    return problems[0]


def test_an_untouched_record_is_whole(sealed: Path) -> None:
    found = verify(sealed)
    assert (found.links, found.waiting, found.problems) == (9, 0, ())
    assert found.head == Link.objects.get(position=9).digest


@pytest.mark.parametrize(("model", "field"), FIELDS)
@pytest.mark.parametrize("position", [1, 5, 9])
def test_every_change_of_every_field_is_found(
    sealed: Path, model: type[Model], field: str, position: int
) -> None:
    link = Link.objects.get(position=position)
    number = link.event_id if model is Event else position
    for value in touched(model, field, number):
        with change(model, field, number=number, value=value):
            assert verify(sealed).problems, f"{model.__name__}.{field} = {value!r}"
    assert not verify(sealed).problems


def test_a_changed_entry_is_named_and_hides_nothing_after_it(sealed: Path) -> None:
    second, seventh = (Link.objects.get(position=each).event_id for each in (2, 7))
    execute("UPDATE audit_event SET reason = '别的' WHERE id IN (%s, %s)", second, seventh)
    assert verify(sealed).problems == (
        f"第2条：审计记录 {second} 或它的链值被改动",
        f"第7条：审计记录 {seventh} 或它的链值被改动",
    )


def test_a_removed_entry_is_found(sealed: Path) -> None:
    execute("DELETE FROM audit_event WHERE id = %s", Link.objects.get(position=4).event_id)
    assert only_problem(sealed) == "第4条：审计记录被删除"


def test_an_entry_removed_with_its_link_is_found(sealed: Path) -> None:
    execute("DELETE FROM audit_event WHERE id = %s", Link.objects.get(position=4).event_id)
    execute("DELETE FROM audit_link WHERE position = 4")
    assert "第4条处链值断开，接下来是第5条" in verify(sealed).problems


def test_two_entries_that_changed_places_are_found(sealed: Path) -> None:
    first, second = (Link.objects.get(position=each).event_id for each in (3, 6))
    execute("UPDATE audit_link SET event_id = -1 WHERE position = 3")
    execute("UPDATE audit_link SET event_id = %s WHERE position = 6", first)
    execute("UPDATE audit_link SET event_id = %s WHERE position = 3", second)
    assert len(verify(sealed).problems) == 2


def test_two_links_that_changed_places_are_found(sealed: Path) -> None:
    for old, new in ((3, -1), (6, 3), (-1, 6)):
        execute("UPDATE audit_link SET position = %s WHERE position = %s", new, old)
    assert verify(sealed).problems


def test_an_end_that_was_cut_off_is_found_by_the_heads_kept_outside(sealed: Path) -> None:
    execute("DELETE FROM audit_event WHERE id > %s", Link.objects.get(position=6).event_id)
    execute("DELETE FROM audit_link WHERE position > 6")
    assert only_problem(sealed).startswith("第9条的链值与库外留存的不一致")


def test_a_cut_off_chain_that_is_sealed_again_is_found(sealed: Path) -> None:
    execute("DELETE FROM audit_link WHERE position > 6")
    seal_all(sealed)
    assert only_problem(sealed).startswith("第9条的链值与库外留存的不一致")


def test_a_chain_that_was_wholly_remade_is_found(sealed: Path, tmp_path: Path) -> None:
    execute("UPDATE audit_event SET actor = '别人'")
    execute("DELETE FROM audit_link")
    seal_all(tmp_path / "别的链头.txt")
    assert len(verify(sealed).problems) == 3, "each of the three heads kept outside"


def test_a_chain_that_grew_without_its_head_is_found(sealed: Path, tmp_path: Path) -> None:
    EventFactory.create()
    seal(tmp_path / "别的链头.txt")
    assert not verify(sealed).problems, "the head may be written in this very moment"
    execute("UPDATE audit_link SET at = %s WHERE position = 10", timezone.now() - timedelta(days=1))
    assert "库中的链比库外留存的链头更长" in verify(sealed).problems[-1]


@pytest.mark.parametrize("damage", ["", "9\n", "abc def\n", "9" * 30 + " 00\n", "\0\xff 1\n"])
def test_damaged_heads_are_found(sealed: Path, damage: str) -> None:
    sealed.write_text(damage + "3 00\n", "latin-1")
    assert any(word in verify(sealed).problems[0] for word in ("不完整", "不一致"))


def test_lost_heads_are_found(sealed: Path) -> None:
    sealed.unlink()
    assert "找不到链头文件" in only_problem(sealed)


def test_an_entry_that_waits_too_long_is_told(sealed: Path) -> None:
    EventFactory.create()
    assert (verify(sealed).waiting, verify(sealed).problems) == (1, ())
    execute(
        "UPDATE audit_event SET at = %s WHERE id = (SELECT max(id) FROM audit_event)", long_ago()
    )
    assert "仍未封链" in only_problem(sealed)


def test_an_entry_slipped_in_for_an_earlier_day_is_told_even_when_it_gets_sealed(
    sealed: Path,
) -> None:
    EventFactory.create()
    execute(
        "UPDATE audit_event SET at = %s WHERE id = (SELECT max(id) FROM audit_event)", long_ago()
    )
    seal(sealed)
    assert "事后补入" in only_problem(sealed)


def test_an_entry_inserted_below_the_chained_ones_is_told(sealed: Path) -> None:
    execute("UPDATE audit_event SET id = -5, at = %s WHERE id = %s", long_ago(), EventFactory().pk)
    seal_all(sealed)
    assert "仍未封链" in only_problem(sealed) or "事后补入" in only_problem(sealed)


def test_a_way_of_digesting_that_is_not_ours_is_refused(sealed: Path) -> None:
    execute("UPDATE audit_link SET algorithm = 'md5' WHERE position = 2")
    assert "第2条" in only_problem(sealed)


def test_where_sm3_is_missing_sha256_is_used_and_named(
    heads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain.hashlib, "algorithms_available", {"sha256"})
    EventFactory.create()
    seal(heads)
    monkeypatch.undo()
    EventFactory.create()
    seal(heads)
    assert [link.algorithm for link in Link.objects.all()] == ["sha256", chain.algorithm()]
    assert not verify(heads).problems


def test_a_record_broken_everywhere_is_told_briefly(heads: Path) -> None:
    EventFactory.create_batch(chain.TOLD + 50)
    seal(heads)
    drop_triggers()
    execute("UPDATE audit_event SET reason = ''")
    assert verify(heads).problems[-1] == f"以上只列出{chain.TOLD}处，还有更多"


def long_ago() -> object:
    return timezone.now() - timedelta(days=2)


def test_an_export_is_verified_by_the_script_in_the_documentation(
    sealed: Path, tmp_path: Path
) -> None:
    EventFactory.create(
        reason="还没有封链 \ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")
    )
    assert export(tmp_path / "记录.jsonl") == 10
    assert third_party(tmp_path).strip() == f"9 {verify(sealed).head}"


@pytest.mark.usefixtures("sealed")
def test_the_script_in_the_documentation_finds_a_changed_line(tmp_path: Path) -> None:
    export(tmp_path / "记录.jsonl")
    lines = (tmp_path / "记录.jsonl").read_text("utf-8").splitlines()
    told = json.loads(lines[3])
    told["entry"]["reason"] = "别的"
    lines[3] = json.dumps(told, ensure_ascii=False)
    (tmp_path / "记录.jsonl").write_text("\n".join(lines), "utf-8")
    assert "第4条被改动" in third_party(tmp_path)


def third_party(folder: Path) -> str:
    """What the script of docs/reference/audit.md says about the export in ``folder``."""
    page = (ROOT / "docs" / "reference" / "audit.md").read_text("utf-8")
    script = page.split("```python\n")[1].split("```")[0]
    assert len(script.splitlines()) <= 20
    command = [sys.executable, "-c", script, str(folder / "记录.jsonl")]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={"PYTHONUTF8": "1"}
    )
    assert not done.stderr
    return done.stdout


def test_sealing_writes_in_batches_not_entry_by_entry(
    heads: Path, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    Event.objects.bulk_create(EventFactory.build_batch(1_000))
    with django_assert_max_num_queries(20):
        assert seal(heads) == 1_000


def test_verifying_reads_page_by_page(heads: Path) -> None:
    for _ in range(3):
        Event.objects.bulk_create(EventFactory.build_batch(4_000))
        seal_all(heads)
    tracemalloc.start()
    assert verify(heads).links == 12_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12 * 1024 * 1024


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite 一次只有一个写者")
def test_two_sealers_at_once_make_one_chain(heads: Path) -> None:
    for _ in range(5):
        EventFactory.create_batch(20)
        sealers = [threading.Thread(target=seal_and_leave, args=(heads,)) for _ in range(4)]
        for each in sealers:
            each.start()
        for each in sealers:
            each.join()
    seal_all(heads)
    found = verify(heads)
    assert (found.links, found.waiting, found.problems) == (100, 0, ())


def seal_and_leave(heads: Path) -> None:
    try:
        seal_all(heads)
    finally:
        connections.close_all()
