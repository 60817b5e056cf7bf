"""Nerve roots: where sciatica is felt, what presses and what irritates, and what fusion is."""
