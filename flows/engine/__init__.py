"""The whole machine for designed conversations: flows, questions, answers, and one step at a time."""
