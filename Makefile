# Two commands do everything: `make chat` and `make test`. Both set themselves up and then work offline.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: chat serve test check bench soak audit lock clean

chat: $(VENV)/.ready
	@$(BIN)/tare chat $(ARGS)

serve: $(VENV)/.ready
	@$(BIN)/tare serve $(ARGS)

# Everything that has to hold: formatting, lint, types, layers, flows and prompts, then the tests.
test: check
	@$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

check: $(VENV)/.ready-dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/tare check

bench: $(VENV)/.ready-dev
	@$(BIN)/python -m bench $(ARGS)

# Everything that can go wrong, for as long as you like (docs/how-to/soak.md).
soak: $(VENV)/.ready-dev
	@$(BIN)/python -m tests.soak $(ARGS)

# Ask about known vulnerabilities: needs the network; with DATA=all.zip it reads an archive of OSV instead.
audit: $(VENV)/.ready-dev
ifdef DATA
	@$(BIN)/python -m docs.advisories $(DATA)
else
	@$(BIN)/python -m pip install --quiet pip-audit
	@$(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement requirements.lock
endif

# Pin again what pyproject.toml asks for. Needs the network and `uv`, which is installed for the occasion.
lock: $(VENV)/.ready-dev
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--quiet --group build pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--quiet --group build --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Tare needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.11 $(MAKECMDGOALS)")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: $(VENV)/bin/python requirements.lock pyproject.toml
	@echo "Setting up (once, about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.lock
	@echo "Setting up the tools for the tests (once, about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
