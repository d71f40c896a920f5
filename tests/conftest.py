"""One corpus for all tests, and generated text that is the same on every run."""

import matplotlib
import pytest
from hypothesis import HealthCheck, settings

import usru

matplotlib.use("agg")
settings.register_profile(
    "same_each_time",
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("same_each_time")


@pytest.fixture(scope="session")
def corpus() -> usru.Corpus:
    return usru.load()
