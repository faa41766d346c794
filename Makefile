# Shangda: `make run` starts the network, `make test` proves it. Both set up what they need.
.DEFAULT_GOAL := help
.PHONY: help setup run demo test lint format lock compose clean
VENV := .venv/bin

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## make .venv and install what running needs
	@./setup.sh run

run: setup ## start broker, offices and gateway; Ctrl-C stops them
	@$(VENV)/shangda run $(ARGS)

demo: setup ## send sample reports through a network of their own, hop by hop
	@$(VENV)/shangda demo $(ARGS)

test: ## checks and the whole test suite (ARGS="-k broker" for some)
	@./setup.sh test
	@$(MAKE) --no-print-directory lint
	@$(VENV)/pytest -n 2 --dist loadfile $(ARGS)

lint: ## ruff, mypy --strict and the import contracts
	@./setup.sh venv
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@$(VENV)/mypy --strict contracts network services
	@$(VENV)/lint-imports --no-logo

format: ## put the code into its standard form
	@./setup.sh venv
	@$(VENV)/ruff check --fix .
	@$(VENV)/ruff format .

lock: ## write requirements.lock anew from requirements*.in (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	  --no-emit-index-url --no-emit-find-links requirements-dev.in -o requirements.lock

compose: data/compose.env ## start a district on a server with docker compose
	docker compose up --build --detach

data/compose.env:
	@mkdir -p data
	@umask 077; word=$$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n'); \
	  printf 'POSTGRES_PASSWORD=%s\nDATABASE_URL=postgresql://shangda:%s@postgres:5432/shangda\n' "$$word" "$$word" >$@.new
	@mv $@.new $@

clean: ## remove caches and .venv; data/ stays
	@rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -not -path './data/*' -prune -exec rm -rf {} +
