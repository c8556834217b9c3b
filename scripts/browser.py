"""Is there a browser for the browser tests? Debian's Chromium is installed where that is allowed."""

import os
import shutil
import subprocess
import sys


def main() -> int:
    """Always 0: without a browser the browser tests are left out, and that is said."""
    if shutil.which("chromium"):
        return 0
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("安装 Chromium（浏览器测试用，约一分钟）…", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"],
            check=False, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    if not shutil.which("chromium"):
        print("没有 Chromium，也不能在这里安装：浏览器测试将注明略过。", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
