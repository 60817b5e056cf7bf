"""A delayed stretch reflex that holds a trunk upright."""
