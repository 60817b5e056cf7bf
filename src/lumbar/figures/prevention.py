"""Charts of prevention: exercise, strength and episodes."""
