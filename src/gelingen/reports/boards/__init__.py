"""Papers of meetings: the invitation, the minutes, and the minutes of a series.

Each is written in two versions. The public one takes the public part alone, whoever orders it; the
full one is refused to whoever may not see what is not public.
"""
