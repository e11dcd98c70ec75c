"""Tables of official statistics read in as figures: send, map, look at, write."""
