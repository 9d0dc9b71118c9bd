"""What the tests of resolution share."""

from __future__ import annotations

import pytest

from kg.pipeline.toolbox import Toolbox


@pytest.fixture(scope="session")
def tools():
    return Toolbox()


@pytest.fixture(scope="session")
def resolver(tools):
    return tools.resolver
