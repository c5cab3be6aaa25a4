"""Redaction measured on documents written for it, with planted identifiers: see ``documents``.

Nothing here reads the recognisers that are measured, and they were made without these documents.
"""
