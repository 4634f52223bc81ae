"""What the coach does when somebody may be in danger."""
