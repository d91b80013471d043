# The main commands are `make audit` and `make test`. Both work on a fresh clone with git, make and Python only.

# Newest first; set PYTHON to choose another.
PYTHON ?= $(shell for python in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	$$python $(IS_FIT) && { echo $$python; break; }; done)
IS_FIT := -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' >/dev/null 2>&1

# If it were set, every start would compile every module again.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
RUN := $(VENV)/bin/python -m
INSTALLED := $(VENV)/.installed
PIP := $(RUN) pip --disable-pip-version-check --quiet install --require-virtualenv
# Lock files name neither a registry nor the machine that produced them.
LOCK := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade)

.PHONY: help audit test lint format bench selfcheck bench-selfcheck bench-purge kill allure install lock lock-allure clean

help: ## List the commands
	@awk -F ': .*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' Makefile

audit: install allure ## Audit the bundled reference service, produce every report, apply the gate
	$(VENV)/bin/shes-audit run $(ARGS)

test: lint ## Run lint, strict types, import rules, then the tests
	$(RUN) pytest -n auto --dist worksteal --timeout 300 $(ARGS)

lint: install ## Run lint, format check, strict types, import rules and module length only
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/pylint harness steps reference_impl

format: install ## Format the code and apply lint fixes
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: install ## Measure an audit and a purge, and write benchmarks/RESULTS.md
	$(RUN) benchmarks $(ARGS)
	$(RUN) benchmarks.purge

bench-selfcheck: install ## Measure the selfcheck beside that of an older build (half an hour)
	$(RUN) benchmarks.selfcheck $(ARGS)

bench-purge: install ## Measure a purge only: one thousand due among up to one million (needs 15 GB of disk temporarily)
	$(RUN) benchmarks.purge

kill: install ## Kill the reference fifty times during operation, and verify its recovery
	SHES_KILLS=50 $(RUN) pytest tests/reference/test_kill.py $(ARGS)

selfcheck: install ## Verify that each seeded violation is detected by its own clause (minutes)
	$(VENV)/bin/shes-audit selfcheck $(ARGS)

allure: install ## Fetch the program that renders the Allure page, if available
	@$(RUN) reports.allure.install

install: $(INSTALLED)

# All extras and the tools of development. pyproject.toml too: it names the entry points.
$(INSTALLED): requirements.lock pyproject.toml
	@$(VENV)/bin/python $(IS_FIT) || { python="$(PYTHON)"; \
		if ! $${python:-false} $(IS_FIT); then \
			echo "No Python 3.11, 3.12, 3.13 or 3.14 with the venv module was found$${python:+: $$python is none}." >&2; \
			echo "Install one (on Debian and Ubuntu: python3 and python3-venv), or name it: make PYTHON=/path/to/python3" >&2; \
			exit 1; fi; \
		echo "Making $(VENV) with $$python"; $$python -m venv --clear $(VENV); }
	@echo "Installing the locked dependencies into $(VENV)"
	@$(PIP) --require-hashes --no-deps --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

lock: install ## Pin the dependencies again; UPGRADE=1 selects the newest versions
	$(LOCK) --extra dev pyproject.toml --output-file requirements.lock
	$(LOCK) --group node --output-file requirements-node.lock

lock-allure: ## Pin Allure again after a change in reports/allure/package.json (needs npm)
	cd reports/allure && npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund

clean: ## Remove everything that make produced
	rm -rf $(VENV) .allure reports/out .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
