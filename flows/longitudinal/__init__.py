"""What happens over weeks: reflections, the energy log, trials and breaks."""
