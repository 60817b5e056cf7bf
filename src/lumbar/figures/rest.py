"""Resting: the two positions, getting up, and what weeks in bed change."""
