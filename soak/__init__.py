"""Twenty people edit the same records at once, on a running installation."""
