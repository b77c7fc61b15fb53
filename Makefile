# The two commands that a newcomer needs are `make run` and `make test`; `make help` tells the rest.
SHELL := /bin/bash
UV := .tools/bin/uv
PY := .venv/bin/python
INSTALL := $(UV) pip install -q --python $(PY) --compile-bytecode
export UV_LINK_MODE ?= copy
# Offices with a certificate authority of their own have it in the system's store.
export UV_SYSTEM_CERTS ?= true

.DEFAULT_GOAL := help
.PHONY: help setup run test check fix bench wheel sbom lock translations

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(UV):
	python3 -m pip install -q --target .tools uv

$(PY): | $(UV)
	$(UV) venv -q .venv

.venv/.run: requirements.lock pyproject.toml | $(PY)
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps -e .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.run
	$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

setup: .venv/.dev ## Install everything for working on the program; start nothing

run: .venv/.run ## Install what is needed, make a demo where there is nothing yet, start web and worker
	@.venv/bin/tracker init --demo
	@exec .venv/bin/tracker run

test: .venv/.dev ## Run every test: SQLite, a throw-away PostgreSQL, and a real browser where one is installed
	$(PY) -m pytest -n 3 --cov --cov-report=term --cov-fail-under=$(shell cat tests/coverage-floor)

check: .venv/.dev ## Lint, format, types, layers, unused dependencies and code, weaknesses
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/deptry .
	.venv/bin/bandit -q -c pyproject.toml -r tracker jobs
	.venv/bin/vulture

fix: .venv/.dev ## Mend what the linter can mend, and format
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: .venv/.dev ## Measure the sweep, imports, figures and pages; ratios inside one run
	$(PY) -m bench

wheel: .venv/.dev ## Build the wheel into dist/
	$(UV) build -q --wheel --no-build-isolation --python $(PY) --out-dir dist

sbom: .venv/.dev ## Write the software bill of materials (CycloneDX) of what is installed for running into dist/
	@mkdir -p dist
	$(PY) -W ignore -m cyclonedx_py requirements requirements.lock --output-reproducible | $(PY) .ci/bare_bill.py > dist/sbom.json

lock: | $(UV) ## Pin the dependencies anew, by hash and without addresses
	$(UV) pip compile -q pyproject.toml --universal --generate-hashes --no-annotate --no-header -o requirements.lock
	$(UV) pip compile -q pyproject.toml --group dev --universal --generate-hashes --no-annotate --no-header -o requirements-dev.lock

translations: .venv/.dev ## Collect the texts of the pages, derive Serbian in Latin letters from Cyrillic, compile
	$(PY) -m tracker.translations.catalogues
