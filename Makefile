# The repository's commands. `make` alone lists them; CONTRIBUTING.md says more.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.NOTPARALLEL:
.DEFAULT_GOAL := help

PORT ?= 8080
E2E_PORT ?= 4179
SEED ?= 1
STEPS ?= 1000000

export CARGO_TARGET_DIR ?= $(CURDIR)/target
# One folder for each version of wasm-bindgen, shared by all clones on the machine.
export COCART_TOOLS ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/cocart-wasm/$(shell awk '/^name = "wasm-bindgen"$$/ { getline; gsub(/"/, "", $$3); print $$3 }' Cargo.lock)
export PATH := $(CURDIR)/node_modules/.bin:$(COCART_TOOLS)/bin:$(HOME)/.cargo/bin:$(PATH)
export E2E_PORT

WASM := --target wasm32-unknown-unknown
BROWSER = eval "$$(scripts/browser.sh)";
# wasm-bindgen's runner gives a browser a minute to start, and as long as its tests where those may take longer.
PATIENT = WASM_BINDGEN_TEST_TIMEOUT=300 WASM_BINDGEN_TEST_DRIVER_TIMEOUT=60
step = @printf '\n== %s\n' '$(1)'

.PHONY: help demo test check test-native conformance simulate mutants test-wasm test-node test-types test-apps test-firefox test-next test-e2e test-packaging docs package endpoint size weight bench \
	install-all install-rust install-tools install-browser install-firefox clean

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "make %-16s %s\n", $$1, $$2 }'

demo: package endpoint ## build everything and serve the storefront with its CoCart endpoint (PORT=8080)
	$(call step,the storefront and its CoCart endpoint until Ctrl-C; open)
	@exec "$(CARGO_TARGET_DIR)/debug/cocart-endpoint" serve --port $(PORT) --profile v4.9 --www www --pkg pkg

test: install-all check test-native simulate test-wasm package size test-node test-types test-apps test-packaging test-next test-e2e ## every test there is
	$(call step,all tests passed)

check: install-rust ## formatting, lints and the rules of the architecture
	$(call step,formatting)
	cargo fmt --all --check
	$(call step,lints: the workspace natively and the library for wasm32)
	cargo clippy --workspace --all-targets -- -D warnings
	cargo clippy -p cocart-wasm --lib --test 'wasm*' $(WASM) -- -D warnings
	$(call step,architecture)
	scripts/check-architecture.sh

test-native: install-rust ## Rust tests, natively
	$(call step,native tests)
	cargo test --workspace --exclude simulation
	cargo test --profile native -p simulation

# The repository's own recordings are also held in a native test (tools/conformance/tests).
conformance: DIR ?= tests/golden
conformance: install-rust ## replay recordings of the real server: DIR= [CATALOG=] [PART=] [ONLY=]
	$(call step,conformance)
	@cargo run -q --profile native -p conformance -- --dir "$(DIR)" $(if $(CATALOG),--catalog "$(CATALOG)") $(if $(PART),--part "$(PART)") $(if $(ONLY),--only "$(ONLY)")

simulate: install-rust ## drive sync through random failures: SEED= STEPS=
	$(call step,sync simulation with seed $(SEED) for $(STEPS) steps)
	cargo run -q --profile native -p simulation -- --seed $(SEED) --steps $(STEPS)

mutants: ## what the tests of src/sync would not notice: ONLY=part of a mutant's name
	@scripts/install.sh node rust mutants
	$(call step,mutants of src/sync)
	@nice node scripts/mutants.mjs $(if $(ONLY),'$(ONLY)')

# What `wasm-pack test` does, for the wasm tests alone: it would also build the native ones for wasm32.
test-wasm: install-tools install-browser ## Rust tests in headless Chromium
	$(call step,wasm tests in Chromium)
	$(BROWSER) $(PATIENT) CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner cargo test -p cocart-wasm $(WASM) --test 'wasm*'

