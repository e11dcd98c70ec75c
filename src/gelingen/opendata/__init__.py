"""Released editions as open data: tables, an interface for programs, a catalogue, feeds.

`columns` says once which tables there are and what each column means; files, the interface, its
description (OpenAPI) and the catalogue (DCAT-AP.de) are all written from that. What is not named
there leaves the house in none of them.
"""
