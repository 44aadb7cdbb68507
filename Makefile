# `make check` runs what CI runs, in an environment that is set up already (README.md, first line).
PYTHON ?= $(if $(wildcard .venv/bin/python),.venv/bin/python,python)
.PHONY: test lint types schema docs bench check

test:
	$(PYTHON) -m pytest -q -n 2
lint:
	$(PYTHON) -m ruff check . && $(PYTHON) -m ruff format --check .
types:
	$(PYTHON) -m mypy
schema:
	$(PYTHON) -m repdb.schema_docs
docs:
	$(PYTHON) tests/gen_docs.py
bench:
	$(PYTHON) tests/bench/run.py
check:
	bash .ci/run lint tests wheel words
