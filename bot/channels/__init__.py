"""The ways to reach people. Each turns its own events into Arrivals and delivers Parcels."""
