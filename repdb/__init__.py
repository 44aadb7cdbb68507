"""repdb: is this number, sender or company name known to send fake collection SMS?"""

__version__ = "0.1.0"
