"""Questions beyond the decision itself: what to ask next, what would change the answer, from when it holds.

All work on a `Decider`: a rulebook or an engine of any back end. No function reads input or prints.
"""

from mutandis.questions.decider import Decider
from mutandis.questions.next_question import Interview, Question, Reason, next_question, start_interview
from mutandis.questions.of_value import ValueChanges, ValueSpell, WhenValue, WhyNotValue, when_value, why_not_value
from mutandis.questions.take_away import TakenAway, facts_it_rests_on, minimal_facts, take_away
from mutandis.questions.when import AllowedRange, Spell, When, allowed_ranges, when
from mutandis.questions.why_not import Change, Changes, WhyNot, why_not

__all__ = [
    "AllowedRange",
    "Change",
    "Changes",
    "Decider",
    "Interview",
    "Question",
    "Reason",
    "Spell",
    "TakenAway",
    "ValueChanges",
    "ValueSpell",
    "When",
    "WhenValue",
    "WhyNot",
    "WhyNotValue",
    "allowed_ranges",
    "facts_it_rests_on",
    "minimal_facts",
    "next_question",
    "start_interview",
    "take_away",
    "when",
    "when_value",
    "why_not",
    "why_not_value",
]
