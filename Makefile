# `make demo` builds a graph from the sample reports and shows it; `make test` passes the checks. Both set up what they need.

# The first Python of a version that will do.
PYTHON ?= $(shell for python in python3 python3.11 python3.12; do \
	"$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' 2>/dev/null && echo "$$python" && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq

.PHONY: demo test check bench clean

demo: $(READY)
	@$(BIN)/kg demo

test: check

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest

quality: $(READY)
	$(BIN)/python benchmarks/quality.py
	mkdir -p build
	$(BIN)/kg evaluate tests/gold --errors build/mistakes.html --floors tests/gold/floors.toml

bench: $(READY)
	$(BIN)/python benchmarks/speed.py

# The environment is brought up to date when the locked requirements change; hashes are checked.
$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or 3.12 is needed; name one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Setting up the environment in $(VENV), once: a minute or two" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(READY)

clean:
	rm -rf $(VENV) demo build dist
