"""A Masterplan of a large county in three formats, from records in a temporary database.

300 structures, 300 needs and 150 measures in one county with 30 municipalities, on 11 topics and 12
target groups; half of the structures have money that ends. The clock runs from the first query to
the last byte; making the records and loading the libraries is not measured.
"""

import os
import resource
import tempfile
import threading
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from gelingen.access.models import Tenant
    from gelingen.access.record import Record

ON, HORIZON = date(2017, 6, 1), date(2026, 1, 1)
STRUCTURES, NEEDS, MEASURES = 300, 300, 150
TOPICS, GROUPS, PLACES, ORGANISATIONS = 11, 12, 30, 80
SECONDS, MEGABYTES = 5.0, 400
FUNCTIONS = ("delivers", "delivers", "advises", "steers", "networks")


def run() -> list[dict[str, object]]:
    """Measure building and writing the paper."""
    home = tempfile.TemporaryDirectory()
    os.environ["GELINGEN_HOME"] = str(Path(home.name))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gelingen.config.settings")
    import django  # noqa: PLC0415  (the home must be set before)

    django.setup()
    tenant = county()
    with _Together() as together:
        seconds, sizes, statements = _write(tenant)
    home.cleanup()
    own, apart = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    peak = max(own, apart)
    return [
        {
            "case": f"Masterplan: {STRUCTURES} Strukturen, {NEEDS} Bedarfe, {MEASURES} Maßnahmen",
            "seconds": seconds,
            "peak_mb": round(peak, 1),
            "python_mb": round(own, 1),
            "typesetter_mb": round(apart, 1),
            "together_mb": round(together.peak, 1),
            "goal": f"unter {SECONDS:.0f} s und {MEGABYTES} MB je Prozess",
            "met": seconds < SECONDS and peak < MEGABYTES,
            "kilobytes": {fmt: round(size / 1024) for fmt, size in sizes.items()},
            "statements": statements,
        }
    ]


