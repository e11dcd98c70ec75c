"""The public site: pages and open data for everybody, from released editions only."""
