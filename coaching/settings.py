"""Settings of the site: what differs between machines comes from the environment, loudly when it is missing.

What differs between schools is a field on School, never a setting.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
import font_source_sans_pro
import font_source_serif_pro
from bootstrap_wrapper import get_bootstrap_dir
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from coaching.lib import logs
from coaching.lib.local_key import local_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)  # Django's own error pages; for developers
LOCAL = DEBUG or env.bool("LOCAL", default=False)  # somebody's own machine: plain http, a key of its own

SECRET_KEY = env("SECRET_KEY", default="") or (local_key(VAR_DIR) if LOCAL else "")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("Set SECRET_KEY (50 characters or more) or, on your own machine, LOCAL=1.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"] if LOCAL else [])
SITE_URL = env("SITE_URL", default="http://localhost:8000" if LOCAL else "")  # links in mails come from here
if not LOCAL and not (ALLOWED_HOSTS and SITE_URL):
    raise ImproperlyConfigured("Set ALLOWED_HOSTS and SITE_URL (https://...); on your own machine LOCAL=1.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
OPERATOR_NAME = env("OPERATOR_NAME", default="")
BACKUP_DAYS = env.int("BACKUP_DAYS", default=30)

INSTALLED_APPS = [
    "coaching",
    "coaching.intervision",
    "popgroups",
    "portfolio",
    "schools",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "heroicons",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "coaching.middleware.IdleLogoutMiddleware",
    "coaching.middleware.LanguageMiddleware",
    "coaching.middleware.UploadLimitMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "coaching.middleware.NoStoreMiddleware",
    "coaching.middleware.WrongMethodMiddleware",
]
ROOT_URLCONF = "coaching.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coaching.navigation.navigation",
            ],
            "builtins": ["coaching.lib.markup", "crispy_forms.templatetags.crispy_forms_tags"],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'coaching.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: a save the screen confirmed must survive power loss. secure_delete: erased is erased.
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        "PRAGMA secure_delete=ON;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 60  # seconds; opening costs more than most questions
CACHE: dict[str, Any] = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
CACHES = {"default": CACHE | {"OPTIONS": {"MAX_ENTRIES": 20_000}}}  # past it counts of tries go too soon

AUTH_USER_MODEL = "schools.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "schools.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "schools.passwords.NotAboutYou", "OPTIONS": {"user_attributes": ["name", "email"]}},
    {"NAME": "schools.passwords.NotEverybodys"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "schools.accounts.HouseAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # a computer left open at school must not give an account away
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600  # seconds; the pages and the mail say ten minutes
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_SESSION_REMEMBER = True  # SESSION_COOKIE_AGE and IDLE_MINUTES end a log-in
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
# A whole school sits behind one address: the per-address part is wide, the per-account part strict.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "300/m/ip,5/300s/key",
    "request_login_code": "120/m/ip,5/m/key",
    "reset_password": "120/m/ip,5/m/key",
    "reset_password_from_key": "120/m/ip",
}
LARGER_BODIES = {"/meenemen/meegebracht/": 301 * 1024 * 1024}  # bytes: a whole portfolio; else one file
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # gone at log-out
SESSION_COOKIE_AGE = 12 * 3600
IDLE_MINUTES = 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES = not LOCAL
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE_COOKIES else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE_COOKIES else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE_COOKIES and env.bool("SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_COOKIES else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_COOKIES
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        **dict.fromkeys(("default-src", "base-uri", "frame-ancestors"), (NONE,)),
        **dict.fromkeys(("style-src", "font-src", "connect-src", "form-action"), (SELF,)),
        "script-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],  # Bootstrap draws its small marks as data: images
    }
}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "coaching" / "locale"]
TIME_ZONE = "Europe/Amsterdam"

FILES_DIR = Path(
    env("FILES_DIR", default="") or VAR_DIR / "files"
)  # what people upload; served by views alone
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", get_bootstrap_dir()),
    ("fonts/sans", Path(font_source_sans_pro.__file__).parent / "files"),
    ("fonts/serif", Path(font_source_serif_pro.__file__).parent / "files"),
]
WHITENOISE_USE_FINDERS = True
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
# Every mail, the log-in library's too, first becomes a row in the outbox; EMAIL_URL says who carries it.
EMAIL_BACKEND = "schools.outbox.OutboxBackend"
EMAIL_URL = env("EMAIL_URL", default="")
MAIL_SERVER: dict[str, Any] = environ.Env.email_url_config(EMAIL_URL) if EMAIL_URL else {}
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Collegiale coaching <noreply@localhost>")
LOGGING = logs.LOGGING
