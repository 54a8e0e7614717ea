# Gatehouse is built, run and tested with the go command alone; this file keeps
# the longer lines. `make help` lists what there is.

SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c

GO       ?= go
FUZZTIME ?= 10s
VERSION  ?= 0~$(shell git log -1 --format=%cd.%h --date=format:%Y%m%d%H%M%S)

# Packages that are checked with the race detector as a part of `make check`.
# Those that link SQLite are left out: it is a translation of a million lines
# of C, and building it for the race detector takes minutes.
# `make race RACE_PACKAGES=./...` takes all.
RACE_PACKAGES ?= ./desk/... ./access/... ./mail/message/...

# Packages whose tests take longest, as `make check` says at its end. They begin
# first: by the alphabet the longest would begin last and run alone.
LONGEST = ./web/webtest ./cli ./web/admin ./store ./web/agent ./service

# All Go files of ours, those not yet committed included.
GO_FILES = git ls-files -z --cached --others --exclude-standard '*.go'

LINTER = $(GO) tool -modfile=tools/go.mod golangci-lint

.DEFAULT_GOAL := help
.PHONY: help check test race fuzz bench bench-casbin demo fmt lint deps package reliability

help: ## list the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 8

# All parts of the check build alike, so that each package is compiled once for
# all of them: as the tests build the program and its package, without paths and
# without what only a debugger reads. `make lint` has vetted the tests already.
check: export GOFLAGS := $(GOFLAGS) -trimpath -ldflags=-w -vet=off
check: deps lint race ## everything that must hold before a change lands, nothing skipped
	@echo "== tests, on SQLite and PostgreSQL and in Chromium"
	GATEHOUSE_REQUIRE=all $(GO) test -json -p 2 -timeout 15m $(LONGEST) ./... | (cd tools && $(GO) run ./slowest)

test: ## the tests; those whose PostgreSQL or Chromium is not installed are skipped, those of other programs fail
	$(GO) test ./...

race: ## tests under the race detector, of RACE_PACKAGES
	@echo "== tests under the race detector"
	GATEHOUSE_REQUIRE=all $(GO) test -race -p 2 -timeout 15m $(RACE_PACKAGES)

fuzz: ## every fuzz target for FUZZTIME each
	@grep -rlE '^func Fuzz' --include='*_test.go' . | sort | while read -r file; do \
		for target in $$(sed -nE 's/^func (Fuzz[A-Za-z0-9_]*).*/\1/p' "$$file"); do \
			echo "== $$target in $$(dirname "$$file")"; \
			$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "$$(dirname "$$file")"; \
		done; \
	done

bench: ## build a world of size S and measure, and in Chromium when a list is painted
	$(GO) run . bench --size S
	$(GO) test ./cli -run XXX -bench FirstList -benchtime 10x

bench-casbin: ## measure checks beside casbin, on the world of size M
	cd bench/casbin && $(GO) run .

demo: ## fill a small desk and serve it
	$(GO) run . demo

reliability: ## the tests that break things, at length: RELIABILITY=10m POWER_CUTS=500
	GATEHOUSE_REQUIRE=all GATEHOUSE_RELIABILITY=$(or $(RELIABILITY),60s) $(GO) test -count=1 -v -timeout 30m ./cli -run ThreeNodes
	GATEHOUSE_REQUIRE=all GATEHOUSE_POWER_CUTS=$(or $(POWER_CUTS),100) $(GO) test -count=1 -timeout 30m ./store -run PowerCut
	GATEHOUSE_REQUIRE=all GATEHOUSE_CRASH_LETTERS=5000 $(GO) test -count=1 -timeout 30m ./mail/mailtest -run Kills

package: ## the program, its Debian package and what a container is built from, in dist
	GO="$(GO)" packaging/build "$(VERSION)" dist

fmt: ## format all Go files
	$(GO_FILES) | xargs -0 -r gofmt -l -w

lint: ## formatting, vet, go.mod and the linters of .golangci.yml
	@echo "== gofmt"
	@unformatted=$$($(GO_FILES) | xargs -0 -r gofmt -l); \
	if [ -n "$$unformatted" ]; then echo "make fmt would change:"; echo "$$unformatted"; exit 1; fi
	@echo "== go vet"
	$(GO) vet ./...
	@echo "== go mod tidy"
	$(GO) mod tidy -diff
	cd tools && $(GO) mod tidy -diff
	@echo "== golangci-lint (its first run builds it, in a minute or two)"
	$(LINTER) run ./...

deps: ## install the Debian packages that the tests need (as root; else say which)
	@tools/debian-packages
