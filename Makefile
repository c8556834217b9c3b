# make run · make test: each works alone on a fresh machine with Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.synced
export PYTHONUTF8 := 1

# The rooms that store something.
STORING := $(foreach room,core audit access periods org notices schemes rectification visits events ratings appraisals results consequences grades bulletins insights system portal api,jixiao/$(room))

.PHONY: run test test-postgres test-slow test-spark bench bench-web bench-sync assets fonts check fix lock clean

run: $(STAMP) fonts assets
	@JIXIAO_DEMO=1 $(BIN)/python -m jixiao.cli.main serve --example

test: $(STAMP) fonts check
	@echo "[3/3] 测试"
	@$(BIN)/python scripts/assets.py --test
	@$(BIN)/python scripts/browser.py
	@$(BIN)/python -m pytest -n 2

# The rooms that store, once more on a PostgreSQL server: make test-postgres JIXIAO_DATABASE=postgres://…
test-postgres: $(STAMP)
	@$(BIN)/python -m pytest -n 2 -m "not browser and not spark and not slow" $(STORING)

# Generated requests against every address of the interface for programs, about two minutes.
test-slow: $(STAMP)
	@$(BIN)/python -m pytest -n 2 -m slow tests/slow

check: $(STAMP)
	@echo "[2/3] 检查：格式、写法、类型、房间之间的引用"
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --verbose

fix: $(STAMP)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

test-spark: $(STAMP)
	@echo "安装 PySpark（约 400 MB），再用 10 万个单位核对两种引擎逐格一致"
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements/spark.txt
	@$(BIN)/python -m pytest -m spark tests/test_spark.py

bench: $(STAMP)
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements/bench.txt
	@$(BIN)/python -m benchmarks.run

assets: $(STAMP)
	@$(BIN)/python scripts/assets.py

bench-web: $(STAMP)
	@$(BIN)/python -m benchmarks.web
	@$(BIN)/python -m benchmarks.rounds

# Forty devices at once on SQLite; with JIXIAO_DATABASE=postgres://… on two processes, one killed.
bench-sync: $(STAMP)
	@$(BIN)/python -m benchmarks.sync

fonts: $(STAMP)
	@$(BIN)/python scripts/fonts.py

# The exact versions, with hashes and without any index address.
LOCK = $(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate --universal --python-version 3.11
lock: $(STAMP)
	@$(LOCK) -o requirements/uv.txt requirements/uv.in
	@$(LOCK) --extra dev -o requirements/dev.txt pyproject.toml
	@for extra in spark bench; do \
	  $(LOCK) --extra $$extra -c requirements/dev.txt -o requirements/$$extra.txt pyproject.toml; done

$(STAMP): requirements/dev.txt
	@echo "[1/3] 准备环境（首次约一分钟）"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 或更新的版本")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@$(BIN)/uv pip sync --quiet --require-hashes requirements/dev.txt
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $(STAMP)

clean:
	rm -rf $(VENV) .fonts .assets .assets-test out build .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
