"""Reflexes: the stretch reflex, the gamma loop, and what "tight" can mean."""
