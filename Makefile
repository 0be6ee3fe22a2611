# Fairly. `make run` to try it, `make test` to test it, `make help` for the rest.
PYTHON ?= python3
PORT ?= 8000
B ?=
F ?=
D ?= ../shared/data/comments_nhs_train.csv
BIN := .venv/bin
export FLASK_APP := wsgi

.DEFAULT_GOAL := help
.PHONY: help run test check style types format migrate bench evaluate tamper faults stub pictures pins clean

help: ## Say what each command does
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

run: .venv/run.stamp ## Set everything up and open a made-up council on http://127.0.0.1:8000
	@DEMO=1 INSTANCE_DIR="$(CURDIR)/instance/demo" PUBLIC_URL=http://127.0.0.1:$(PORT) $(BIN)/flask demo run --port $(PORT)

test: .venv/dev.stamp ## Run all tests, on SQLite and on PostgreSQL where there is one
	@$(BIN)/python -m tests.lanes $(T)

check: style types test ## Format, lint, types, tests: what must hold before a commit

style: .venv/dev.stamp
	@$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet . && echo "Format and lint hold."

types: .venv/dev.stamp
	@$(BIN)/mypy

format: .venv/dev.stamp ## Put the code in its usual shape
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format .

migrate: .venv/run.stamp ## Bring the database of DATABASE_URL up to date
	@$(BIN)/flask db upgrade

bench: .venv/dev.stamp ## Measure; B=import measures one thing. One JSON object a line
	@$(BIN)/python -m bench $(B)

evaluate: .venv/run.stamp ## Measure the classifier of comments on respondents and services it has not seen; D=labelled.csv
	@test -f "$(D)" || { echo "There is no $(D). Say where the labelled comments are: make evaluate D=path/to/comments.csv"; exit 1; }
	@mkdir -p build && $(BIN)/python -m nlp evaluate --from "$(D)" --into build/evaluation.json && echo "The figures are in build/evaluation.json too."

tamper: .venv/dev.stamp ## Tamper with a made-up pack and database in every way we know, and say what catches each
	@$(BIN)/python -m tests.proof.tampering

faults: .venv/dev.stamp ## Kill, starve and confuse the sending of 10,000 invitations, then ask the provider's ledger
	@$(BIN)/python -m bench.faults $(F)

stub: .venv/dev.stamp ## A made-up Twilio and SendGrid on http://127.0.0.1:4010, to send to by hand
	@$(BIN)/python -m tests.stubs --fairly http://127.0.0.1:$(PORT)

pictures: .venv/dev.stamp ## Take the README's pictures of the made-up council
	@$(BIN)/python -m docs.pictures

pins: .venv/dev.stamp ## Pin the newest versions of what requirements*.in name
	@$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-annotate --no-emit-index-url --python-version 3.11 --custom-compile-command "make pins" requirements.in -o requirements.txt
	@$(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-annotate --no-emit-index-url --python-version 3.11 --custom-compile-command "make pins" requirements-dev.in -o requirements-dev.txt

clean: ## Remove the environment and what the tools leave; instance/ stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/run.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Fairly needs Python 3.11 or newer. Say which: make run PYTHON=python3.11")'
	@test -d .venv || $(PYTHON) -m venv .venv
	@echo "Installing what Fairly needs (a minute or two) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
