"""The end of the data path: what a built store becomes for those who use it without asking us."""
