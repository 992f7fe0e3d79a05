"""SERVICE: what a query asks of other endpoints, asked by us and written into the query as values.

https://www.w3.org/TR/sparql11-federated-query/
"""
