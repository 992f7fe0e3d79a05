"""Both directions with Wikidata: do our identifiers hold there, and what could it have from us."""
