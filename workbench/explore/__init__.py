"""Exploring a study in JupyterLab: the theme map that is read by pointing, tables, the start-up.

Nothing here computes a finding: it shows what the rooms below found. Case text comes redacted,
passes ``escape`` and never stands in a hover label.
"""
