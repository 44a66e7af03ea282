#!/usr/bin/env bash
# The rules of ARCHITECTURE.md that the compiler does not know. Names in comments count too: prose should not lean on what code must not.
set -euo pipefail
cd "$(dirname "$0")/.."
broken=0

rule() { # rule <what> <pattern> <folder or file>...
    local what=$1 pattern=$2
    shift 2
    if grep -rnE --include='*.rs' "$pattern" "$@"; then
        echo "architecture: $what" >&2
        broken=1
    fi
}

# Only src/js, src/browser and the crate's root may name the web; JavaScript's own numbers and letters are no web.
pure=()
while IFS= read -r file; do pure+=("$file"); done < <(find src -name '*.rs' -not -path 'src/js/*' -not -path 'src/browser/*' -not -path src/lib.rs -not -path src/woo/builtin/javascript.rs)
rule "only src/js, src/browser and src/lib.rs may name a web crate" '\b(wasm_bindgen|js_sys|web_sys|serde_wasm_bindgen|gloo_[a-z]+)' "${pure[@]}"
# The cart is a function of its arguments.
rule "src/cart, src/store and src/woo read no clock, no storage and no network" \
    '\b(SystemTime|Instant::now|crate::(ports|sync|js|browser))\b' src/cart src/store src/woo
# Routes and documents are made from the cart, and the cart from what is known of the shop; never the other way round.
rule "src/store, src/woo and src/value know no cart" '\bcrate::cart\b' src/store src/woo src/value
rule "src/cart, src/store, src/woo and src/value know no route and no document" '\bcrate::api\b' src/cart src/store src/woo src/value

# A panic traps at once in the package (scripts/trap.mjs), and so does whoever writes what only its message would say.
rule "nothing is written by Debug" ':#?\?\}' src

# A file is read in one sitting. Reported, not refused: a table of routes may be long for a good reason.
find benches pkg-template scripts src tests tools www -name '*.[rjmct]*s' -not -path '*/node_modules/*' \
    -exec awk 'FNR == 1 { if (lines > 400) long(); name = FILENAME } { lines = FNR } END { if (lines > 400) long() }
        function long() { print "architecture: note: " name " has " lines " lines (about 400 is the aim)" }' {} +

[ $broken = 0 ] || exit 1
echo "architecture: the rules hold in ${#pure[@]} pure files"
