"""What the frame of every page shows: the day, the tenant, the menu."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.http import HttpRequest
from django.urls import reverse

from gelingen.access.models import Tenant, User
from gelingen.access.policy import May, allowed_in, ever_allowed
from gelingen.config.day import fixed_day, today
from gelingen.web.navigation import MENU


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the frame."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of one page; everything is asked only when the template shows it."""

    request: HttpRequest

    @property
    def day(self) -> date:
        """Day of the installation."""
        return today()

    @property
    def day_is_fixed(self) -> bool:
        """Whether the installation stands still on its day."""
        return fixed_day() is not None

    @property
    def tenant(self) -> Tenant | None:
        """Tenant of the page; None on pages without one, such as one's own account."""
        return getattr(self.request, "tenant", None)

    def may_import(self) -> bool:
        """Whether the person may read workbooks in here."""
        return self.tenant is not None and allowed_in(self._person, May.EXCHANGE, self.tenant)

    def may_enter(self) -> bool:
        """Whether the person may enter a structure here, at least for one's own organisation."""
        may = May.EDIT_REGISTER
        return self.tenant is not None and ever_allowed(self._person, may, self.tenant)

    @property
    def _person(self) -> User:
        # A page with a tenant is reached by people who have signed in.
        return cast("User", self.request.user)

    def tenants(self) -> list[Link]:
        """Beginnings of the tenants in which the person holds a role, by name."""
        held: list[Tenant] = getattr(self.request, "tenants", [])
        return [
            Link(one.name, reverse("today", kwargs={"tenant": one.key}), one == self.tenant)
            for one in held
        ]

    def menu(self) -> list[Link]:
        """Areas of the tenant in the order of work; none on pages without a tenant."""
        if self.tenant is None:
            return []
        key = {"tenant": self.tenant.key}
        here = self.request.path.removeprefix(reverse("today", kwargs=key)).partition("/")[0]
        return [
            Link(area.label, reverse(area.page, kwargs=key), area.prefix == here) for area in MENU
        ]


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Give templates the frame."""
    return {"shell": Shell(request)}
