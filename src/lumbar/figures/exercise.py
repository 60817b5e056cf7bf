"""Exercise: calm drawings of back, belly, stretch and walk."""
