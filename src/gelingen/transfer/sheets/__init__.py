"""Every sheet of the county's workbook, declared once, in the order in which they are written.

A sheet refers only to itself and to sheets before it.
"""

from gelingen.transfer.sheets import (
    boards,
    foundations,
    inventory,
    masterplan,
    needs,
    relations,
    resources,
)

SHEETS = (
    foundations.TENANT,
    foundations.TERRITORIES,
    foundations.TOPICS,
    foundations.TARGET_GROUPS,
    foundations.TASKS,
    inventory.ORGANISATIONS,
    inventory.STRUCTURES,
    resources.POSTS,
    inventory.REACH,
    resources.FUNDINGS,
    relations.RESPONSIBILITIES,
    relations.COOPERATION,
    needs.NEEDS,
    needs.VOICES,
    needs.INQUIRIES,
    relations.FIGURES,
    masterplan.PLANS,
    masterplan.PERIODS,
    masterplan.CHAPTERS,
    masterplan.GUIDING_GOALS,
    masterplan.IMPACT_GOALS,
    masterplan.MEASURES,
    masterplan.MILESTONES,
    masterplan.CHANCES,
    masterplan.OTHER_PLANS,
    boards.BODIES,
    boards.SEATS,
    boards.TENURES,
    boards.PHASES,
    boards.EVENTS,
    boards.STEPS,
    boards.SUPPORTS,
)

__all__ = ["SHEETS"]
