"""Weeks in bed, muscle by muscle."""
