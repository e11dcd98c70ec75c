"""The page that lists what there is of open data."""

from gelingen.opendata.columns import TABLES
from gelingen.opendata.edition import LICENSE, LICENSE_SHORT, LICENSE_URL, open_edition
from gelingen.web.site.data_source import root_of
from gelingen.web.site.frame import Shown, Site, public

_FILES = {
    "api": "site-api",
    "description": "site-openapi",
    "catalogue": "site-catalogue",
    "feed": "site-feed",
    "dates": "site-dates",
}


@public
def open_data(site: Site) -> Shown:
    """List the tables of the newest edition with licence, day and columns.

    A query for each table of an edition, and two more.
    """
    values: dict[str, object] = {name: site.url(page) for name, page in _FILES.items()}
    if site.edition:
        root = root_of(site.request, site.tenant)
        of = open_edition(site.tenant, site.edition, root=root)
        values |= {
            "of": of,
            "license": LICENSE,
            "license_short": LICENSE_SHORT,
            "license_url": LICENSE_URL,
            "tables": [
                {
                    "table": table,
                    "rows": len(of.rows(table)),
                    **{end: site.url("site-table", table=table.name, ending=end)
                       for end in ("csv", "json")},
                }
                for table in TABLES.values()
            ],
        }  # fmt: skip
    return Shown("site/open_data.html", values)
