"""An import that is killed in the middle, as a program of its own: `killed.py prepare|write|look`.

It works in the installation that GELINGEN_HOME names, and prints what it finds as JSON.
"""

import json
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402 - needs Django
from django.db import connection  # noqa: E402

from gelingen.access.models import Membership, Tenant, User  # noqa: E402
from gelingen.access.queries import get_person  # noqa: E402
from gelingen.history.models import ChangeEvent  # noqa: E402
from gelingen.register.models import Organisation  # noqa: E402
from gelingen.tables import bring_up_to_date  # noqa: E402
from gelingen.transfer import checking, uploads  # noqa: E402

AT = datetime(2017, 6, 1, 10, tzinfo=UTC)
TABLE = "\n".join(["Kennung;Name", *(f"o_{n};Haus {n}" for n in range(20))])


def upload(person):
    """Find the only file."""
    return uploads.uploads(person, Tenant.objects.get())[0]


def prepare():
    """Make an installation with one checked file, reserved for writing."""
    bring_up_to_date()
    tenant = Tenant.objects.create(key="09473", name="Landkreis")
    user = User.objects.create_user("anna")
    Membership.objects.create(user=user, tenant=tenant, role="officer")
    person = get_person(user.pk, on=AT.date())
    sent = SimpleUploadedFile("Organisationen.csv", TABLE.encode())
    kept, _ = uploads.keep_upload(person, tenant, sent, at=AT)
    checking.begin_checking(person, kept, at=AT)
    checking.check_upload(person, kept, at=AT)
    checking.begin_writing(person, kept, digest=kept.digest, at=AT)


def write(person):
    """Write the file, and die as soon as organisations are written."""

    def die(execute, sql, params, many, context):
        done = execute(sql, params, many, context)
        if sql.startswith("INSERT") and "register_organisation" in sql:
            Path("halfway").write_text("", encoding="ascii")
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    with connection.execute_wrapper(die):
        checking.write_upload(person, upload(person), at=AT)


def look(person):
    """Say what is there now, after a while, and after writing once more."""
    found = [_state(person)]
    checking.release_stopped(at=AT + timedelta(minutes=14))
    found.append(_state(person))
    checking.release_stopped(at=AT + timedelta(minutes=15))
    found.append(_state(person))
    kept = upload(person)
    checking.begin_writing(person, kept, digest=kept.digest, at=AT)
    checking.write_upload(person, kept, at=AT)
    found.append([kept.state, kept.complaint, *_numbers()])
    sys.stdout.write(json.dumps(found))


def _state(person):
    kept = upload(person)
    return [kept.state, kept.complaint, *_numbers()]


def _numbers():
    return Organisation.objects.count(), ChangeEvent.objects.filter(verb="imported").count()


if sys.argv[1] == "prepare":
    prepare()
else:
    step = {"write": write, "look": look}[sys.argv[1]]
    step(get_person(User.objects.get().pk, on=AT.date()))
