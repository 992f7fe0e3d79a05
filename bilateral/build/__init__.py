"""The data path: files → RDF → gate → store."""
