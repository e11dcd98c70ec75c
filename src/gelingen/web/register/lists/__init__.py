"""The five lists of the inventory: declared as data, shown, narrowed, changed in bulk, exported."""
