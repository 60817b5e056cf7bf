"""Habits: how bracing is learned, and the two arrows between tension and pain."""
