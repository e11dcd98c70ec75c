"""The public site of the example county, from webseite.toml: frame, news, questions."""

import tomllib
from pathlib import Path

from gelingen.access.models import Tenant
from gelingen.access.policy import Operator
from gelingen.site.commands import publish, set_site, write
from gelingen.site.queries import new_entry, settings_of

_FILE = "webseite.toml"
_FRAME = "rahmen"


def open_site(actor: Operator, tenant: Tenant, folder: Path) -> bool:
    """Switch the site of an example on, with what its file says; once.

    Args:
        actor: who loads the example.
        tenant: one of the example's tenants.
        folder: where the example lies.

    Returns:
        Whether it was switched on now; False where somebody has set up a site before.

    """
    told = tomllib.loads((folder / _FILE).read_text(encoding="utf-8"))[tenant.pk]
    if settings_of(actor, tenant).title:
        return False
    for kind in sorted(told.keys() - {_FRAME}):
        for given in told[kind]:
            publish(
                actor=actor, entry=write(actor=actor, entry=new_entry(tenant, kind), given=given)
            )
    set_site(actor=actor, tenant=tenant, given={"switched_on": True, **told[_FRAME]})
    return True
