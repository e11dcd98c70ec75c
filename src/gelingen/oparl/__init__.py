"""OParl 1.1: what is public of bodies and papers for everybody's programs; answers read in."""
