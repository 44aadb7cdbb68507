"""One function per page; its row is in ``repdb.web.routes``, its template in ``templates/repdb/`` (floor 4)."""
