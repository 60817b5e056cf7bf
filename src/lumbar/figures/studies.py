"""Studies: what a fair test is, and why people get better anyway."""
