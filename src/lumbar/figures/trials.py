"""Charts of tension, habits and the treatments that rest on them."""
