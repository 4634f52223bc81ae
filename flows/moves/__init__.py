"""Career moves: the ladder from reshaping to a slope, and what helps to decide (concepts 24 to 29)."""
