#!/usr/bin/env bash
# Replays the repository's own recordings and holds what was once reached: fewer equal steps than the floor is a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
below=0

while read -r folder floor; do
    # The command itself fails as long as anything differs; here its last line is what counts.
    report=$(cargo run -q --profile native -p conformance -- --dir "$folder" </dev/null) || true
    last=$(tail -n 1 <<<"$report")
    echo "$folder: $last"
    [[ $last =~ ^conformance:\ ([0-9]+)\ of\ ([0-9]+)\ steps ]] || { echo "$folder: no verdict" >&2; exit 1; }
    equal=${BASH_REMATCH[1]}
    if ((equal < floor)); then
        head -n 40 <<<"$report" | cut -c 1-300
        echo "$folder: $equal equal steps; the floor in scripts/conformance-floor is $floor" >&2
        below=1
    elif ((equal > floor)); then
        echo "$folder: better than the floor of $floor; write $equal into scripts/conformance-floor"
    fi
done <scripts/conformance-floor
exit $below
