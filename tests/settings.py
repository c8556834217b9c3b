"""The platform's settings for tests: data in a scratch folder, cheap password hashes."""

import os
import tempfile

_scratch = tempfile.TemporaryDirectory(prefix="jixiao-")
os.environ.setdefault("JIXIAO_DATA", _scratch.name)
os.environ.setdefault("JIXIAO_MFA_REQUIRED", "")

from jixiao.config.settings import *  # noqa: E402, F403 - the folder must be told first

STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
