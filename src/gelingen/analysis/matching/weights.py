"""How much each piece of evidence counts, in natural logarithms of odds.

Fixed here, once, and not learned while the product runs: results stay the same for the same data.
"""

PRIOR = -1.0  # two records that got as far as being compared
SURE = 4.6  # mean weight in a group from which nobody is asked: odds of 99 to 1 for each pair
LIKELY = 0.0  # mean weight from which something is suggested
WORTH_A_LOOK = -1.4  # weight of a pair from which it is shown beside a better one
UNCOMPARED = -3.0  # two records of one group that had nothing in common to be compared by

SAME_CORE = 7.0
LEFT_OPTIONAL, LEFT_WORD, LEFT_CONCEPT = 0.3, 2.5, 4.0  # one name says more than the other
BOTH_LEFT = 4.0  # each name says something the other does not
LEAST_NAME = -7.0
COMMON_WORD = 2.0
SLIP, INITIALS = 0.7, 2.0  # taken off for words that are the same after a slip, or by initials
SCOPE_MISSING, LEVEL_MISSING, NUMBER_MISSING, OTHER_LEGAL = -2.5, -0.3, -2.0, -1.0
NO_WORDS = -4.0  # a name that is nothing but a place
UNIT_MISSING = -1.0  # one of them is known by its number alone, the other has none
ONLY_UNIT = 4.0  # both are known by the number of a unit of the same authority
APART = -12.0  # a conflict no other evidence can outweigh

PHONE, MAILBOX, SPREAD = 5.5, 4.5, 1.5  # less the more places share it
LEAST_PHONE, LEAST_MAILBOX = 1.0, 0.5
DOMAIN = 1.0
MOST_POSTCODE = 3.0
OTHER_PHONE, OTHER_MAILBOX, OTHER_POSTCODE = -1.5, -0.7, -1.5
NO_PLACE, MOST_NO_PLACE = 1.0, 3.5

# How many places with telephone numbers the names alone are worth: different names, the same name.
# One organisation often has several numbers, so those of one name say little.
LEARNED_BEFORE, SAME_BEFORE = 2.0, 8.0
