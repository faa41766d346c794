# Shangda: `make run` starts the network, `make test` proves it. Both set up what they need.
.DEFAULT_GOAL := help
.PHONY: help setup run demo test lint format lock clean
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
	@$(VENV)/pytest $(ARGS)

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

clean: ## remove caches and .venv; data/ stays
	@rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -not -path './data/*' -prune -exec rm -rf {} +
