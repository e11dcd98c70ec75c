"""Pages of the process: phases, what took place, what is to be done, where it stands."""
