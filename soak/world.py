"""The small county in which people edit: some structures, and an account for each person."""

import os
import sys

import django

TENANT, ROLE = "09473", "officer"
RECORDS = 4
PASSWORD = "Zwanzig am Werk 2017"


def build(people: int) -> None:
    """Make tables, records and accounts."""
    from gelingen.access.commands import set_account
    from gelingen.access.models import Tenant
    from gelingen.access.policy import Operator
    from gelingen.editing import save_record, sheet_of
    from gelingen.tables import bring_up_to_date

    bring_up_to_date()
    tenant = Tenant.objects.create(key=TENANT, name="Landkreis")
    operator = Operator()
    save_record(
        actor=operator, tenant=tenant, sheet=sheet_of("organisation"),
        values={"key": "traeger", "name": "Träger"},
    )  # fmt: skip
    for number in range(RECORDS):
        save_record(
            actor=operator, tenant=tenant, sheet=sheet_of("structure"),
            values={
                "key": f"s{number}", "name": f"Struktur {number}", "organisation": "traeger",
                "function": "delivers", "note": "0",
            },
        )  # fmt: skip
    for number in range(people):
        set_account(
            actor=operator, username=f"person{number}", password=PASSWORD, role=ROLE, tenant=tenant
        )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gelingen.config.settings")
    django.setup()
    build(int(sys.argv[1]))
