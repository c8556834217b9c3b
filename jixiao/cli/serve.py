"""jixiao serve: the web platform, and beside it the process that seals the audit."""

import argparse
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from jixiao.cli.example_county import accounts_to_show, load_example_county
from jixiao.cli.output import OK, BadInputError, note, say, step
from jixiao.periods.workdays import TableError, arrangements

UNUSED = ["htmax*", "htmx-4*"]
"""What libraries bring along and no page asks for."""
SEAL_EVERY = "10"
"""Seconds between two sealings of the audit."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--example, --port, --host, --certificate, --key, --prepare."""
    parser.add_argument("--example", action="store_true", help="平台是空的就先装入虚构的清岚县")
    parser.add_argument("--host", metavar="地址", default="127.0.0.1", help="在哪个地址上服务")
    parser.add_argument("--port", metavar="端口", type=int, default=8000, help="在哪个端口上服务")
    parser.add_argument("--certificate", metavar="文件", type=Path, help="HTTPS 证书（PEM）")
    parser.add_argument("--key", metavar="文件", type=Path, help="证书的私钥（PEM，PKCS#8）")
    parser.add_argument("--prepare", action="store_true", help="只做准备，不启动服务")


def run(arguments: argparse.Namespace) -> int:
    """Bring database and pages up to date, then serve until interrupted."""
    try:
        arrangements()
    except TableError as error:
        raise BadInputError([str(error)]) from None
    with step("数据库", quiet=False):
        call_command("migrate", verbosity=0)
    with step("页面文件", quiet=False):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED)
    if arguments.example:
        load_example_county()
    if arguments.prepare:
        return OK
    if _is_taken(arguments.host, arguments.port):
        raise BadInputError([f"端口 {arguments.port} 已有别的程序在用，请换一个，例如 --port 8080"])
    secured = _secured(arguments.certificate, arguments.key)
    address = f"http{'s' if secured else ''}://{arguments.host}:{arguments.port}/"
    say(f"{settings.COUNTY}绩效管理平台：{address}")
    for line in accounts_to_show() if arguments.example else ():
        say(line)
    note("按 Ctrl+C 停止")
    return _serve(arguments.host, arguments.port, secured)


def _secured(certificate: Path | None, key: Path | None) -> list[str]:
    """What the web server needs to speak HTTPS; pages without network need that."""
    if certificate is None and key is None:
        return []
    for file in (certificate, key):
        if file is None or not file.is_file():
            raise BadInputError([f"--certificate 和 --key 要一起给，文件要在：{file or '缺一个'}"])
    os.environ["JIXIAO_HTTPS"] = "1"  # read by the server's own process
    return ["--ssl-certificate", str(certificate), "--ssl-keyfile", str(key)]


def _is_taken(host: str, port: int) -> bool:
    """Whether something answers there already."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def _serve(host: str, port: int, secured: Sequence[str]) -> int:
    web = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
    ]
    web += ["--workers", "1", "--blocking-threads", "2", "--no-ws", "--log-level", "warning"]
    web += secured
    sealer = [sys.executable, "-m", "jixiao.cli.main", "audit", "seal", "--every", SEAL_EVERY]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(OK))  # so that the children end too
    with _process(sealer), _process([*web, "jixiao.config.wsgi:application"]) as server:
        try:
            return server.wait()
        except KeyboardInterrupt:
            note("已停止")
            return OK


@contextmanager
def _process(command: list[str]) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(command)  # noqa: S603 - our own commands
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)
