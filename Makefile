# Everything a user starts. State, lake and releases live under data/ unless CORPUS_* says otherwise.
PYTHON ?= python3
BIN := .venv/bin
export CORPUS_CONFIG ?= $(CURDIR)/examples/demo.yaml
export CORPUS_LAKE ?= $(CURDIR)/data/lake
export CORPUS_PUBLISHED ?= $(CURDIR)/data/published
export CORPUS_STATE ?= $(CURDIR)/data/state
export DAGSTER_HOME ?= $(CURDIR)
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help install demo ui test lint bench clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

install: .venv/installed ## Create .venv and install the pinned dependencies

.venv/installed: pyproject.toml constraints.txt
	@bash .ci/system-packages
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[demo,dev]'
	@touch $@

demo: install ## Collect real input, build everything, publish a release, show what came out
	@mkdir -p $(CORPUS_STATE)
	$(BIN)/corpus collect
	$(BIN)/corpus build
	$(BIN)/corpus status

ui: install ## Dagster UI on http://127.0.0.1:3000
	@mkdir -p $(CORPUS_STATE)
	$(BIN)/dagster dev --workspace workspace.yaml --host 127.0.0.1 --port 3000

test: install ## Run the tests
	$(BIN)/pytest

lint: install ## Style, types and the rules of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install ## Ratios against peers, measured on this machine
	$(BIN)/python -m benchmarks

clean: ## Remove the virtual environment and caches; data/ stays
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache *.egg-info
