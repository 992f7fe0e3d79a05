"""The page of any thing: for a fact its receipt, one module a part of it."""
