"""Reading whole texts: extraction, phrases, redaction, similarity (floor 0)."""
