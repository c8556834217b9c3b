"""jixiao backup: one archive of everything, proven by restoring it into a scratch folder."""

import argparse
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection

from jixiao.cli.files import json_option
from jixiao.cli.output import OK, BadInputError, say, say_json, step
from jixiao.cli.restore import prove
from jixiao.core.backup import write_archive
from jixiao.core.errors import RefusedError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """ARCHIVE."""
    parser.add_argument("archive", metavar="备份文件", type=Path, help="例如 备份-2026-11-23.zip")
    json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write, prove, tell; a backup that cannot be proven is no backup."""
    quiet = arguments.json
    try:
        with tempfile.TemporaryDirectory(dir=settings.DATA) as scratch:
            with step("复制数据库和文件（服务不停）", quiet=quiet):
                manifest = write_archive(
                    arguments.archive, data=settings.DATA, scratch=Path(scratch)
                )
            with step("在临时文件夹里恢复一次，核验审计链", quiet=quiet):
                links = prove(arguments.archive, scratch=Path(scratch), vendor=connection.vendor)
    except (RefusedError, OSError) as error:
        raise BadInputError([error]) from None
    size = arguments.archive.stat().st_size
    if arguments.json:
        say_json({"ok": True, "members": len(manifest.members), "bytes": size, "links": links})
    else:
        say(f"备份好了：{arguments.archive}（{size / 1e6:.1f} MB，{len(manifest.members)}个文件）")
        say(f"已经恢复过一次：审计链 {links} 条完整")
    return OK
