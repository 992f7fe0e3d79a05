"""Fixtures: ``endpoints`` serves one dataset after the other, built and served by the real commands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from bilateral.build.store import build_files
from tests.conformance.suite import Dataset
from tests.conftest import serving


class Endpoints:
    """Endpoints of datasets; one runs at a time, so tests of one dataset should come together."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._dataset: Dataset | None = None
        self._client = httpx.Client()
        self._running = ExitStack()

    def of(self, dataset: Dataset) -> httpx.Client:
        """Give a client of the endpoint that has the dataset; starts it where it does not run."""
        if dataset != self._dataset:
            self.close()
            store = self._build(dataset)
            address = self._running.enter_context(serving("--store", store, "--workers", "1"))
            self._client = self._running.enter_context(httpx.Client(base_url=address, timeout=30))
            self._dataset = dataset
        return self._client

    def _build(self, dataset: Dataset) -> Path:
        file = self._folder / "data.nq"
        dataset.write(file)
        return build_files([file], self._folder / "store").snapshot.folder.parent.parent

    def close(self) -> None:
        """Stop the endpoint that runs."""
        self._dataset = None
        self._running.close()


@pytest.fixture(scope="session")
def endpoints(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoints]:
    endpoints = Endpoints(tmp_path_factory.mktemp("datasets"))
    yield endpoints
    endpoints.close()
