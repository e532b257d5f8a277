# Building needs Swift 6.1 or newer; what else is missing on a Debian machine, install-deps installs.

export PATH := $(PATH):/opt/swift/usr/bin
.DEFAULT_GOAL := help
.PHONY: help install-deps install-test-deps build run test check golden journeys coverage torture format bench example keys clean

# Arguments of the program, as in: make run ARGS="demo"
ARGS ?=
# Which tests, as in: make test FILTER=SagaTests
FILTER ?=
filter = $(if $(FILTER),--filter '$(FILTER)')
# How many random runs the simulator makes, as in: make torture SEEDS=2000
SEEDS ?= 90000
share = $(shell expr $(SEEDS) '*' $(1) / 90000 + 1)
# The rest of it goes with the seeds, unless it is given: how many short runs, each of which compares
# every moment; how often a program with a store is killed, its power is cut, its disk is full, and a
# file system is shut down under it, as in: make torture KILLS=100 CUTS=100 ROUNDS=10 SHUTDOWNS=10
BRIEF ?= $(call share,1000000)
KILLS ?= $(call share,10000)
CUTS ?= $(call share,4000)
ROUNDS ?= $(call share,1000)
SHUTDOWNS ?= $(call share,300)
# Where there is source: the folders that the formatter reads.
sources = Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources \
  examples/first-domain/Package.swift examples/first-domain/Sources

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install-deps:  ## install what building needs and is missing (Debian)
	@Scripts/install-deps

install-test-deps:  ## install what the tests need and is missing as well (Debian)
	@Scripts/install-deps tests

build: install-deps  ## build the program, optimised
	@swift build -c release --static-swift-stdlib --product eventicle

run: build  ## install what is missing, build, open the console; ARGS="…" for the program
	@exec .build/release/eventicle $(ARGS)

test: install-test-deps  ## install what is missing, every test but the slow tiers (what .ci/run calls)
	@Scripts/test $(filter)

check: install-deps  ## format, warnings as errors, architecture rules
	swift format lint --strict --recursive --parallel $(sources)
	swift build --build-tests --scratch-path .build-check -Xswiftc -warnings-as-errors
	@EVENTICLE_OPTIMISED=no Scripts/test --scratch-path .build-check -Xswiftc -warnings-as-errors --filter ArchitectureTests

golden: install-test-deps  ## record the golden screens anew, then show the difference
	-@RECORD_GOLDEN=1 Scripts/test $(filter)
	@git --no-pager diff -- '*.screen'
	@git status --short -- '*.screen'

journeys: install-test-deps  ## the tests on a real pty alone
	@Scripts/test --filter Journeys

coverage: install-deps  ## regions of the engine that no test enters, file by file; ARGS="--use-last-run"
	@Scripts/coverage $(ARGS)

torture: install-deps  ## the slow tiers optimised, ten times the seeds, the simulator, stores that are killed and cut
	@swift build -c release --product eventicle-simulate --scratch-path .build-torture
	@swift build -c release --product eventicle --scratch-path .build-torture
	@.build-torture/release/eventicle-simulate --seeds $(SEEDS) --lanes 2
	@.build-torture/release/eventicle-simulate --brief yes --seeds $(BRIEF) --lanes 2
	@Scripts/torture-planted
	@EVENTICLE_TORTURE=1 TEST_DEADLINE=20000 \
	  EVENTICLE_EXECUTABLE="$(CURDIR)/.build-torture/release/eventicle" \
	  EVENTICLE_KILLS=$(KILLS) EVENTICLE_CUTS=$(CUTS) EVENTICLE_ROUNDS=$(ROUNDS) \
	  EVENTICLE_SHUTDOWNS=$(SHUTDOWNS) \
	  Scripts/test $(filter)

format:  ## format every source file in place
	swift format format --in-place --recursive --parallel $(sources)

bench: build  ## tables of measurements with ratios, printed, not asserted; ARGS="NAME" for one
	@swift build -c release --package-path Benchmarks
	@Benchmarks/.build/release/eventicle-bench $(ARGS)
	@Benchmarks/instructions
	@Benchmarks/instructions saga 10 20
	@.build/release/eventicle bench
	@Benchmarks/screens

example: install-deps  ## make a package of the README's quick start alone, run it, compare its output
	@Scripts/try-new-user

keys: build  ## write the table of keys and the screen into the documentation
	@.build/release/eventicle keys --write README.md \
	  Sources/EventicleConsole/EventicleConsole.docc/Keys.md

clean:  ## remove everything that was built
	rm -rf .build .build-check .build-coverage .build-torture .build-torture-planted \
	  Benchmarks/.build examples/first-domain/.build
