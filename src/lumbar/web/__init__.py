"""The web edition: the course as a static site for any phone, with nothing to install."""
