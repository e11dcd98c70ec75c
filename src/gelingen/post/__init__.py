"""Mail that leaves the house: kept first, then sent by the worker."""
