"""The page of a relation, one module a part of it."""
