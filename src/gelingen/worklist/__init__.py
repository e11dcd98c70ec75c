"""What waits for a person, computed on read from records, findings and plan."""

from gelingen.worklist.chores import Chore, Seen, Stage, Worklist
from gelingen.worklist.commands import note_visit, postpone, take_up
from gelingen.worklist.queries import worklist

__all__ = [
    "Chore",
    "Seen",
    "Stage",
    "Worklist",
    "note_visit",
    "postpone",
    "take_up",
    "worklist",
]
