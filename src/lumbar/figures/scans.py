"""Charts of discs and nerve roots: scans, heredity, shrinking, surgery and waiting."""
