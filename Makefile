# make demo    build, install into build/venv, digest the sample story
# make test    install what the tests need, then run every test
# make help    the other targets

CARGO ?= cargo
PYTHON ?= python3
PREFIX ?= /usr/local
DESTDIR ?=
VENV := build/venv
VENV_PYTHON := $(abspath $(VENV))/bin/python
TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
STORY := $(or $(wildcard seeds/story/*.txt),$(wildcard seeds/vectors/documents/bridge*.txt))
SHARED := ../shared
VERSION := 0.1.0

.PHONY: help demo test bless wheel libraries install programs figures figures-matching accuracy tagger check-shared clean \
	check-page test-tools test-format test-lint test-rust test-docs test-c test-python test-readme test-notebook test-benches

help:
	@sed -n 's/^# //p' Makefile
	@echo 'make bless    rewrite the expected results in seeds/vectors; read the difference before committing it'
	@echo 'make install PREFIX=/usr/local    install the C library, header, pkg-config and CMake files'
	@echo 'make figures  measure accuracy and speed into benches/FIGURES.md'
	@echo 'make figures-matching  measure catalogs of up to a million names into benches/MATCHING.md'
	@echo 'make accuracy measure accuracy on the annotated data in $(SHARED)'
	@echo 'make check-page   open digest pages in chromium: contrast, landmarks, phone width, no script'
	@echo 'make check-shared  the checks that need $(SHARED)'

demo: wheel
	$(VENV_PYTHON) -m nutgraf digest $(STORY)

# ---- what ships ----

$(VENV)/.builder: python/requirements-build.txt
	$(PYTHON) -m venv $(VENV)
	$(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

# Cargo knows what is up to date; the wheel is installed anew so that the environment never holds an old one.
wheel: $(VENV)/.builder
	rm -rf build/wheels
	cd python && $(abspath $(VENV))/bin/maturin build --quiet --locked --profile dist --out ../build/wheels
	$(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check --no-index --no-deps --force-reinstall build/wheels/*.whl

libraries:
	$(CARGO) build --locked --quiet --profile dist --package nutgraf-ffi

install: libraries
	ffi/package/install.sh "$(TARGET)/dist" "$(DESTDIR)" "$(PREFIX)" "$(VERSION)"

# ---- tests ----

test: test-tools test-format test-lint test-rust test-docs test-c test-python test-readme test-notebook test-benches
	@echo 'make test: all passed'

test-tools:
	scripts/tools.sh

test-format:
	$(CARGO) fmt --all --check

test-lint:
	$(CARGO) clippy --locked --quiet --workspace --all-targets -- -D warnings
	scripts/check_tree.py
	$(PYTHON) seeds/make_story.py seeds/story --check
	$(PYTHON) seeds/make_story.py seeds/flood --check

test-rust:
	$(CARGO) test --locked --quiet --workspace
	$(CARGO) test --locked --quiet --workspace --lib -- --ignored unicode_character_database normalization_test
	$(CARGO) test --locked --quiet --workspace --test vectors -- --nocapture every_vector | grep 'vectors:'
	$(CARGO) test --locked --quiet --workspace --test finding -- --nocapture every_case | grep 'finding:'

test-docs:
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc --locked --quiet --workspace --no-deps

test-c: libraries
	scripts/check_c.sh "$(TARGET)"

test-python: wheel $(VENV)/.tester
	scripts/check_python.sh $(VENV_PYTHON)

$(VENV)/.tester: python/requirements.txt $(VENV)/.builder
	$(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

test-readme: wheel libraries
	scripts/check_readme.py README.md python/README.md

test-notebook: wheel $(VENV)/.tester
	$(VENV_PYTHON) scripts/run_notebook.py python/examples/tour.ipynb

test-benches:
	@if ls benches/benches/*.rs >/dev/null 2>&1; then \
		$(CARGO) bench --locked --quiet --profile dist --package nutgraf-benches --bench jobs -- --test; \
	else $(CARGO) build --locked --quiet --package nutgraf-benches; fi

bless:
	BLESS=1 $(CARGO) test --quiet --package nutgraf --test vectors --test finding every_

# Digest pages in a real browser; needs Debian's chromium. Not part of `make test`.
CHROMIUM := chromium

check-page: wheel
	$(PYTHON) scripts/check_page.py $(CHROMIUM) build/page $(VENV_PYTHON) -m nutgraf

# ---- measurements ----

PEERS := build/peers

PROGRAMS := --bins
figures-matching: PROGRAMS := --bin matching --bin misspelt

programs:
	$(CARGO) build --locked --quiet --profile dist --package nutgraf-benches $(PROGRAMS)

accuracy: programs
	@test -d $(SHARED)/gold || { echo 'accuracy: $(SHARED)/gold is absent'; exit 1; }
	$(PYTHON) benches/accuracy.py --reading "$(TARGET)/dist/reading"

$(PEERS)/.installed: benches/peers.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

figures figures-matching: programs wheel $(PEERS)/.installed
	@test -d $(SHARED)/gold || { echo '$@: $(SHARED)/gold is absent'; exit 1; }
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps --force-reinstall build/wheels/*.whl
	$(PYTHON) benches/figures.py --programs "$(TARGET)/dist" --python "$(abspath $(PEERS))/bin/python" $(if $(findstring matching,$@),--matching)

tagger:
	@test -d $(SHARED)/data || { echo 'tagger: $(SHARED)/data is absent'; exit 1; }
	$(CARGO) run --locked --release --package nutgraf --features train --example train_tagger -- $(SHARED)/data core/training core/src/mention/tagger.bin

check-shared:
	@if test -d $(SHARED)/gold; then $(MAKE) --no-print-directory programs \
	&& $(PYTHON) benches/accuracy.py --reading "$(TARGET)/dist/reading" --floors; \
	else echo 'check-shared: skipped, because $(SHARED)/gold is absent'; fi

clean:
	rm -rf build
	$(CARGO) clean
