"""Relative risk beside people out of a hundred."""
