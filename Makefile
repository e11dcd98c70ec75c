# Was man mit Gelingen tun kann. `make help` listet es auf.
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test check bench bench-pages soak survey-load journeys reference faults trace docs pictures lock vendor

PYTHON := .venv/bin/python

help: ## Diese Liste
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Umgebung .venv mit dem Befehl gelingen anlegen oder auffrischen
	@scripts/need run
	@scripts/setup base

setup-dev: setup ## Dazu alles, was Prüfungen und Messungen brauchen
	@scripts/setup dev

demo: setup ## Beispiel Coburg rechnen, Masterplan schreiben, Arbeitsplatz starten
	@.venv/bin/gelingen demo

test: setup-dev ## Alles prüfen, auf SQLite und PostgreSQL
	@scripts/need test
	@$(PYTHON) scripts/suite.py all

check: setup-dev ## Schnell prüfen: Stil, Typen, Schichten, Abhängigkeiten, Dokumentation
	@$(PYTHON) scripts/suite.py quick

bench: setup-dev ## Laufzeiten und Speicher messen (build/bench.json)
	@$(PYTHON) -m bench

bench-pages: setup-dev ## Seiten eines großen Landkreises und seiner Webseite messen, neben einer schlichten Seite
	@$(PYTHON) -m bench pages site

soak: setup-dev ## Zwanzig Personen ändern eine Minute lang zugleich, auf beiden Datenbanken
	@$(PYTHON) -m soak

survey-load: setup-dev ## Zweihundert Personen kommen innerhalb einer Minute zu einer Umfrage, auf beiden Datenbanken
	@$(PYTHON) -m soak.answers

journeys: setup-dev ## Wege durch das Beispiel, mit Maus und Tastatur: Klicks und Tasten zählen
	@scripts/need test
	@rm -f build/journeys.json
	@JOURNEYS=build/journeys.json $(PYTHON) -m pytest -q tests/browser/test_journeys.py tests/browser/test_review_journey.py

reference: setup-dev ## Mit Referenzdaten vergleichen: make reference REFERENCE_DATA=ORDNER
	@REFERENCE_DATA="$(REFERENCE_DATA)" $(PYTHON) -m reference

faults: setup-dev ## Fehler in die Auswertungen setzen; jeder muss auffallen
	@$(PYTHON) -m faults

trace: setup ## Prüfen, dass jede Aussage des Masterplans Datensatz oder Quelle nennt
	@GELINGEN_HOME=build/trace .venv/bin/gelingen demo --no-serve
	@GELINGEN_HOME=build/trace .venv/bin/gelingen trace

vendor: ## Fremde Dateien der Oberfläche neu ablegen (braucht Node)
	@npm ci --silent
	@npm run --silent vendor

docs: setup-dev ## Nachschlageseiten unter docs/reference neu schreiben
	@$(PYTHON) docs/build.py

pictures: setup-dev ## Bilder aller Seiten aus dem Beispiel neu aufnehmen (docs/bilder)
	@$(PYTHON) scripts/pictures.py

lock: setup-dev ## Paketversionen mit Prüfsummen neu festschreiben
	@scripts/lock
