"""The course's models: NumPy in, NumPy out; one module per model."""
