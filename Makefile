# Two commands: `make reproduce` and `make test`. Each builds the environment in .venv when it is
# missing or older than its lock; the work itself is done by the `usru` command.
PYTHON ?= python3
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
BUILT := .venv/.built

# Compiled modules are kept, also where Python is told to keep none: each of the many kernels and
# other processes would compile pandas and matplotlib anew.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/compiled

reproduce test lab explore code sample bench fuzz lock site: $(BUILT)
	@$(BIN)/usru $@ $(ARGS)

# uv installs the lock some twenty times faster than pip; its own pin and hashes come from the lock.
$(BUILT): requirements.lock pyproject.toml
	@echo "building the environment in .venv from requirements.lock"
	@$(PYTHON) -m venv --clear .venv
	@sed -n '/^uv==/,/# via/p' requirements.lock > .venv/uv.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $(BUILT)

clean:
	rm -rf .venv site .pytest_cache .mypy_cache .ruff_cache .hypothesis

.PHONY: reproduce test lab explore code sample bench fuzz lock site clean
