"""How is this installation set up? Read from the environment only; a wrong value stops the start."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from environs import Env

from jixiao.config.secrets import kept_secret

env = Env()
ROOT = Path(__file__).resolve().parents[2]

DATA = env.path("JIXIAO_DATA", default=ROOT / "out" / "平台")
"""Database, handed-in files, audit heads, secret: everything a backup must hold."""
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = env.str("JIXIAO_SECRET_KEY", default="") or kept_secret(DATA / "密钥")
ALLOWED_HOSTS = env.list("JIXIAO_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
HTTPS = env.bool("JIXIAO_HTTPS", default=False)
COUNTY = env.str("JIXIAO_COUNTY", default="清岚县")
OFFICE = env.str("JIXIAO_OFFICE", default=f"{COUNTY}绩效管理委员会办公室")
"""Who signs official documents."""
DEMO = env.bool("JIXIAO_DEMO", default=False)
"""The example county: demo accounts are shown on the sign-in page."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "axes",
    "jixiao.core",
    "jixiao.audit",
    "jixiao.access",
    "jixiao.periods",
    "jixiao.org",
    "jixiao.notices",
    "jixiao.schemes",
    "jixiao.rectification",
    "jixiao.visits",
    "jixiao.events",
    "jixiao.ratings",
    "jixiao.appraisals",
    "jixiao.results",
    "jixiao.consequences",
    "jixiao.grades",
    "jixiao.bulletins",
    "jixiao.insights",
    "jixiao.system",
    "jixiao.portal",
    "jixiao.api",
    # After our own rooms, whose templates take the place of the library's.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jixiao.access.middleware.ActorMiddleware",
    "jixiao.portal.standing.standing_in_middleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "jixiao.config.urls"
WSGI_APPLICATION = "jixiao.config.wsgi.application"
FORM_RENDERER = "jixiao.core.rendering.Renderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "jixiao.portal.shell.shell",
            ],
            "builtins": ["jixiao.core.templatetags.jixiao"],
        },
    }
]

DATABASES = {
    "default": env.dj_db_url("JIXIAO_DATABASE", default=f"sqlite:///{DATA / '绩效.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Acknowledged means on disk; writers take their turn at once instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [ROOT / ".assets"]
MEDIA_ROOT = DATA / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
"""One item's figures of 700 units come in one table."""
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
UPLOAD_LIMIT = 20 * 1024 * 1024
"""Largest file a person may hand in, in bytes."""

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "jixiao.access.signin.passwords.StrengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"

SESSION_COOKIE_AGE = env.int("JIXIAO_IDLE_MINUTES", default=30) * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# Sign-in: accounts are made by the system administrator, never by whoever comes along.
PASSWORD_DAYS = env.int("JIXIAO_PASSWORD_DAYS", default=180)
"""Days after which a password must be changed; 0: never."""
MFA_REQUIRED = env.list(
    "JIXIAO_MFA_REQUIRED", default=[] if DEMO else ["system_admin", "security_admin", "audit_admin"]
)
"""Roles whose holders reach only their own security page until a second factor is set up."""
ACCOUNT_ADAPTER = "jixiao.access.signin.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "jixiao.access.forms.SignInForm",
    "reauthenticate": "jixiao.access.forms.ConfirmForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # axes locks, by account and address
MFA_ADAPTER = "jixiao.access.signin.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "jixiao.access.forms.CodeForm",
    "reauthenticate": "jixiao.access.forms.ConfirmCodeForm",
    "activate_totp": "jixiao.access.forms.NewTotpForm",
    "add_webauthn": "jixiao.access.forms.NewPasskeyForm",
    "edit_webauthn": "jixiao.access.forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = f"绩效 {COUNTY}"
MFA_TOTP_TOLERANCE = 1  # half a minute early or late: office clocks drift
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers themselves allow only localhost
AXES_HANDLER = "jixiao.access.signin.lockout.Handler"
AXES_LOCKOUT_CALLABLE = "jixiao.access.signin.lockout.locked_page"
AXES_USERNAME_CALLABLE = "jixiao.access.signin.lockout.plain_username"
AXES_FAILURE_LIMIT = env.int("JIXIAO_LOCK_AFTER", default=5)
LOCKED_FOR = AXES_COOLOFF_TIME = timedelta(minutes=env.int("JIXIAO_LOCK_MINUTES", default=15))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # nobody's sign-ins are counted
AXES_VERBOSE = False

# The government's identity provider (OpenID Connect), where there is one.
OIDC_ISSUER = env.str("JIXIAO_OIDC_ISSUER", default="")
OIDC_CLAIM = env.str("JIXIAO_OIDC_CLAIM", default="preferred_username")
"""The claim that holds the sign-in name of an account that exists; nobody is ever registered."""
SOCIALACCOUNT_ADAPTER = "jixiao.access.signin.provider.ProviderAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "gov",
            "name": env.str("JIXIAO_OIDC_NAME", default="统一身份认证"),
            "client_id": env.str("JIXIAO_OIDC_CLIENT"),
            "secret": env.str("JIXIAO_OIDC_SECRET"),
            "settings": {"server_url": OIDC_ISSUER},
        }
    ]
