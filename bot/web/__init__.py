"""The doors of a running bot: updates that are pushed to it, and how it is, for whoever watches it."""
