from allauth.account import views
from django.urls import include, path
from django.views.generic import RedirectView

from gelingen.web.account.invited import invitation
from gelingen.web.account.views import sessions

# allauth's names with German addresses; sign-up, e-mail and forgotten passwords stay closed:
# the administration makes accounts and sets passwords anew (`gelingen user`).
_CLOSED = RedirectView.as_view(pattern_name="account_login")

urlpatterns = [
    path("anmelden/", views.login, name="account_login"),
    path("abmelden/", views.logout, name="account_logout"),
    path("einladung/<str:token>/", invitation, name="invitation"),
    path("konto/anmeldungen/", sessions, name="sessions"),
    path("konto/gesperrt/", views.account_inactive, name="account_inactive"),
    path("konto/bestaetigen/", views.reauthenticate, name="account_reauthenticate"),
    path("konto/passwort/", views.password_change, name="account_change_password"),
    path("konto/sicherheit/", include("allauth.mfa.urls")),
    path("anmelden/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("anmelden/abgebrochen/", _CLOSED, name="socialaccount_login_cancelled"),
    path("anmelden/misslungen/", _CLOSED, name="socialaccount_login_error"),
    path("konto/haus/", _CLOSED, name="socialaccount_connections"),
    path("konto/haus/neu/", _CLOSED, name="socialaccount_signup"),
    path("konto/neu/", _CLOSED, name="account_signup"),
    path("konto/vergessen/", _CLOSED, name="account_reset_password"),
    path("konto/e-mail/", _CLOSED, name="account_email"),
    path("konto/passwort/setzen/", _CLOSED, name="account_set_password"),
]
