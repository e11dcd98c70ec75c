"""Pages of bodies: who sits where, who is spoken for, what is dealt with."""
