"""Charts of how pain goes over time, and of trials of rest and of positions."""
