"""The page of a party, one module a part of it."""
