"""Django's settings, made from `env`."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from gelingen.config.env import postgresql, read_env, secret_key, site_hosts
from gelingen.terms.surveys import OWN_NAMES

ENV = read_env()
HOME = ENV.home.resolve()
SECRET_KEY = secret_key(HOME)
DEBUG = ENV.debug
ORIGIN = urlsplit(ENV.origin)
ENCRYPTED = ORIGIN.scheme == "https"
ALLOWED_HOSTS = [
    name for name in (*(part.strip() for part in ENV.hosts.split(",")), ORIGIN.hostname) if name
]
# Which host shows the public site of which tenant.
SITE_HOSTS = site_hosts(ENV.sites)
ALLOWED_HOSTS += [name for name in SITE_HOSTS if name not in ALLOWED_HOSTS]
CSRF_TRUSTED_ORIGINS = [ENV.origin] if ENV.origin else []

INSTALLED_APPS = [
    # Before those whose templates it replaces.
    "gelingen.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "template_partials",
    "csp",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
    "gelingen.history",
    "gelingen.access",
    "gelingen.desk",
    "gelingen.post",
    "gelingen.topics",
    "gelingen.places",
    "gelingen.register",
    "gelingen.needs",
    "gelingen.plan",
    "gelingen.boards",
    "gelingen.process",
    "gelingen.progress",
    "gelingen.indicators",
    "gelingen.programme",
    "gelingen.proposals",
    "gelingen.papers",
    "gelingen.yearly",
    "gelingen.editions",
    "gelingen.site",
    "gelingen.oparl",
    "gelingen.feedback",
    "gelingen.findings",
    "gelingen.transfer",
    "gelingen.confirmations",
    "gelingen.surveys",
    "gelingen.review",
    "gelingen.talks",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gelingen.web.site.hosts.SiteHosts",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gelingen.web.middleware.WholePages",
    "gelingen.web.middleware.DomainErrors",
]
ROOT_URLCONF = "gelingen.config.urls"
WSGI_APPLICATION = "gelingen.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gelingen.web.shell.shell",
            ]
        },
    }
]
# Forms come from our templates (django/forms/field.html), found like all others.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


def _database() -> dict[str, object]:
    """SQLite in the installation's folder unless PostgreSQL is named; its options: ADR 0005."""
    if not ENV.database:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "gelingen.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
                ),
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        **postgresql(ENV.database),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def _cache() -> dict[str, object]:
    """One cache for all web processes, so that limits on sign-in attempts count together.

    On PostgreSQL there may be several hosts; on SQLite a folder is quicker than the one writer.
    """
    if ENV.database:
        return {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "zwischenspeicher",
        }
    return {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "zwischenspeicher",
    }


DATABASES = {"default": _database()}
CACHES = {
    "default": _cache(),
    # Public pages as they were written: each process has its own, as they are asked for often and
    # what a page depends on is part of its name.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 400},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "de"
# The desk is German; what people outside answer by a link exists in other languages as well.
LANGUAGES = [(one.value, name) for one, name in OWN_NAMES.items()]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
LANGUAGE_COOKIE_NAME = "sprache"
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
MEDIA_ROOT = HOME / "dateien"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# `gelingen serve` gathers the files of the package here before it starts. Without that (tests,
# one-off commands) they are served from the package, unhashed.
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "statisch"
STATIC_ROOT.mkdir(exist_ok=True)
GATHERED = (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_USE_FINDERS = not GATHERED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if GATHERED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

_HOUSE = urlsplit(ENV.oidc_address)
# The sign-in form is answered by a way to the login of the house, which browsers count as its goal.
HOUSE_LOGIN_AT = [f"{_HOUSE.scheme}://{_HOUSE.netloc}"] if ENV.oidc_address else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # KERN draws its signs as data: pictures
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF, *HOUSE_LOGIN_AT],
        "frame-ancestors": [NONE],
    }
}
# A ballot has a field for each measure and criterion: 400 measures with ten criteria and a remark.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENCRYPTED
SESSION_COOKIE_AGE = 12 * 60 * 60  # one working day
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if ENCRYPTED else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENCRYPTED else None

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "gelingen.web.account.adapter.ClosedAccounts"
ACCOUNT_FORMS = {
    "login": "gelingen.web.account.forms.SignInForm",
    "change_password": "gelingen.web.account.forms.PasswordForm",
    "reauthenticate": "gelingen.web.account.forms.ConfirmForm",
    "reset_password": "gelingen.web.account.forms.ForgottenForm",
    "reset_password_from_key": "gelingen.web.account.forms.NewPasswordForm",
}
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
# Nobody gets mail from here who has no account.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# The web server that encrypts tells whose request it is; attempts count by that address.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENCRYPTED else 0
# The login of the house makes up names: never the one that signs for the command line.
ACCOUNT_USERNAME_BLACKLIST = ["Kommandozeile"]
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by the administration
ACCOUNT_SESSION_REMEMBER = False
# Beside allauth's own: links that are none; answers to one survey by its open link, from whatever
# address, so that none is kept; mail to the same address; feedback about public pages.
ACCOUNT_RATE_LIMITS = {
    "public_feedback": "5/m/ip,30/h/ip",
    "confirm_by_link": "120/m/ip",
    "answer_by_open_link": "600/m/key",
    "reset_password": "20/m/ip,3/h/key",
}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_FORMS = {
    "authenticate": "gelingen.web.account.forms.CodeForm",
    "reauthenticate": "gelingen.web.account.forms.ConfirmCodeForm",
    "activate_totp": "gelingen.web.account.forms.ActivateForm",
    "add_webauthn": "gelingen.web.account.forms.AddKeyForm",
    "edit_webauthn": "gelingen.web.account.forms.NameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENCRYPTED  # browsers allow it on localhost only
MFA_TOTP_ISSUER = "Gelingen"

# The login of the house: who is invited there, or has an account with the address, comes in.
SOCIALACCOUNT_ADAPTER = "gelingen.web.account.adapter.HouseLogin"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "EMAIL_AUTHENTICATION": True,
        "APPS": [
            {
                "provider_id": "haus",
                "name": ENV.oidc_name,
                "client_id": ENV.oidc_client,
                "secret": ENV.oidc_secret,
                "settings": {"server_url": ENV.oidc_address},
            }
        ]
        if ENV.oidc_address
        else [],
    }
}
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True

# Without a host nothing is sent; the outbox shows what would be.
EMAIL_HOST = ENV.mail_host
EMAIL_PORT = ENV.mail_port
EMAIL_HOST_USER = ENV.mail_user
EMAIL_HOST_PASSWORD = ENV.mail_password
EMAIL_USE_TLS = ENV.mail_security == "starttls"
EMAIL_USE_SSL = ENV.mail_security == "tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENV.mail_from

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"links": {"()": "gelingen.config.logs.HideLinks"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["links"]}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "gelingen": {"level": "INFO"},
        # Django's own handlers would say everything twice.
        "django": {"handlers": [], "level": "WARNING"},
        "django.request": {"level": "ERROR"},
    },
}
