#!/usr/bin/env bash
# Replays the repository's own recordings and holds what was once reached: fewer equal steps than the floor is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
read -r floor <scripts/conformance-floor

# The command itself fails as long as anything differs; here its last line is what counts.
report=$(cargo run -q --profile native -p conformance -- --dir tests/golden) || true
last=$(tail -n 1 <<<"$report")
echo "$last"
[[ $last =~ ^conformance:\ ([0-9]+)\ of\ ([0-9]+)\ steps ]] || { echo "$report" | tail -n 20; echo "conformance: no verdict" >&2; exit 1; }
equal=${BASH_REMATCH[1]}
if ((equal < floor)); then
    head -n 40 <<<"$report"
    echo "conformance: $equal equal steps; the floor in scripts/conformance-floor is $floor" >&2
    exit 1
fi
((equal == floor)) || echo "conformance: better than the floor of $floor; write $equal into scripts/conformance-floor"
