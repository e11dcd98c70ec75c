"""People, the authorities they work for and the roles they hold there."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from gelingen.terms import term
from gelingen.terms.roles import PersonRole

OFFICIAL_KEY = RegexValidator(
    r"^\d{2,12}$", "Ein amtlicher Schlüssel besteht nur aus Ziffern, zum Beispiel 09473."
)


# How the person at the command line signs; no account may have this name.
OPERATOR = "Kommandozeile"


class Tenant(models.Model):
    """Mandant: the county or town that steers its integration work here."""

    personal: ClassVar[dict[str, str]] = {}

    key = models.CharField(
        "Amtlicher Schlüssel", primary_key=True, max_length=12, validators=[OFFICIAL_KEY]
    )
    name = models.CharField("Name", max_length=100, unique=True)

    class Meta:
        verbose_name = term("tenant").one
        verbose_name_plural = term("tenant").many

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person who signs in."""

    personal: ClassVar[dict[str, str]] = {
        "username": "Anmeldename; bis das Konto gelöscht wird",
        "first_name": "Vorname, freiwillig; bis das Konto gelöscht wird",
        "last_name": "Nachname, freiwillig; bis das Konto gelöscht wird",
        "email": "dienstliche Adresse; bis das Konto gelöscht wird",
        "last_login": "letzte Anmeldung; bis das Konto gelöscht wird",
        "password": "verschlüsselt; bis das Konto gelöscht wird",
        "single_keys": "eigene Einstellung der Bedienung; bis das Konto gelöscht wird",
    }

    # Voice control and trembling hands press single keys unintentionally (WCAG 2.1.4).
    single_keys = models.BooleanField("Einzelne Tasten als Kurzbefehl", default=True)

    # The roles that hold on the day of a request, own ones and those of people stood in for; set
    # by `access.queries.tenants_of`. None: nobody has said which day it is.
    held: "tuple[Membership, ...] | None" = None
    # That day.
    day: date | None = None

    def clean(self) -> None:
        """Refuse the name that signs what was done at the command line.

        Raises:
            ValidationError.

        """
        super().clean()
        if self.username.casefold() == OPERATOR.casefold():
            raise ValidationError(
                {"username": "Diesen Namen braucht das Programm selbst. Bitte anders nennen."}
            )


class Membership(models.Model):
    """A role that a person holds in a tenant, or the person's turn as somebody's deputy there.

    The period is half-open: a role holds from `starts` and no longer on `ends`. Ended ones stay,
    so that one can see who could do what.
    """

    personal: ClassVar[dict[str, str]] = {
        "user": "welche Person welche Rolle hat; bis das Konto gelöscht wird",
        "stands_in_for": "welche Person vertreten wird; bis das Konto gelöscht wird",
    }

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    tenant = models.ForeignKey(Tenant, models.CASCADE, related_name="memberships")
    # No choices: a new role is no new form of the table. Empty for deputies, who have the roles
    # of the person they stand in for.
    role = models.CharField("Rolle", max_length=40, blank=True)
    organisation = models.ForeignKey(
        "register.Organisation", models.CASCADE, null=True, blank=True, verbose_name="Organisation"
    )
    starts = models.DateField("Ab", null=True, blank=True)
    ends = models.DateField("Bis", null=True, blank=True)
    stands_in_for = models.ForeignKey(
        User,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name="Vertretung für",
        related_name="stood_in_by",
    )
    # Given by a group of the house's login, which alone takes it away again.
    by_house = models.BooleanField("durch das Haus", default=False)

    class Meta:
        verbose_name = "Rolle"
        verbose_name_plural = "Rollen"
        constraints = [
            models.CheckConstraint(
                name="membership_role_or_deputy",
                condition=(~models.Q(role="") & models.Q(stands_in_for=None))
                | models.Q(role="", stands_in_for__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        if self.stands_in_for_id and not self.role:
            return f"{self.user}: Vertretung für {self.stands_in_for}"
        return f"{self.user}: {dict(PersonRole.choices()).get(self.role, self.role)}"

    def holds(self, on: date) -> bool:
        """Whether the role gives anything on a day."""
        return (self.starts is None or self.starts <= on) and (self.ends is None or on < self.ends)


class Invitation(models.Model):
    """Einladung: a role for somebody who may not have an account yet.

    The link in it is signed, opens once and until it expires; it is not stored.
    """

    personal: ClassVar[dict[str, str]] = {
        "email": "dienstliche Adresse der eingeladenen Person; 90 Tage nach Ablauf gelöscht",
        "invited_by": "Anmeldename, wer eingeladen hat; 90 Tage nach Ablauf gelöscht",
    }

    tenant = models.ForeignKey(Tenant, models.CASCADE, related_name="+", verbose_name="Mandant")
    email = models.EmailField("E-Mail-Adresse")
    role = models.CharField("Rolle", max_length=40)
    organisation = models.ForeignKey(
        "register.Organisation",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Organisation",
    )
    ends = models.DateField("Rolle bis", null=True, blank=True)
    invited_by = models.CharField("Eingeladen von", max_length=150)
    created = models.DateTimeField("Eingeladen")
    expires = models.DateTimeField("Gilt bis")
    accepted = models.DateTimeField("Angenommen", null=True, blank=True)
    withdrawn = models.DateTimeField("Zurückgezogen", null=True, blank=True)

    class Meta:
        verbose_name = "Einladung"
        verbose_name_plural = "Einladungen"
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return f"Einladung an {self.email}"
