"""Charts of care: benefits and harms in people, guidelines, deciding together."""
