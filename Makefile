# make setup site        what a user of this repository needs
# make setup-tests test  what its developers need
MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DELETE_ON_ERROR:

VERSION := 0.1.0
PREFIX ?= /usr/local
DESTDIR ?=
CC := $(if $(filter default undefined,$(origin CC)),gcc,$(CC))
PKG_CONFIG ?= pkg-config
BUILD ?= build
GEN := $(BUILD)/gen

PACKAGES := gcc make pkg-config libc6-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libyaml-dev libgit2-dev \
	libpcre2-dev libgraphviz-dev libutf8proc-dev libxxhash-dev libseccomp-dev
TEST_PACKAGES := clang clang-format libclang-rt-dev libcmocka-dev python3 python3-jsonschema python3-yaml git \
	libxml2-utils procps chromium chromium-driver
LIBRARIES := libcmark-gfm yaml-0.1 libgit2 libpcre2-8 libgvc libcgraph libutf8proc libxxhash libseccomp

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wcast-qual \
	-Wwrite-strings -Wvla -Wformat=2 -Wundef
CFLAGS ?= -O2 -g
, := ,
SANITIZE := $(if $(SAN),-fsanitize=address$(,)undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE -Isrc -I$(GEN) $(WARNINGS) $(if $(WERROR),-Werror) -DLINTEL_VERSION='"$(VERSION)"' \
	-DGVDIR='"$(shell $(PKG_CONFIG) --variable=libdir libgvc 2>/dev/null)/graphviz"' \
	$(shell $(PKG_CONFIG) --cflags $(LIBRARIES) 2>/dev/null) $(CPPFLAGS) $(CFLAGS) $(SANITIZE)
ALL_CFLAGS := $(ALL_CFLAGS)
LIBS := $(shell $(PKG_CONFIG) --libs $(LIBRARIES) 2>/dev/null) -lcmark-gfm-extensions -ldl -lm

SOURCES := $(sort $(shell find src -name '*.c'))
OBJECTS := $(SOURCES:src/%.c=$(BUILD)/obj/%.o)
LIBRARY_OBJECTS := $(filter-out $(BUILD)/obj/main.o,$(OBJECTS))
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(sort $(wildcard tests/unit/*.c)))
CATALOGUES := rules:src/check/rules dialects:src/model/dialects sources:src/model/sources forms:src/fact/forms formats:src/emit/formats \
	reports:src/report/formats commands:src/cmd
TEMPLATES := $(sort $(wildcard templates/*))
# The client's half of the search, from npm: without it the site has no search.
MINISEARCH := $(wildcard node_modules/minisearch/dist/umd/index.js)
EMBEDDED := $(TEMPLATES) $(if $(MINISEARCH),$(GEN)/minisearch.js)

.PHONY: all setup setup-tests site check test quick-test style bench measure install uninstall clean unit FORCE

all: $(BUILD)/lintel

NPM_FLAGS := --ignore-scripts --no-audit --no-fund
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
# Installs what is missing, and brings the libraries to their last security state.
setup:
	$(SUDO) env DEBIAN_FRONTEND=noninteractive sh -ec 'apt-get update -qq; \
		apt-get install -qq -y --no-install-recommends $(PACKAGES)' </dev/null
	@command -v npm >/dev/null || \
		$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends npm </dev/null
	@npm ci --silent --omit=dev $(NPM_FLAGS) || echo 'npm could not fetch MiniSearch: the site will have no search'

setup-tests: setup
	$(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $(TEST_PACKAGES) </dev/null
	npm ci --silent $(NPM_FLAGS)

# Catalogues: one X(name) a file, sorted; rewritten only when a file comes or goes.
$(GEN)/%.inc: FORCE
	@mkdir -p $(@D)
	@LC_ALL=C ls $(patsubst $*:%,%,$(filter $*:%,$(CATALOGUES)))/*.c 2>/dev/null | \
		sed 's,.*/\(.*\)\.c$$,X(\1),' | grep -v '^X(cmd)$$' >$@.new; \
		cmp -s $@.new $@ && rm $@.new || mv $@.new $@

$(GEN)/templates.inc: $(EMBEDDED) src/render/embed.sh
	@mkdir -p $(@D)
	@sh src/render/embed.sh $(EMBEDDED) >$@

# Its licence stays with it; comments and the name of a map that is not there do not.
$(GEN)/minisearch.js: $(MINISEARCH)
	@mkdir -p $(@D)
	@{ echo '/* MiniSearch'; cat $(dir $(MINISEARCH))../../LICENSE.txt; echo '*/'; \
		sed '/^ *\/\*\*.*\*\/ *$$/d; /^ *\/\*\*/,/\*\//d; /^ *\/\//d' $(MINISEARCH); } >$@

GENERATED := $(foreach c,$(CATALOGUES),$(GEN)/$(firstword $(subst :, ,$(c))).inc) $(GEN)/templates.inc

$(BUILD)/obj/%.o: src/%.c $(BUILD)/flags | $(GENERATED)
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Objects made with other flags are made again.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(subst ','\'',$(CC) $(ALL_CFLAGS))' | cmp -s - $@ || echo '$(subst ','\'',$(CC) $(ALL_CFLAGS))' >$@

$(BUILD)/lintel: $(OBJECTS)
	$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ $(LIBS)

# A unit test links what it reaches: much less than the whole program.
$(BUILD)/liblintel.a: $(LIBRARY_OBJECTS)
	@rm -f $@
	@ar rcsT $@ $^

$(BUILD)/unit/%: tests/unit/%.c $(BUILD)/liblintel.a
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -o $@ $< $(BUILD)/liblintel.a $(LDFLAGS) $(LIBS) -lcmocka

unit: $(UNIT_TESTS)

# `make setup site`: the flags above were read before setup had installed what they ask for, so they are read again.
ifneq (,$(filter setup setup-tests,$(MAKECMDGOALS)))
site check test: $(filter setup setup-tests,$(MAKECMDGOALS))
endif

site:
	@$(MAKE) --no-print-directory -s -j$(shell nproc) all
	$(BUILD)/lintel build

check:
	@$(MAKE) --no-print-directory -s -j$(shell nproc) all
	$(BUILD)/lintel check

style: $(BUILD)/lintel
	sh tests/style/style.sh

# Everything, as CI runs it: style, gcc and clang with warnings as errors, sanitizers, every test.
test:
	bash tests/run.sh

# The tests alone, with what is built.
quick-test: $(BUILD)/lintel unit
	python3 tests/run_tests.py $(BUILD)

bench: $(BUILD)/lintel
	bash tests/bench/bench.sh $(BUILD)

# Recall and precision over a folder that has a truth file beside it: make measure CORPUS=DIR
measure: $(BUILD)/lintel
	python3 tests/measure/measure.py $(BUILD)/lintel $(CORPUS)

install: $(BUILD)/lintel
	install -D -m 755 $(BUILD)/lintel $(DESTDIR)$(PREFIX)/bin/lintel
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/lintel/schema schema/*.json

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/lintel
	rm -rf $(DESTDIR)$(PREFIX)/share/lintel

clean:
	rm -rf build site

-include $(OBJECTS:.o=.d) $(UNIT_TESTS:=.d)
