"""Every assignment of the course, and the folder that holds it."""

from importlib import import_module
from pathlib import Path

import pytest

from grader import course

ROOT = Path(__file__).resolve().parents[2]
NAMES = course.names(import_module("assignments"))


def declared(name):
    return import_module(f"assignments.{name}").ASSIGNMENT


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(params=NAMES)
def assignment(request):
    return declared(request.param)


@pytest.fixture
def softmax_classifier():
    return declared("softmax_classifier")


@pytest.fixture(scope="session")
def assignments():
    return [declared(name) for name in NAMES]
