# `make` opens the course, `make test` tests it. Both first set up .venv with the packages of the lock files, when those changed.

PYTHON = $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$python; break; }; done)
BIN := .venv/bin
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-header --no-annotate --upgrade
SCHOOL := --extra postgres --extra hub
TESTED := --extra test --extra web $(SCHOOL)

.PHONY: open build figures web hub test bench lock

open: .venv/ready
	@$(BIN)/lumbar

build: .venv/ready
	@$(BIN)/lumbar build

figures: .venv/ready
	@$(BIN)/lumbar figures

web: .venv/ready-to-test build/npm/ready
	@$(BIN)/lumbar web

hub: .venv/ready-for-a-school build/hub/ready

test: .venv/ready-to-test build/npm/ready build/hub/ready
	@$(BIN)/python -m pytest

bench: .venv/ready-to-bench build/npm/ready build/hub/ready
	@$(BIN)/python benchmarks/run.py

# Set up. A Debian without python3-venv makes an environment that has no pip: then the system's own fills it.

define install
	@test -n "$(PYTHON)" || { echo "Lumbar needs Python 3.11 or newer, and there is none here: see https://www.python.org/downloads"; exit 1; }
	@echo "Setting up .venv (once; it takes a minute or two) …"
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || $(PYTHON) -m venv --without-pip --clear .venv
	@pip="$(BIN)/python -m pip"; $$pip --version >/dev/null 2>&1 || pip="$(PYTHON) -m pip --python $(BIN)/python"; \
	$$pip install --quiet --disable-pip-version-check --require-hashes --requirement $(1) && \
	$$pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
endef

.venv/ready: requirements.lock pyproject.toml
	$(call install,requirements.lock)
	@touch $@

.venv/ready-for-a-school: deploy/hub/requirements.lock pyproject.toml
	$(call install,deploy/hub/requirements.lock)
	@touch .venv/ready $@

.venv/ready-to-test: tests/requirements.lock pyproject.toml
	$(call install,tests/requirements.lock)
	@touch .venv/ready $@

.venv/ready-to-bench: benchmarks/requirements.lock pyproject.toml
	$(call install,benchmarks/requirements.lock)
	@touch .venv/ready .venv/ready-to-test $@

# The web edition takes its bundler, its scheduler and the Python of its live notebooks from npm, and a hub its proxy.

define from_npm
	@command -v npm >/dev/null || { echo "$(2) with Node.js and npm, and there is no npm here: see https://nodejs.org"; exit 1; }
	@mkdir -p $(@D) && cp $(1)/package.json $(1)/package-lock.json $(@D)
	@npm ci --prefix $(@D) --silent --no-audit --no-fund
	@touch $@
endef

build/npm/ready: src/lumbar/web/package-lock.json
	$(call from_npm,src/lumbar/web,The web edition is built)

build/hub/ready: deploy/hub/package-lock.json
	$(call from_npm,deploy/hub,A hub runs)

# For maintainers, with uv: bring the lock files up to date. What builds the package is locked with what it needs.

lock:
	printf 'hatchling\neditables\n' | $(LOCK) pyproject.toml - --output-file requirements.lock
	printf 'hatchling\neditables\n' | $(LOCK) pyproject.toml - $(TESTED) --constraint requirements.lock --output-file tests/requirements.lock
	printf 'hatchling\neditables\n' | $(LOCK) pyproject.toml - $(SCHOOL) --constraint tests/requirements.lock --output-file deploy/hub/requirements.lock
	printf 'hatchling\neditables\n' | $(LOCK) pyproject.toml - $(TESTED) --extra bench --constraint tests/requirements.lock --output-file benchmarks/requirements.lock
	$(subst --universal --python-version 3.11,--python-version 3.14 --python-platform wasm32-pyodide2025,$(LOCK)) \
		--no-emit-package widgetsnbextension --no-emit-package jupyterlab-widgets \
		src/lumbar/web/lite/requirements.in --output-file src/lumbar/web/lite/requirements.lock
