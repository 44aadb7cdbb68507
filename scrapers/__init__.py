"""Sources: one small file each, which declares itself and parses text into records; no I/O here."""
