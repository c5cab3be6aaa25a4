"""The report: what was found, put into sections, and rendered for Word and the browser."""
