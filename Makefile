# The verbs of this project. Nothing has to be done before any of them but having Python 3.11 or later, pip and make.
PYTHON ?= python3
BIN := .venv/bin

run: .venv/.ready ## the whole pipeline: ingest, build, judge, publish
	@$(BIN)/egov run

# The tests on every core, a file of them at a time in the order of their names; a process may take a gigabyte.
TEST := $(BIN)/python -m pytest --numprocesses logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test: .venv/.ready ## every test but the slow ones
	@$(TEST)

test-slow: .venv/.ready ## the slow tests as well: fuzzing, kills, the country's size
	@$(TEST) -m "slow or not slow"

# The same models on Spark's SQL, in an environment of its own: the product's holds what the lock names and nothing more.
SPARK := .venv-spark/bin
PARITY := $(SPARK)/python -m pytest -m "slow or not slow" -p no:xdist tests/parity
# Spark itself, for one command: 450 MB, and needs Java 17 or later.
ON_SPARK := $(BIN)/uv run --quiet --no-project --with pyspark==4.3.0 benchmarks/scale/with_spark.py

parity: .venv-spark/.ready ## every mart on DuckDB and on Sail, cell by cell, and a run there that is killed: half an hour
	@$(PARITY)

parity-quick: .venv-spark/.ready ## each macro, and the marts of the decision: two or three minutes
	@$(PARITY) -k "test_macros or decision"

parity-spark: .venv-spark/.ready ## the macros and the decision on Spark 4, which needs Java
	@$(ON_SPARK) $(PARITY) -k "test_macros or decision"

lint: .venv/.ready
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

dev: .venv/.ready ## Dagster's pages on localhost:3000
	@$(BIN)/egov dev

# Tools that the product does not need, each in an environment of its own.
sbom: .venv/.ready ## a software bill of materials (CycloneDX) of all that is installed: egov-warehouse.cdx.json
	@$(BIN)/uv tool run --from cyclonedx-bom==7.5.0 cyclonedx-py environment $(BIN)/python --pyproject pyproject.toml \
		--output-reproducible --output-format JSON --output-file egov-warehouse.cdx.json

audit: .venv/.ready ## known vulnerabilities of what the lock names; strict: what nobody could look up fails too
	@$(BIN)/uv tool run --from pip-audit==2.10.1 pip-audit --strict --no-deps --disable-pip --progress-spinner off \
		--requirement requirements.lock

clean: ## removes what the build makes; submissions, taken back or not, registries and kept publications stay
	rm -rf data/warehouse dbt_project/target
	if [ -d data/published ]; then find data/published -mindepth 1 -maxdepth 1 ! -name kept -exec rm -rf {} +; fi

# Made once, and again only when what is installed changes. uv installs in a quarter of pip's time and compiles as it
# does; the last line saves the compiled SQL that `egov check` runs, so that its first call is as quick as the next.
.venv/.ready: requirements.lock pyproject.toml
	@echo "Setting up .venv (once, about a minute) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check "$$(grep '^uv==' requirements.lock)"
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python -r requirements.lock
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --no-deps --editable .
	@$(BIN)/egov setup
	@touch $@

.venv-spark/.ready: .venv/.ready
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python .venv-spark
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(SPARK)/python --only-binary pysail \
		-r requirements.lock --editable '.[spark]'
	@touch $@

.PHONY: run test test-slow parity parity-quick parity-spark lint dev sbom audit clean
