"""Tables of official statistics become figures: map, preview, write; see `gelingen.official`."""
