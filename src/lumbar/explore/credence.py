"""The chain, link by link: what is left at its end."""
