"""Assignment: a proposal for everybody who waits at once, best for all together. People accept it, line by line."""

from app.domain.assignment.batch import Assignment, Batch, NotAnAssignment, Worth, checked, greedy, worth_of

__all__ = [
    "Assignment",
    "Batch",
    "NotAnAssignment",
    "Worth",
    "checked",
    "greedy",
    "worth_of",
]
