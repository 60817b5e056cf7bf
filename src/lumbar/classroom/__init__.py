"""The classroom edition: a class votes on questions from their phones, and the teacher sees what it learned."""
