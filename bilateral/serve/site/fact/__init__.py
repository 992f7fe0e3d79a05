"""The page of a fact, which is its receipt, one module a part of it."""
