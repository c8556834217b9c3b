"""Do the platform's commands hold what an office without IT staff relies on?"""

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def jixiao(data: Path, *words: object) -> "subprocess.CompletedProcess[str]":
    """The command in a process of its own on a platform of its own."""
    return subprocess.run(
        [sys.executable, "-m", "jixiao.cli.main", *map(str, words)],
        env={**os.environ, "JIXIAO_DATA": str(data), "JIXIAO_DATABASE": f"sqlite:///{data}/绩效.sqlite3",
             "DJANGO_SETTINGS_MODULE": "jixiao.config.settings"},
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example county, ready to be served."""
    data = tmp_path_factory.mktemp("county") / "平台"
    done = jixiao(data, "serve", "--example", "--prepare")
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture(scope="module")
def archive(county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it."""
    target = tmp_path_factory.mktemp("backup") / "备份.zip"
    done = jixiao(county, "backup", target)
    assert done.returncode == 0, done.stderr
    assert "完整" in done.stdout
    return target


def contents(data: Path) -> list[str]:
    """The whole database as SQL statements."""
    with sqlite3.connect(data / "绩效.sqlite3") as database:
        return sorted(database.iterdump())


def test_the_example_county_is_loaded_once(county: Path) -> None:
    with sqlite3.connect(county / "绩效.sqlite3") as database:
        before = database.execute("SELECT count(*) FROM audit_event").fetchone()
    assert jixiao(county, "serve", "--example", "--prepare").returncode == 0
    with sqlite3.connect(county / "绩效.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM audit_event").fetchone() == before
    assert before > (50,)


def test_a_backup_comes_back_with_every_row_and_an_unbroken_record(
    county: Path, archive: Path, tmp_path: Path
) -> None:
    done = jixiao(tmp_path, "restore", archive, "--json")
    assert json.loads(done.stdout)["ok"], done.stderr
    assert contents(tmp_path) == contents(county)


def test_nothing_is_restored_over_a_county(county: Path, archive: Path) -> None:
    done = jixiao(county, "restore", archive)
    assert (done.returncode, "已经有一个平台" in done.stderr) == (2, True)


def test_a_backup_that_was_touched_is_refused(archive: Path, tmp_path: Path) -> None:
    member = "数据库.sqlite3"
    touched = tmp_path / "改过.zip"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(touched, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[:-1] + b"#" if name == member else content)
    done = jixiao(tmp_path / "data", "restore", touched)
    assert (done.returncode, "摘要不符" in done.stderr) == (2, True)


def test_a_backup_that_is_no_backup_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 nonsense")
    done = jixiao(tmp_path / "data", "restore", tmp_path / "x.zip")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def test_an_entry_changed_behind_the_platforms_back_is_found(archive: Path, tmp_path: Path) -> None:
    jixiao(tmp_path, "restore", archive)
    with sqlite3.connect(tmp_path / "绩效.sqlite3") as database:
        for verb in ("update", "delete"):
            database.execute(f"DROP TRIGGER audit_event_no_{verb}")
        database.execute("UPDATE audit_event SET actor = '别人' WHERE id = 7")
    done = jixiao(tmp_path, "audit", "verify")
    assert done.returncode == 1
    assert "审计记录 7" in done.stdout


def test_a_run_of_the_platform_verifies_by_its_number_and_a_strange_one_is_none(
    county: Path,
) -> None:
    done = jixiao(county, "verify", "1", "--json")
    assert (done.returncode, json.loads(done.stdout)["ok"]) == (0, True)
    assert jixiao(county, "verify", "999").returncode == 2


def test_a_fresh_platform_gets_its_three_administrators_once(tmp_path: Path) -> None:
    done = jixiao(tmp_path, "admin", "--json")
    assert [each["role"] for each in json.loads(done.stdout)] == [
        "系统管理员",
        "安全管理员",
        "审计管理员",
    ]
    assert jixiao(tmp_path, "admin").returncode == 2


def test_a_certificate_without_its_key_is_refused(county: Path) -> None:
    done = jixiao(county, "serve", "--certificate", county / "绩效.sqlite3")
    assert (done.returncode, "--key" in done.stderr) == (2, True)
