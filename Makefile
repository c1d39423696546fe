# `make up` is all that a newcomer needs. Every target may be repeated, interrupted and, once installed, run offline.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := up
MAKEFLAGS += --no-print-directory

UV := 0.13.9
# In order of preference: the wheel of the embedded Redis ends with Python 3.12; later ones use an installed Redis.
PYTHONS := python3.12 python3.11 python3 python3.13 python3.14
BIN := .venv/bin
READY := .venv/.langagent-ready
NPM := $(BIN)/python -m ops.dev.npm
COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links

.PHONY: up install test test-python test-web lint types web e2e testbed testbed-full docs bench lock

up: install
	@exec $(BIN)/langagent dev up

install: $(READY)

# The stamp is written last, so an interrupted install is taken up again.
$(READY): requirements-dev.lock pyproject.toml ops/dev/install.sh
	@PYTHONS="$(PYTHONS)" UV="$(UV)" ./ops/dev/install.sh
	@touch $@

test: test-python test-web

test-python: install
	@$(BIN)/pytest -n 2

test-web: install
	@$(NPM) test

lint: install
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/python -m tests.lint
	@$(NPM) run lint

types: install
	@$(BIN)/mypy
	@$(NPM) run typecheck

web: install
	@$(NPM) run build

e2e: web
	@$(NPM) run e2e

# Real servers with an engine of their own: LANGAGENT_TESTBED names a script that makes them, else Docker does.
testbed: install
	@$(BIN)/pytest tests/testbed -x

testbed-full: install
	@LANGAGENT_TESTBED_FULL=1 $(BIN)/pytest tests/testbed

docs: install
	@$(BIN)/python -m ops.environment.example > .env.example
	@$(BIN)/python -m tests.docs.reference

bench: install
	@$(BIN)/python -m benchmarks.cli_help
	@$(BIN)/python -m benchmarks.newcomer
	@$(BIN)/python -m benchmarks.study
	@$(BIN)/python -m benchmarks.intake
	@$(BIN)/python -m benchmarks.chaos
	@$(BIN)/python -m benchmarks.backup

lock: install
	@$(COMPILE) pyproject.toml --output-file requirements.lock
	@$(COMPILE) --group dev pyproject.toml --output-file requirements-dev.lock
