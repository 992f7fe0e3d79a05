"""The site: pages that people read, which are one more client of the graph."""
