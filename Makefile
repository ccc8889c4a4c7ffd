# Two commands on a fresh machine (Python 3.11+ with pip, git, make):  make demo   make test
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TESTERS := $(VENV)/.testers
LARGE := $(VENV)/.large
# How many statements the corpora have that `make bench` makes: make bench SIZES="10000 100000 1000000"
SIZES ?= 10000

.PHONY: demo test format bench quality picture clean
.DEFAULT_GOAL := demo

# The program alone, editable, so that what is edited is what runs.
$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "rusq needs Python 3.11 or later; say which with: make PYTHON=python3.12" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# What checks it: formatter, linter, types, tests.
$(TESTERS): $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(READY)
	$(BIN)/rusq search nalokson
	$(BIN)/rusq compare --actor H --actor FrP

test: $(TESTERS)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

format: $(TESTERS)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# What keeps large corpora on disk, and the peer that it is measured beside.
$(LARGE): $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[large]'
	@touch $@

# Ratios to an echoing Typer application and to bare Python, then large corpora beside other engines, each in one
# interleaved run.
bench: $(LARGE)
	$(BIN)/python -m bench.speed
	$(BIN)/python -m bench.large $(SIZES)

# Judged queries, topics and relatives, beside other engines where they are installed.
quality: $(READY)
	$(BIN)/python -m bench.quality

# The picture in the README, drawn by the program itself.
picture: $(READY)
	$(BIN)/python -m bench.picture docs/compare.svg

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
