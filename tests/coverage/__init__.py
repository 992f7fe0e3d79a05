"""docs/coverage: of which pairs which kinds of facts are known; ``scripts/coverage`` writes it from the core store."""
