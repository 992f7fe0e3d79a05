"""The Reconciliation Service API 0.2, with which OpenRefine matches the names in a table with things of the graph."""
