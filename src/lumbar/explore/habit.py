"""Learning to brace, and unlearning it."""
