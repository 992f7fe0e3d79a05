"""The second runner of the gate: a whole graph is checked by sets, not node by node.

Shapes are read (`shapes`), set-based SPARQL finds the focus nodes that may break them (`screen`), and
these few are judged exactly (`judge`). SPARQL constraints are asked about all focus nodes at once
(`query`). `run` puts them together.
"""

from bilateral.build.setwise.run import validate, validate_folder

__all__ = ["validate", "validate_folder"]
