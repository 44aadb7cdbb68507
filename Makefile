# `make check` runs what CI runs, in an environment that is set up already (README.md, first line).
PYTHON ?= $(if $(wildcard .venv/bin/python),.venv/bin/python,python)
# The sizes of the performance table's aims: three quarters of an hour and 7 GB of disk. `make bench SIZES=` takes minutes.
SIZES ?= --rows 1000000 --numbers 1000000 --grow 10000000
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
	$(PYTHON) tests/bench/run.py $(SIZES)
check:
	bash .ci/run lint tests wheel words
