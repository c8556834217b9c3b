"""jixiao restore: from an archive to a running county again, proven before it is called done."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.utils import DatabaseError

from jixiao.audit.chain import HEADS_FILE, trim_heads, verify
from jixiao.cli.files import json_option
from jixiao.cli.output import OK, BadInputError, say, say_json
from jixiao.core.backup import load_database, unpack
from jixiao.core.errors import RefusedError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """ARCHIVE."""
    parser.add_argument("archive", metavar="备份文件", type=Path, help="jixiao backup 做出的备份")
    json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Unpack, load, migrate, verify; refuses where there is already a county."""
    try:
        _refuse_occupied()
        manifest = unpack(arguments.archive, settings.DATA)
        load_database(settings.DATA, manifest)
    except (RefusedError, OSError) as error:
        raise BadInputError([error]) from None
    call_command("migrate", verbosity=0)
    trim_heads(settings.DATA / HEADS_FILE)
    found = verify(settings.DATA / HEADS_FILE)
    if found.problems:
        raise BadInputError(found.problems)
    if arguments.json:
        say_json({"ok": True, "links": found.links})
    else:
        say(f"已恢复 {len(manifest.members)} 个文件；审计链 {found.links} 条完整")
    return OK


def prove(archive: Path, *, scratch: Path, vendor: str) -> int:
    """Restore into ``scratch`` in a process of its own; the links verified, or RefusedError."""
    data = scratch / "试恢复"
    data.mkdir()
    database = f"sqlite:///{data / '绩效.sqlite3'}"
    if vendor != "sqlite":
        database = _scratch_database()
    try:
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "jixiao.cli.main", "restore", str(archive), "--json"],
            env=os.environ | {"JIXIAO_DATA": str(data), "JIXIAO_DATABASE": database},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        if vendor != "sqlite":
            _drop_scratch_database()
    if done.returncode:
        raise RefusedError(f"备份做好了，但试恢复没有通过：{done.stdout}{done.stderr}")
    return int(json.loads(done.stdout)["links"])


def _refuse_occupied() -> None:
    try:
        tables = connection.introspection.table_names()
    except DatabaseError as error:
        raise RefusedError(f"连不上数据库：{error}") from None
    if "access_account" in tables:
        raise RefusedError(f"{settings.DATA} 里已经有一个平台；请用 JIXIAO_DATA 指定空文件夹再恢复")
    connection.close()


SCRATCH = "jixiao_restore_proof"


def _scratch_database() -> str:
    _drop_scratch_database()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {SCRATCH}")
    told = connection.settings_dict
    secret = f":{told['PASSWORD']}" if told["PASSWORD"] else ""
    server = f"{told['HOST'] or 'localhost'}:{told['PORT'] or 5432}"
    return f"postgres://{told['USER']}{secret}@{server}/{SCRATCH}"


def _drop_scratch_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {SCRATCH}")
