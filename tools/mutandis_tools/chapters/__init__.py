"""A page for each chapter: what may, must and must not be done, by whom and within what limits, with citations."""
