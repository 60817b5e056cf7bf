"""Discs over a day: shorter while up, taller while lying."""