class _Together(threading.Thread):
    """Watch how much memory this process and those it started hold at the same time, in MB.

    Pages that processes share count once (PSS). Linux only; the peak may fall between two looks.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self._over = threading.Event()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        own = os.getpid()
        while not self._over.wait(0.05):
            children = [
                int(child)
                for tasks in Path(f"/proc/{own}/task").glob("*/children")
                for child in tasks.read_text(encoding="ascii").split()
            ]
            self.peak = max(self.peak, sum(map(_held, (own, *children))))


def _held(process: int) -> float:
    try:
        held = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:  # it has just ended
        return 0.0
    return sum(int(line.split()[1]) for line in held.splitlines() if line.startswith("Pss:")) / 1024


def _write(tenant: "Tenant") -> tuple[float, dict[str, int], int]:
    from gelingen.access.policy import Operator  # noqa: PLC0415  (after the set-up of Django)
    from gelingen.reports import masterplan, trace  # noqa: PLC0415
    from gelingen.reports.shelf import write_masterplan  # noqa: PLC0415

    masterplan(Operator(), tenant, on=ON, horizon=ON + timedelta(days=1))  # loads the libraries
    begun = time.perf_counter()
    paths = write_masterplan(Operator(), tenant, on=ON, horizon=HORIZON)
    seconds = time.perf_counter() - begun
    sizes = {path.suffix[1:]: path.stat().st_size for path in paths}
    paper = masterplan(Operator(), tenant, on=ON, horizon=HORIZON)
    return seconds, sizes, trace(paper).statements


def county() -> "Tenant":
    """Record the county; the same records every time."""
    from gelingen.access.models import Tenant  # noqa: PLC0415  (after the set-up of Django)
    from gelingen.tables import bring_up_to_date  # noqa: PLC0415

    bring_up_to_date()
    tenant = Tenant.objects.create(key="09473", name="Landkreis Muster")
    chance = Random(1)
    _ground(tenant)
    _inventory(tenant, chance)
    _needs_and_plan(tenant, chance)
    return tenant


def _save(records: "list[Any]", links: "list[dict[str, Any]] | None" = None) -> None:
    from gelingen.history.recording import Draft, change_many  # noqa: PLC0415
    from gelingen.terms.vocabulary import Verb  # noqa: PLC0415

    drafts = [
        Draft(record, links[number] if links else {}) for number, record in enumerate(records)
    ]
    change_many(by="bench", verb=Verb.CREATED, drafts=drafts)


def _ground(tenant: "Tenant") -> None:
    from gelingen.places.models import Territory  # noqa: PLC0415
    from gelingen.register.models import Organisation  # noqa: PLC0415
    from gelingen.topics.models import TargetGroup, Topic  # noqa: PLC0415

    own = {"tenant": tenant}
    _save([Territory(**own, key="09473", name="Landkreis Muster", kind="county")])
    places = [
        Territory(**own, key=f"09473{100 + n}", name=f"Gemeinde {n}", kind="municipality")
        for n in range(PLACES)
    ]
    _save(places)
    _save(
        [
            Topic(**own, key=f"t{n:02}", name=f"Themenfeld {n}", order=n, cross_cutting=n > 5)
            for n in range(TOPICS)
        ]
    )
    _save([TargetGroup(**own, key=f"g{n:02}", name=f"Gruppe {n}", order=n) for n in range(GROUPS)])
    _save(
        [
            Organisation(
                **own, key=f"o{n:03}", name=f"Träger {n}", kind="welfare", contact="Leitung"
            )
            for n in range(ORGANISATIONS)
        ]
    )


def _all(model: "type[Record]") -> "list[Any]":
    return list(model._default_manager.order_by("key"))


def _inventory(tenant: "Tenant", chance: Random) -> None:
    from gelingen.places.models import Territory  # noqa: PLC0415
    from gelingen.register.models import (  # noqa: PLC0415
        Cooperation,
        Funding,
        Organisation,
        Reach,
        Responsibility,
        Structure,
    )
    from gelingen.topics.models import TargetGroup, Task, Topic  # noqa: PLC0415

    own = {"tenant": tenant}
    bodies, topics, groups = _all(Organisation), _all(Topic), _all(TargetGroup)
    places = _all(Territory)
    structures = [
        Structure(
            **own,
            key=f"s{n:03}",
            name=f"Angebot zur Integration Nummer {n}",
            organisation=chance.choice(bodies),
            kind=chance.choice(["service", "offer", "project", "body"]),
            level=chance.choice(["county", "municipality"]),
            function=chance.choice(FUNCTIONS),
            permanence=chance.choice(["standing", "project", "volunteer", ""]),
            fte=chance.choice([None, 1]),
            source=f"Sitzungsvorlage {n % 90}",
        )
        for n in range(STRUCTURES)
    ]
    _save(structures)
    _save(
        [
            Reach(
                **own,
                key=f"r{n:03}",
                structure=structure,
                topic=topics[n % TOPICS],
                target_group=groups[n % GROUPS],
                territory=chance.choice(places),
            )
            for n, structure in enumerate(structures)
        ]
    )
    _save(
        [
            Funding(
                **own,
                key=f"f{n:03}",
                structure=structures[2 * n],
                programme=f"Programm {n % 20}",
                state=chance.choice(["approved", "approved", "applied"]),
                eur_per_year=chance.choice([None, 20000, 60000]),
                ends=ON + timedelta(days=chance.randrange(60, 3600)),
                ends_kind="stated",
            )
            for n in range(STRUCTURES // 2)
        ]
    )
    task = Task(**own, key="a1", name="Beratung")
    _save([task])
    _save(
        [
            Responsibility(
                **own,
                key=f"z{n:03}",
                organisation=chance.choice(bodies),
                task=task,
                topic=topics[n % TOPICS],
                target_group=groups[n % GROUPS],
                territory=chance.choice(places),
                kind=chance.choice(["lead", "participates"]),
            )
            for n in range(200)
        ]
    )
    pairs = {tuple(sorted(chance.sample(range(ORGANISATIONS), 2))) for _ in range(150)}
    _save(
        [
            Cooperation(**own, key=f"c{n:03}", a=bodies[a], b=bodies[b], reported_by="both")
            for n, (a, b) in enumerate(sorted(pairs))
        ]
    )


def _needs_and_plan(tenant: "Tenant", chance: Random) -> None:
    from gelingen.needs.models import Need  # noqa: PLC0415
    from gelingen.places.models import Figure, Territory  # noqa: PLC0415
    from gelingen.plan.models import ImpactGoal, Measure, Plan, PlanningPeriod  # noqa: PLC0415
    from gelingen.register.models import Organisation, Structure  # noqa: PLC0415
    from gelingen.topics.models import TargetGroup, Topic  # noqa: PLC0415

    own = {"tenant": tenant}
    topics, groups, places = _all(Topic), _all(TargetGroup), _all(Territory)
    bodies, structures = _all(Organisation), _all(Structure)
    needs = [
        Need(
            **own,
            key=f"n{n:03}",
            statement=f"Für Gruppe {n % GROUPS} fehlt ein erreichbares Angebot am Ort",
            topic=topics[n % TOPICS],
            target_group=groups[n % GROUPS],
            territory=chance.choice(places),
            kind=chance.choice(["operational", "strategic"]),
            severity=chance.choice([None, 2, 3, 4, 5]),
            voice=f"Arbeitsgruppe {n % 12}",
        )
        for n in range(NEEDS)
    ]
    _save(needs)
    _save(
        [
            Figure(
                **own,
                key=f"k{n:03}",
                territory=places[n % len(places)],
                indicator=f"Kennzahl {n // len(places)}",
                value_low=n,
                value_high=n,
                reference=date(2016, 12, 31),
                reference_precision="day",
                source="Statistisches Landesamt",
            )
            for n in range(10 * len(places))
        ]
    )
    plan = Plan(**own, key="plan", title="Masterplan Integration", horizon=HORIZON)
    _save([plan])
    years = [(2017, 2019), (2019, 2022), (2022, 2026)]
    _save(
        [
            PlanningPeriod(
                **own,
                key=f"p{a}",
                plan=plan,
                name=f"Abschnitt {a}",
                starts=date(a, 1, 1),
                ends=date(b, 1, 1),
            )
            for a, b in years
        ]
    )
    goals = [
        ImpactGoal(**own, key=f"w{n:02}", plan=plan, topic=topics[n % TOPICS], title=f"Ziel {n}")
        for n in range(60)
    ]
    _save(goals)
    measures = [
        Measure(
            **own,
            key=f"m{n:03}",
            title=f"Maßnahme zur Verbesserung Nummer {n}",
            topic=topics[n % TOPICS],
            lead=chance.choice(bodies),
            description="Das Angebot wird ausgebaut und mit den Trägern abgestimmt. " * 3,
            starts=ON + timedelta(days=30 * (n % 40)),
            cost_year_low=chance.choice([None, 10000]),
            maturity=chance.choice(["idea", "planned", "decided", "running"]),
        )
        for n in range(MEASURES)
    ]
    _save(
        measures,
        [
            {
                "needs": [needs[2 * n % NEEDS], needs[(2 * n + 1) % NEEDS]],
                "goals": [goals[n % len(goals)]],
                "structures": [structures[2 * n % STRUCTURES]],
                "territories": [places[n % len(places)]],
                "target_groups": [groups[n % GROUPS]],
            }
            for n in range(MEASURES)
        ],
    )
