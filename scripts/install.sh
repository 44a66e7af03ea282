#!/usr/bin/env bash
# Installs what the build needs and the machine lacks; says so before it does, and is silent and quick when all is there.
# usage: scripts/install.sh node | rust | tools | browser | firefox | mutants ...
set -euo pipefail
cd "$(dirname "$0")/.."

# Tools built from crates go to a folder of their own, by version: shared by all clones, and no tool of the user's is replaced.
tools=${COCART_TOOLS:?set by the Makefile}
channel=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
oldest_node=$(sed -n 's/.*"node": ">=\(.*\)".*/\1/p' package.json)

say() { printf 'install: %s\n' "$*" >&2; }
fail() { say "$@"; exit 1; }
has() { command -v "$1" >/dev/null; }

# The system's packages that are missing for all that was asked for, in one go and first: later nobody may be there to type a password.
system() {
    local what missing=()
    for what in "$@"; do
        case $what in
            node) has node || missing+=(nodejs); has npm || missing+=(npm) ;;
            rust) has cargo || has rustup || missing+=(rustup); has cc || missing+=(gcc libc6-dev) ;;
            # A browser that was named is its owner's; otherwise both come from one place, as their versions must fit.
            browser) [ -n "${CHROMIUM:-}${CHROMEDRIVER:-}" ] || scripts/browser.sh >/dev/null 2>&1 || missing+=(chromium chromium-driver) ;;
            firefox) [ -n "${FIREFOX:-}" ] || has firefox || has firefox-esr || missing+=(firefox-esr) ;;
        esac
    done
    [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}" || by_hand "${missing[@]}"
}

apt_install() {
    local root='' package version
    has apt-get || return
    if [ "$(id -u)" != 0 ]; then
        has sudo || return
        root=sudo
    fi
    say "$*, through apt${root:+ and sudo} (a minute)"
    $root apt-get update -q || return
    for package in "$@"; do
        version=$(apt-cache policy "$package" | awk '$1 == "Candidate:" && $2 != "(none)" { print $2 }')
        [ -n "$version" ] || return
        [ "$package" != nodejs ] || dpkg --compare-versions "$version" ge "$oldest_node" || return
    done
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

by_hand() {
    local package
    say "please install what is missing and cannot be installed from here; on Debian 13, as root: apt-get install $*"
    for package in "$@"; do
        case $package in
            nodejs) say "- Node $oldest_node or later, with npm: https://nodejs.org" ;;
            rustup) say "- Rust, by rustup: https://rustup.rs" ;;
            gcc) say "- a C linker: gcc with libc's headers; on macOS: xcode-select --install" ;;
            chromium) say "- Chromium or Chrome, and chromedriver of the same version; CHROMIUM= and CHROMEDRIVER= name them where they are not on PATH" ;;
            firefox-esr) say "- Firefox; FIREFOX= names it where it is not on PATH" ;;
            *) ;;
        esac
    done
    exit 1
}

get_node() {
    local version
    version=$(node --version)
    # the smaller of the two is the oldest that will do
    [ "$(printf '%s\n' "$oldest_node" "${version#v}" | sort -V | head -n 1)" = "$oldest_node" ] ||
        fail "Node $version ($(command -v node)) is too old; $oldest_node or later is needed: https://nodejs.org"
    has npm || fail "npm is missing beside Node: https://nodejs.org"
}

get_rust() {
    if ! has rustup; then
        # A distribution's own Rust may do; it has to be this one, with the library for wasm32.
        if [ "$(rustc --version | awk '{ print $2 }')" != "$channel" ] || [ ! -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ]; then
            fail "the Rust here is neither rustup's nor $channel with its library for wasm32; please install rustup in its place: https://rustup.rs"
        fi
        return
    fi
    # Asked of rustup: cargo would fetch it without a word.
    if [ -z "${RUSTUP_TOOLCHAIN:-}" ] && [[ $(rustup toolchain list) != *"$channel"* ]]; then
        say "Rust $channel with clippy, rustfmt and its library for wasm32 (200 MB)"
        # rustup itself stays as the user has it.
        rustup toolchain install "$channel" --no-self-update --profile minimal -c clippy -c rustfmt -t wasm32-unknown-unknown
    fi
    local sysroot component
    sysroot=$(rustc --print sysroot)
    if [ ! -d "$sysroot/lib/rustlib/wasm32-unknown-unknown/lib" ]; then
        say "Rust's standard library for wasm32 (seconds)"
        rustup target add wasm32-unknown-unknown
    fi
    for component in clippy rustfmt; do
        [ -x "$sysroot/bin/cargo-${component/rustfmt/fmt}" ] || { say "$component (seconds)"; rustup component add "$component"; }
    done
}

locked_version() {
    awk -v name="\"$1\"" '$1 == "name" { found = $3 == name } found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}

get_tools() {
    # wasm-bindgen's command line must be the very version of the library the module was built with.
    local version
    version=$(locked_version wasm-bindgen)
    if [ "$(wasm-bindgen --version 2>/dev/null)" != "wasm-bindgen $version" ] || ! has wasm-bindgen-test-runner; then
        say "wasm-bindgen-cli $version, built from source (some minutes, once)"
        # Without --locked: the lock file it ships names a crate version that registries no longer resolve.
        cargo install wasm-bindgen-cli --version "$version" --root "$tools" --force --bin wasm-bindgen --bin wasm-bindgen-test-runner
    fi
    if ! has wasm-pack; then
        say "wasm-pack, built from source (some minutes, once)"
        cargo install wasm-pack --version 0.15.1 --locked --root "$tools"
    fi
}

get_browser() {
    scripts/browser.sh >/dev/null
}

get_firefox() {
    if [ -z "${GECKODRIVER:-}" ] && ! has geckodriver; then
        # No Debian has it, and its own releases are not in a registry.
        say "geckodriver, built from source (some minutes, once)"
        cargo install geckodriver --version 0.37.1 --locked --root "$tools" || cargo install geckodriver --root "$tools"
    fi
    scripts/browser.sh firefox >/dev/null
}

get_mutants() {
    has cargo-mutants && return
    say "cargo-mutants, built from source (some minutes, once)"
    cargo install cargo-mutants --version 27.1.0 --locked --root "$tools"
}

for what in "$@"; do
    case $what in
        node | rust | tools | browser | firefox | mutants) ;;
        *) fail "unknown: $what" ;;
    esac
done
system "$@"
for what in "$@"; do
    "get_$what"
done
