"""Sources: one small file each, which declares itself and parses text into records; no I/O here.

A module of this folder is a scraper unless its name begins with ``_``: there is no list to keep.
"""