# The recordings' snapshots come from the conformance command, built before the clock of a test runs.
test-node: install-rust pkg/package.json node_modules/.stamp endpoint ## the package in Node, the recordings once more through it
	$(call step,the package in Node)
	cargo build --quiet --profile native -p conformance
	node --test --test-reporter=spec tests/node/*.test.mjs

test-types: pkg/package.json node_modules/.stamp ## the package's types
	$(call step,types)
	tsc -p tests/types
	cargo build --quiet --profile native -p conformance
	node --test --test-reporter=spec tests/types/*.test.mjs

test-e2e: pkg/package.json endpoint node_modules/.stamp install-browser ## the storefront in Chromium, online and offline
	$(call step,the storefront in Chromium)
	$(BROWSER) playwright test

test-apps: pkg/package.json node_modules/.stamp install-browser ## bindings, an old client and Workbox in small apps in Chromium
	$(call step,small apps on the package)
	$(BROWSER) node --test --test-reporter=spec tests/apps/*.test.mjs

# Next.js and its compiler are 150 MB, which only this target installs.
test-next: pkg/package.json node_modules/.stamp install-browser ## a Next.js app on the tarball, built, rendered and hydrated
	$(call step,Next.js)
	$(BROWSER) node --test --test-reporter=spec tests/next/*.test.mjs

# Beside `make test`: a second browser to install, and minutes to build its driver.
test-firefox: install-firefox pkg/package.json endpoint node_modules/.stamp ## the wasm tests, a plain page and the storefront in headless Firefox
	$(call step,a plain page and the storefront in Firefox)
	eval "$$(scripts/browser.sh firefox)"; node --test --test-reporter=spec tests/firefox/*.test.mjs
	$(call step,wasm tests in Firefox)
	eval "$$(scripts/browser.sh firefox)"; $(PATIENT) CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner cargo test -p cocart-wasm $(WASM) --test 'wasm*'

test-packaging: pkg/package.json node_modules/.stamp install-browser ## the tarball in bundlers, in Node and on a plain page
	$(call step,the tarball in real projects)
	$(BROWSER) node --test --test-reporter=spec tests/packaging/*.test.mjs

package: install-tools node_modules/.stamp ## build the npm package into pkg/ and its tarball into target/
	$(call step,the npm package)
	scripts/package.sh

# What runs on the package needs one; only `make package` (and `make test`, before all of these) makes a new one. One from before a pull or an
# edit is used, and said to be: it may lack a file that the storefront asks for.
pkg/package.json: $(shell find src pkg-template tools/module tools/snapshot Cargo.lock scripts/package.sh scripts/{bundle,encoder,module,names,order,trap}.mjs -type f)
	@[ ! -e $@ ] || echo 'note: pkg/ is older than $(firstword $?); `make package` makes it anew'
	@[ -e $@ ] || $(MAKE) package

endpoint: install-rust
	$(call step,the CoCart endpoint for development)
	cargo build -p cocart-endpoint

docs: pkg/package.json node_modules/.stamp ## the API reference, from the types, into target/api
	$(call step,the API reference)
	scripts/reference.sh

size: pkg/package.json ## what the package weighs; fails above scripts/size-ceiling.json
	$(call step,size)
	node scripts/size.mjs

weight: pkg/package.json ## what every kilobyte of the module buys: ONLY= lists functions by pattern
	@node scripts/weight.mjs "$(CARGO_TARGET_DIR)/wasm-pack/cocart_wasm_bg.wasm" $(if $(ONLY),'$(ONLY)')

bench: pkg/package.json endpoint node_modules/.stamp install-browser ## the package beside what a storefront would use instead
	$(call step,benchmarks in Chromium)
	$(BROWSER) node benches/run.mjs

# All that the tests need, before the first of them runs.
install-all:
	@scripts/install.sh node rust browser tools

install-rust:
	@scripts/install.sh rust

install-tools:
	@scripts/install.sh node rust tools

install-browser:
	@scripts/install.sh browser

install-firefox:
	@scripts/install.sh node rust firefox tools

node_modules/.stamp: package-lock.json
	@scripts/install.sh node
	@echo "install: development tools from npm (wasm-opt, TypeScript, Playwright, bundlers; half a minute)"
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

clean: ## remove what was built
	rm -rf "$(CARGO_TARGET_DIR)" target pkg test-results
