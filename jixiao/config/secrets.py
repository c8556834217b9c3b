"""Where does the secret key come from when nobody gave one? It is made once and kept beside the data."""

import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """The key in ``path``, readable by its owner only; made at the first start."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii").strip()
