#!/usr/bin/env bash
# Finds Chromium and its driver (CHROMIUM= and CHROMEDRIVER= name others) and prints them as exports for a shell's eval,
# after writing the webdriver.json that wasm-bindgen's test runner reads: the browser's path and arguments differ by machine and user.
# `scripts/browser.sh firefox` does the same for Firefox and geckodriver (FIREFOX= and GECKODRIVER=).
set -euo pipefail
cd "$(dirname "$0")/.."

find_first() {
    local name
    for name in "$@"; do
        command -v "$name" && return
    done
    return 1
}

if [ "${1:-}" = firefox ]; then
    firefox=${FIREFOX:-$(find_first firefox firefox-esr)} || { echo "no Firefox found; FIREFOX=/path/to/it names one" >&2; exit 1; }
    driver=${GECKODRIVER:-$(find_first geckodriver)} || { echo "no geckodriver found; GECKODRIVER=/path/to/it names one" >&2; exit 1; }
    mkdir -p target
    cat > target/webdriver-firefox.json <<JSON
{ "moz:firefoxOptions": { "binary": "$(command -v "$firefox")", "args": ["-headless"], "prefs": { "app.normandy.enabled": false, "datareporting.policy.dataSubmissionEnabled": false } } }
JSON
    printf 'unset CHROMEDRIVER; export FIREFOX=%q GECKODRIVER=%q WASM_BINDGEN_TEST_WEBDRIVER_JSON=%q\n' "$firefox" "$driver" "$PWD/target/webdriver-firefox.json"
    exit
fi

chromium=${CHROMIUM:-$(find_first chromium chromium-browser google-chrome google-chrome-stable)} ||
    { echo "no Chromium found; CHROMIUM=/path/to/it names one" >&2; exit 1; }
driver=${CHROMEDRIVER:-$(find_first chromedriver)} ||
    { echo "no chromedriver found; CHROMEDRIVER=/path/to/it names one" >&2; exit 1; }
for program in "$chromium" "$driver"; do
    [ -x "$program" ] || { echo "$program cannot be run" >&2; exit 1; }
done

args='"--headless", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"'
# Chromium refuses its sandbox to root, and only to root.
[ "$(id -u)" != 0 ] || args+=', "--no-sandbox"'

mkdir -p target
cat > target/webdriver.json <<JSON
{ "goog:chromeOptions": { "binary": "$chromium", "args": [$args] } }
JSON

printf 'export CHROMIUM=%q CHROMEDRIVER=%q WASM_BINDGEN_TEST_WEBDRIVER_JSON=%q\n' "$chromium" "$driver" "$PWD/target/webdriver.json"
