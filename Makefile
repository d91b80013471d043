# The two commands to know: `make audit` and `make test`. Both work on a fresh clone with git, make and Python alone.

# Newest first; set PYTHON to choose one yourself.
PYTHON ?= $(shell for python in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	$$python $(IS_FIT) && { echo $$python; break; }; done)
IS_FIT := -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' >/dev/null 2>&1

# Where it is set, every start would compile every module anew.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
RUN := $(VENV)/bin/python -m
INSTALLED := $(VENV)/.installed
PIP := $(RUN) pip --disable-pip-version-check --quiet install --require-virtualenv
# Lock files name neither a registry nor the machine they were made on.
LOCK := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade)

.PHONY: help audit test lint format bench selfcheck bench-selfcheck bench-purge kill allure install lock lock-allure clean

help: ## Show this list
	@awk -F ': .*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' Makefile

audit: install allure ## Audit the bundled reference service, make every report, end with the gate
	$(VENV)/bin/shes-audit run $(ARGS)

test: lint ## Lint, strict types, import rules, then the project's own tests
	$(RUN) pytest -n auto --dist worksteal --timeout 300 $(ARGS)

lint: install ## Lint, format check, strict types and import rules alone
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

format: install ## Put the code into the form that lint asks for
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: install ## Measure an audit and a purge, and write benchmarks/RESULTS.md
	$(RUN) benchmarks $(ARGS)
	$(RUN) benchmarks.purge

bench-selfcheck: install ## Measure the self-check beside an older build of it (half an hour)
	$(RUN) benchmarks.selfcheck $(ARGS)

bench-purge: install ## Measure a purge alone: a thousand due among up to a million (15 GB of disk for a time)
	$(RUN) benchmarks.purge

kill: install ## Kill the reference fifty times in the middle of its work, and see what it makes of that
	SHES_KILLS=50 $(RUN) pytest tests/reference/test_kill.py $(ARGS)

selfcheck: install ## Show that each seeded violation is caught by its own clause (minutes)
	$(VENV)/bin/shes-audit selfcheck $(ARGS)

allure: install ## Fetch the program that renders Allure's page, if it can be had here
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

lock: install ## Pin the dependencies again; UPGRADE=1 takes the newest versions
	$(LOCK) --extra dev pyproject.toml --output-file requirements.lock
	$(LOCK) --group node --output-file requirements-node.lock

lock-allure: ## Pin Allure again after a change in reports/allure/package.json (needs npm)
	cd reports/allure && npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund

clean: ## Remove what make made
	rm -rf $(VENV) .allure reports/out .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
