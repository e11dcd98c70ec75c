"""People, the authorities they work for and the roles they hold there."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models

from gelingen.terms import term

OFFICIAL_KEY = RegexValidator(
    r"^\d{2,12}$", "Ein amtlicher Schlüssel besteht nur aus Ziffern, zum Beispiel 09473."
)


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
    }


class Membership(models.Model):
    """A role that a person holds in a tenant, perhaps only for one organisation."""

    personal: ClassVar[dict[str, str]] = {
        "user": "welche Person welche Rolle hat; bis die Rolle endet"
    }

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    tenant = models.ForeignKey(Tenant, models.CASCADE, related_name="memberships")
    role = models.CharField("Rolle", max_length=40)
    organisation = models.ForeignKey("register.Organisation", models.CASCADE, null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"
