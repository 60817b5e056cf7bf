"""A treatment that does nothing: natural recovery and regression to the mean, with and without a control group."""
