"""Treatments for people like you, out of a hundred."""
