"""run_notebook.py FILE: executes every cell and fails with the first that fails. The file stays as it is."""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

path = Path(sys.argv[1])
notebook = nbformat.read(path, as_version=4)
NotebookClient(notebook, kernel_name="python3", timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
print(f"notebook: {sum(cell.cell_type == 'code' for cell in notebook.cells)} cells ran")
