# grade, test, check, check-all, release, lock, clean. Needs Python 3.11 or newer with pip and venv; the rest is installed into .venv.

ASSIGNMENTS := softmax_classifier two_layer_mlp deep_mlp
UV_VERSION  := 0.13.9

# The first interpreter that is new enough; `make PYTHON=...` overrules it.
NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python $(NEW_ENOUGH) && command -v $$python && break; done)
REQUIRE_PYTHON = @"$(PYTHON)" $(NEW_ENOUGH) || \
	{ echo "python is missing or older than 3.11; install python 3.11 or newer, or run make PYTHON=/path/to/python" >&2; exit 1; }

# The assignments themselves are graded with every check, on a fixed sample of wrong gradients.
AUDIT_FLAGS := --sample 40

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Renewed only when the lock or the packaging changed.
INSTALLED := .venv/.installed

.PHONY: install grade test check check-all release lock clean

install: $(INSTALLED)

grade: $(INSTALLED)
	@set -e; for assignment in $(ASSIGNMENTS); do \
		$(BIN)/grader grade --class tests/submissions/$$assignment -a $$assignment --allow-unconfined $(GRADE_FLAGS); \
	done

test: $(INSTALLED)
	$(BIN)/python -m pytest $(PYTEST_FLAGS)

check: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest $(PYTEST_FLAGS)
	$(BIN)/grader release --check
	$(BIN)/grader audit $(AUDIT_FLAGS)

# Nothing sampled: every seed, every mutant, every size.
check-all: export GRADER_WHOLE := 1
check-all: AUDIT_FLAGS :=
check-all: check

release: $(INSTALLED)
	$(BIN)/grader release

# uv resolves for every system and Python at once; it has an environment of its own, since it is what writes the lock.
lock:
	$(REQUIRE_PYTHON)
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check --quiet install uv==$(UV_VERSION)
	{ echo '# Written by `make lock` from pyproject.toml: every version and hash, for Python 3.11 to 3.14.'; \
	build/lock/bin/uv pip compile pyproject.toml --extra html --group dev --universal --python-version 3.11 \
		--fork-strategy fewest --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --upgrade --quiet; \
	} > build/requirements-dev.lock
	mv build/requirements-dev.lock requirements-dev.lock

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov
	find grader reference assignments tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): requirements-dev.lock pyproject.toml
	$(REQUIRE_PYTHON)
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
		{ echo "python's venv or ensurepip module is missing; install it (Debian and Ubuntu: python3-venv)" >&2; rm -rf .venv; exit 1; }
	$(PIP) install --require-hashes --only-binary :all: -r requirements-dev.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q grader assignments reference  # as pip does with what it installs for good
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -c "from grader.report.page import warm_up; warm_up()"
	@touch $@
