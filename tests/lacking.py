"""For tests that need what this machine may not have."""

import os
from typing import NoReturn

import pytest


def lacks(why: str) -> NoReturn:
    """Skip with a loud reason; under CI, where these tests must run, fail."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{why}; under CI these tests must run")
    pytest.skip(f"NOT TESTED: {why}")
