"""Forms of sign-in and account: allauth's own, with our words and without placeholders."""

# allauth has no types, therefore its classes are unknown to mypy.
# mypy: disable-error-code="misc"

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.contrib.auth.forms import UsernameField
from django.forms import BooleanField, CharField, Form, PasswordInput

CODE_HINT = "Die sechs Ziffern aus Ihrer App. Ohne App: einer Ihrer Ersatzcodes."


def _say(form: Form, name: str, label: str, hint: str = "") -> None:
    field = form.fields[name]
    field.label = label
    field.help_text = hint
    field.widget.attrs.pop("placeholder", None)


def _ask_twice(form: Form) -> None:
    _say(form, "password1", "Neues Passwort", "Mindestens zwölf Zeichen, kein gängiges Wort.")
    _say(form, "password2", "Neues Passwort, noch einmal")


def _same_twice(form: Form) -> dict[str, object]:
    given: dict[str, object] = Form.clean(form) or form.cleaned_data
    if given.get("password1") != given.get("password2") and not form.errors:
        form.add_error("password2", "Beide Eingaben müssen gleich sein.")
    return given


class SignInForm(LoginForm):
    """Anmeldung mit Benutzername oder E-Mail-Adresse."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", "Benutzername oder E-Mail-Adresse")
        _say(self, "password", "Passwort")
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ConfirmForm(ReauthenticateForm):
    """Passwort noch einmal, vor etwas Wichtigem."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", "Passwort")


class ForgottenForm(ResetPasswordForm):
    """Passwort vergessen: die Adresse des Kontos."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "email", "Dienstliche E-Mail-Adresse", "Die Adresse, die bei Ihrem Konto steht.")
        self.fields["email"].error_messages |= {
            "required": "Bitte ausfüllen.",
            "invalid": "Das ist keine E-Mail-Adresse. Richtig wäre etwa name@landkreis.de.",
        }


class NewPasswordForm(ResetPasswordKeyForm):
    """Neues Passwort nach einem vergessenen."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _ask_twice(self)

    def clean(self) -> dict[str, object]:
        """Demand the same twice, in our words instead of allauth's."""
        return _same_twice(self)


class PasswordForm(ChangePasswordForm):
    """Neues Passwort."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "oldpassword", "Bisheriges Passwort")
        _ask_twice(self)

    def clean(self) -> dict[str, object]:
        """Demand the same twice, in our words instead of allauth's."""
        return _same_twice(self)


class CodeForm(AuthenticateForm):
    """Code als zweite Stufe der Anmeldung."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", "Code", CODE_HINT)


class ConfirmCodeForm(CodeAgainForm):
    """Code noch einmal, vor etwas Wichtigem."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", "Code", CODE_HINT)


class ActivateForm(ActivateTOTPForm):
    """Erster Code einer neuen App."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", "Code aus der App", "Sechs Ziffern; sie wechseln alle 30 Sekunden.")


class AddKeyForm(AddWebAuthnForm):
    """Neuer Sicherheitsschlüssel."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "name", "Name des Schlüssels", "Zum Beispiel: Schlüssel am Dienst-Notebook.")
        _say(
            self,
            "passwordless",
            "Ohne Passwort anmelden",
            "Der Schlüssel allein genügt dann; er verlangt Fingerabdruck oder PIN.",
        )


class NameKeyForm(EditWebAuthnForm):
    """Anderer Name eines Sicherheitsschlüssels."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "name", "Name des Schlüssels")


class KeysForm(Form):
    """Welche Tasten etwas auslösen."""

    single_keys = BooleanField(
        label="Die Taste „/“ springt zur Suche",
        required=False,
        help_text="Schalten Sie sie aus, wenn Sie mit Sprache steuern oder sie Sie stört.",
    )


class NewAccountForm(Form):
    """Anmeldename und Passwort eines neuen Kontos."""

    username = UsernameField(
        label="Anmeldename",
        max_length=150,
        help_text="So heißen Sie im Verlauf der Änderungen, zum Beispiel m.muster.",
        error_messages={"required": "Bitte ausfüllen."},
    )
    password = CharField(
        label="Passwort",
        strip=False,
        widget=PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Mindestens zwölf Zeichen, kein gängiges Wort.",
        error_messages={"required": "Bitte ausfüllen."},
    )
    again = CharField(
        label="Passwort, noch einmal",
        strip=False,
        widget=PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Bitte ausfüllen."},
    )

    def clean(self) -> dict[str, object]:
        """Demand the same password twice, and hand it on once."""
        given: dict[str, object] = super().clean() or self.cleaned_data
        again = given.pop("again", None)
        if "password" in given and given["password"] != again:
            self.add_error("again", "Beide Eingaben müssen gleich sein.")
        return given
