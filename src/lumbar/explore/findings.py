"""How much a finding on a scan tells."""
