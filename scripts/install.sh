#!/usr/bin/env bash
# Installs what the build needs and the machine lacks; says so before it does, and is silent and quick when all is there.
# usage: scripts/install.sh rust | tools | browser | firefox | mutants ...
set -euo pipefail
cd "$(dirname "$0")/.."

# Tools built from crates go to a folder of their own, by version: shared by all clones, and no tool of the user's is replaced.
tools=${COCART_TOOLS:?set by the Makefile}

say() { printf 'install: %s\n' "$*" >&2; }
fail() { printf 'install: %s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null; }

apt_install() {
    local sudo=()
    [ "$(id -u)" = 0 ] || sudo=(sudo)
    has apt-get || fail "this is not a Debian; please install $* yourself (CONTRIBUTING.md says how)"
    [ ${#sudo[@]} = 0 ] || has sudo || fail "please install $* as root: apt-get install -y $*"
    "${sudo[@]}" apt-get update -q
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

rust() {
    has cargo || fail "Rust is missing; please install rustup (https://rustup.rs)"
    if ! cargo --version >/dev/null 2>&1; then
        say "the Rust toolchain named in rust-toolchain.toml (a minute)"
        # rustup itself stays as the user has it.
        rustup toolchain install "$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)" --no-self-update --profile minimal -c clippy -c rustfmt
    fi
    local sysroot
    sysroot=$(rustc --print sysroot)
    if [ ! -d "$sysroot/lib/rustlib/wasm32-unknown-unknown/lib" ]; then
        say "Rust's standard library for wasm32 (seconds)"
        rustup target add wasm32-unknown-unknown
    fi
    local component
    for component in clippy rustfmt; do
        [ -x "$sysroot/bin/cargo-${component/rustfmt/fmt}" ] || { say "$component (seconds)"; rustup component add "$component"; }
    done
    has cc || { say "a C linker for Rust, through apt (a minute)"; apt_install gcc libc6-dev; }
}

locked_version() {
    awk -v name="\"$1\"" '$1 == "name" { found = $3 == name } found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}

tools() {
    # wasm-bindgen's command line must be the very version of the library the module was built with.
    local version
    version=$(locked_version wasm-bindgen)
    if [ "$(wasm-bindgen --version 2>/dev/null)" != "wasm-bindgen $version" ] || ! has wasm-bindgen-test-runner; then
        say "wasm-bindgen-cli $version, built from source (some minutes)"
        # Without --locked: the lock file it ships names a crate version that registries no longer resolve.
        cargo install wasm-bindgen-cli --version "$version" --root "$tools" --force
    fi
    if ! has wasm-pack; then
        say "wasm-pack, built from source (some minutes)"
        cargo install wasm-pack --version 0.15.1 --locked --root "$tools"
    fi
}

browser() {
    if ! scripts/browser.sh >/dev/null 2>&1; then
        say "Chromium and its driver, through apt (a minute)"
        apt_install chromium chromium-driver
        scripts/browser.sh >/dev/null
    fi
}

firefox() {
    has firefox || has firefox-esr || { say "Firefox, through apt (a minute)"; apt_install firefox-esr; }
    if ! has geckodriver; then
        # No Debian has it, and its own releases are not in a registry.
        say "geckodriver, built from source (some minutes)"
        cargo install geckodriver --version 0.37.1 --locked --root "$tools" || cargo install geckodriver --root "$tools"
    fi
    scripts/browser.sh firefox >/dev/null
}

mutants() {
    has cargo-mutants && return
    say "cargo-mutants, built from source (some minutes)"
    cargo install cargo-mutants --version 27.1.0 --locked --root "$tools"
}

for what in "$@"; do
    case $what in
        rust | tools | browser | firefox | mutants) "$what" ;;
        *) fail "unknown: $what" ;;
    esac
done
