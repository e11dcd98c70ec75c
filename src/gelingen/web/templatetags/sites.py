"""Addresses of the public site in its templates."""

from django import template

from gelingen.web.site.frame import Site

register = template.Library()


@register.simple_tag
def site_url(site: Site, name: str, record: str = "") -> str:
    """Address of a page of the site, of a record if one is given."""
    return site.url(name, record=record) if record else site.url(name)
