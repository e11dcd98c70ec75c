from allauth.account import views
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from gelingen.web.account import forgotten
from gelingen.web.account.invited import invitation
from gelingen.web.account.views import sessions, sign_in

# allauth's names with German addresses; sign-up and change of e-mail stay closed: the
# administration makes accounts (`gelingen user`, invitations).
_CLOSED = RedirectView.as_view(pattern_name="account_login")

urlpatterns = [
    path("anmelden/", sign_in, name="account_login"),
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
    path("konto/vergessen/", forgotten.ask, name="account_reset_password"),
    path("konto/vergessen/gesendet/", forgotten.asked, name="account_reset_password_done"),
    path("konto/vergessen/neu/", _CLOSED, name="account_reset_password_from_key_done"),
    re_path(
        r"^konto/vergessen/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("konto/e-mail/", _CLOSED, name="account_email"),
    path("konto/passwort/setzen/", _CLOSED, name="account_set_password"),
]
