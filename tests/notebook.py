"""docs/notebook.ipynb, run against an endpoint; ``scripts/notebook`` writes what it gives on the core store into it."""

import os

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from tests.conftest import ROOT, serving

NOTEBOOK = ROOT / "docs" / "notebook.ipynb"


def stored() -> NotebookNode:
    text = NOTEBOOK.read_text(encoding="utf-8")
    notebook: NotebookNode = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call] # it has no types
    return notebook


def executed(endpoint: str) -> NotebookNode:
    """Run the notebook from top to bottom."""
    notebook = stored()
    client = NotebookClient(notebook, timeout=300, kernel_name="python3", record_timing=False)
    client.execute(env={**os.environ, "BILATERAL_ENDPOINT": endpoint})
    return notebook


def printed(notebook: NotebookNode) -> list[str]:
    """Give what each cell prints."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return ["".join(each.text for each in cell.outputs if each.get("name") == "stdout") for cell in cells]


if __name__ == "__main__":
    with serving("--store", os.environ["BILATERAL_STORE"]) as address:
        text = nbformat.writes(executed(f"{address}/sparql"))  # type: ignore[no-untyped-call] # it has no types
        NOTEBOOK.write_text(text + "\n", encoding="utf-8")
