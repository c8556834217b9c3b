"""How is everything put into one archive that is proven, and taken out of it again?

The archive is a zip: the database (SQLite: a consistent copy made while the server runs;
PostgreSQL: pg_dump), the handed-in files, the audit heads, and a manifest with every digest.
"""

import hashlib
import json
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from jixiao.core.errors import RefusedError

SQLITE, POSTGRES = "数据库.sqlite3", "数据库.dump"
MANIFEST = "清单.json"
FILES, HEADS = "files", "审计链头.txt"
CHUNK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What an archive holds: engine of the database, and member → SHA-256."""

    vendor: str
    members: Mapping[str, str]


def write_archive(target: Path, *, data: Path, scratch: Path) -> Manifest:
    """Write the archive; writers go on meanwhile. Appears under its name only when complete."""
    database = scratch / (SQLITE if connection.vendor == "sqlite" else POSTGRES)
    _dump(database)
    members = {database.name: database}
    members |= {path.relative_to(data).as_posix(): path for path in _kept(data)}
    digests: dict[str, str] = {}
    partial = target.with_name(target.name + ".未完成")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(members.items()):
            archive.write(path, name)
            digests[name] = _digest(path)
        manifest = {"vendor": connection.vendor, "members": digests}
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    partial.chmod(0o600)  # people's names are in it
    partial.replace(target)
    return Manifest(connection.vendor, digests)


def unpack(source: Path, data: Path) -> Manifest:
    """Unpack into the empty folder ``data`` and check every digest; RefusedError says what is wrong."""
    try:
        with zipfile.ZipFile(source) as archive:
            told = json.loads(archive.read(MANIFEST))
            manifest = Manifest(told["vendor"], told["members"])
            if set(archive.namelist()) != {MANIFEST, *manifest.members}:
                raise RefusedError("备份里的文件与清单不一致，这个备份不能用")
            for name in manifest.members:
                _take(archive, name, data)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise RefusedError(f"读不了这个备份：{error}") from None
    for name, digest in manifest.members.items():
        if _digest(data / name) != digest:
            raise RefusedError(f"备份里的 {name} 与清单上的摘要不符，文件已损坏或被改动")
    return manifest


def load_database(data: Path, manifest: Manifest) -> None:
    """Put the unpacked database where the settings expect it; PostgreSQL's must be empty."""
    if manifest.vendor != connection.vendor:
        raise RefusedError(f"备份来自 {manifest.vendor}，现在设置的数据库是 {connection.vendor}")
    settings = connection.settings_dict
    if manifest.vendor == "sqlite":
        connection.close()
        shutil.move(data / SQLITE, settings["NAME"])
        return
    source = data / POSTGRES
    command = ["pg_restore", "--exit-on-error", "--no-owner", "--dbname", settings["NAME"]]
    _run([*command, *_server(settings), str(source)], settings)
    source.unlink()


def _dump(target: Path) -> None:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
        return
    command = ["pg_dump", "--format=custom", "--no-owner", "--file", str(target)]
    _run([*command, *_server(settings), settings["NAME"]], settings)


def _server(settings: Mapping[str, Any]) -> list[str]:
    told = {"--host": "HOST", "--port": "PORT", "--username": "USER"}
    return [f"{flag}={settings[key]}" for flag, key in told.items() if settings[key]]


def _run(command: list[str], settings: Mapping[str, Any]) -> None:
    if shutil.which(command[0]) is None:
        raise RefusedError(f"这台机器没有 {command[0]}，请先安装 PostgreSQL 的客户端程序")
    secret = {"PGPASSWORD": settings["PASSWORD"]} if settings["PASSWORD"] else {}
    done = subprocess.run(  # noqa: S603 - our own command, no shell
        command,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", **secret},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise RefusedError(f"{command[0]} 没有完成：{done.stderr.decode(errors='replace').strip()}")


def _kept(data: Path) -> list[Path]:
    files = [path for path in (data / FILES).rglob("*") if path.is_file()]
    return [*files, *(path for path in [data / HEADS] if path.exists())]


def _take(archive: zipfile.ZipFile, name: str, data: Path) -> None:
    target = (data / name).resolve()
    if not target.is_relative_to(data.resolve()):
        raise RefusedError(f"备份里的文件名 {name} 越出了数据文件夹，这个备份不能用")
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as source, target.open("wb") as out:
        shutil.copyfileobj(source, out, CHUNK)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
