"""The request path: HTTP → protocol → engine → results."""
