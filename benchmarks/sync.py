"""make bench-sync: forty devices sync fifty records each at once; nothing fails, nothing is lost.

On SQLite, as the platform comes, against one server; on PostgreSQL (JIXIAO_DATABASE=postgres://…)
against two server processes, one of which is killed in the middle of the run. The devices do what
the page does: send again, elsewhere, what nobody answered.
"""

import http.client
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

DEVICES, RECORDS = 40, 50
GOAL = 0.5
"""Seconds within which 95 of a hundred saves are acknowledged."""
TRIES = 200
CSRF = "b" * 32


@dataclass
class Device:
    """A tablet: its session, its visit, what it has to send and how long each save took."""

    session: str
    visit: int
    codes: list[str]
    ports: list[int]
    spent: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    again: int = 0
    line: http.client.HTTPConnection | None = None

    def sync(self, start: threading.Barrier) -> None:
        """Everything, one record at a time, as somebody who walks through the items."""
        start.wait()
        for place, code in enumerate(self.codes):
            body = json.dumps(_body(self.visit, code, mark=place % 10))
            begun = time.perf_counter()
            self._save(body)
            self.spent.append(time.perf_counter() - begun)

    def _save(self, body: str) -> None:
        for _ in range(TRIES):
            try:
                status, told = self._send(body)
            except OSError:
                self.again += 1
                self.ports.append(self.ports.pop(0))
                time.sleep(0.05)
                continue
            if status != 200 or '"standing"' not in told:
                self.errors.append(f"{status} {told[:200]}")
            return
        self.errors.append("没有人应答")

    def _send(self, body: str) -> tuple[int, str]:
        """Over the line that is open, as browsers do; a broken one is opened anew."""
        if self.line is None:
            self.line = http.client.HTTPConnection("127.0.0.1", self.ports[0], timeout=30)
        headers = {
            "Content-Type": "application/json", "X-CSRFToken": CSRF,
            "Cookie": f"sessionid={self.session}; csrftoken={CSRF}",
        }  # fmt: skip
        try:
            self.line.request("POST", "/onsite/sync.json", body, headers)
            answer = self.line.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.line.close()
            self.line = None
            raise ConnectionError(str(error)) from error


def _body(visit: int, code: str, *, mark: int) -> dict[str, object]:
    entry = {
        "key": str(uuid.uuid4()), "code": code, "base": 0, "values": {code: mark * 1_000},
        "methods": ["read"], "reason": "缺原件", "remark": "", "made_at": "2026-11-25T10:00:00+08:00",
    }  # fmt: skip
    return {"device": f"平板{visit}", "visits": [{"visit": visit, "entries": [entry]}]}


def main() -> None:
    """Prepare a county, start the servers, let the devices go, count."""
    is_postgres = os.environ.get("JIXIAO_DATABASE", "").startswith("postgres")
    os.environ |= {
        "JIXIAO_DATA": tempfile.mkdtemp(prefix="jixiao-sync-"), "JIXIAO_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "jixiao.config.settings",
    }  # fmt: skip
    with _own_database() if is_postgres else nullcontext():
        _measure(is_postgres=is_postgres)


@contextmanager
def _own_database() -> Iterator[None]:
    """A database of our own on the server that the environment names; nothing there is touched."""
    import psycopg

    named = os.environ["JIXIAO_DATABASE"]
    own = f"jixiao_sync_{os.getpid()}"
    with psycopg.connect(named, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {own}")
        os.environ["JIXIAO_DATABASE"] = urlunsplit(urlsplit(named)._replace(path=f"/{own}"))
        try:
            yield
        finally:
            server.execute(f"DROP DATABASE {own} WITH (FORCE)")


def _measure(*, is_postgres: bool) -> None:
    count = 2 if is_postgres else 1
    told = subprocess.check_output([sys.executable, "-m", "benchmarks.sync_county"], text=True)
    ports = [8931 + place for place in range(count)]
    devices = [
        Device(session, visit, codes, ports[place % count :] + ports[: place % count])
        for place, (session, visit, codes) in enumerate(json.loads(told.splitlines()[-1]))
    ]
    servers = [_server(port) for port in ports]
    try:
        for port in ports:
            _wait(port)
        spent = _run(devices, victim=servers[0] if is_postgres else None)
    finally:
        for server in servers:
            server.terminate()
    _tell(
        devices, spent, "PostgreSQL，两个进程，中途杀掉一个" if is_postgres else "SQLite，一个进程"
    )
    subprocess.check_call([sys.executable, "-m", "benchmarks.sync_county", "count"])


def _server(port: int) -> "subprocess.Popen[bytes]":
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "2", "--no-ws", "--log-level", "warning"),
        "jixiao.config.wsgi:application",
    ]
    return subprocess.Popen(command, start_new_session=True)


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/signin/")
            line.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("服务没有启动")


def _run(devices: list[Device], victim: "subprocess.Popen[bytes] | None") -> float:
    start = threading.Barrier(len(devices) + 1)
    threads = [threading.Thread(target=each.sync, args=(start,)) for each in devices]
    for thread in threads:
        thread.start()
    start.wait()
    begun = time.perf_counter()
    if victim is not None:
        while sum(len(each.spent) for each in devices) < DEVICES * RECORDS // 2:
            time.sleep(0.02)
        os.killpg(victim.pid, signal.SIGKILL)
    for thread in threads:
        thread.join()
    return time.perf_counter() - begun


def _tell(devices: list[Device], spent: float, words: str) -> None:
    saves = sorted(each for device in devices for each in device.spent)
    errors = [each for device in devices for each in device.errors]
    reached = saves[int(len(saves) * 0.95) - 1]
    print(f"{words}：{DEVICES}台设备各{RECORDS}条，共{len(saves)}次保存，{spent:.1f}秒")
    print(
        f"  应答：中位 {statistics.median(saves) * 1000:.0f} 毫秒，95% 在 {reached * 1000:.0f} 毫秒内"
        f"（目标{GOAL * 1000:.0f}），最慢 {saves[-1] * 1000:.0f} 毫秒"
    )
    again = sum(each.again for each in devices)
    print(f"  出错 {len(errors)} 次{'：' + errors[0] if errors else ''}；没有应答而重送 {again} 次")


if __name__ == "__main__":
    main()
