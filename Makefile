# Two commands: `make reproduce` and `make test`. Each builds the environment in .venv when it is
# missing or older than its lock; the work itself is done by the `usru` command.
PYTHON ?= python3
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
BUILT := .venv/.built

# Compiled modules are kept, also where Python is told to keep none: each of the many kernels and
# other processes would compile pandas and matplotlib anew.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/compiled

# A Python that is asked for by name makes the environment anew unless it is that of .venv.
ifneq ($(origin PYTHON),file)
asked := $(shell $(PYTHON) -c "import sys; print(sys.version, sys.base_prefix)")
ifneq ($(asked),$(shell $(BIN)/python -c "import sys; print(sys.version, sys.base_prefix)" 2>&1))
$(BUILT): another
endif
endif

reproduce test lab explore code sample bench fuzz mutate reliability lock audit dist site: $(BUILT)
	@$(BIN)/usru $@ $(ARGS)

# uv installs the lock some twenty times faster than pip; its own pin and hashes come from the lock.
$(BUILT): requirements.lock pyproject.toml
	@echo "building the environment in .venv from requirements.lock"
	@$(PYTHON) -m venv --clear .venv
	@sed -n '/^uv==/,/# via/p' requirements.lock > .venv/uv.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-user --require-hashes -r .venv/uv.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@$(BIN)/python -c "$$RELATIVE"
	@touch $(BUILT)

# Python reads the file of the path to src in the encoding of the locale, which may have no letter of it.
define RELATIVE
import os, pathlib, sysconfig
site = sysconfig.get_path("purelib")
file = pathlib.Path(site, "_editable_impl_usru.pth")
file.read_bytes() and file.write_text(pathlib.PurePath(os.path.relpath("src", site)).as_posix())
endef
export RELATIVE

clean:
	rm -rf .venv site dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

.PHONY: another reproduce test lab explore code sample bench fuzz mutate reliability lock audit dist site clean
