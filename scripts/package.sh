#!/usr/bin/env bash
# Builds the npm package: the wasm module and its glue from the crate, all else from pkg-template; into pkg/ and as a tarball into target/.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${CARGO_TARGET_DIR:-$PWD/target}/wasm-pack
mkdir -p target "$out"

# Panics know their place by a path. As it is on this machine it would move what stands behind it, and with that what gzip leaves: the same
# sources were 300 bytes apart between two homes.
cargo fetch --quiet --target wasm32-unknown-unknown
registry=${CARGO_HOME:-$HOME/.cargo}/registry/src
library=$(rustc --print sysroot)/lib/rustlib/src/rust
remap=--remap-path-prefix=$library=/rustc/$(rustc -vV | sed -n 's/^commit-hash: //p')
for crates in "$registry"/*; do
    remap+=$'\x1f'--remap-path-prefix=$crates=/crates
done
export CARGO_ENCODED_RUSTFLAGS=$remap

echo "building the module for wasm32 (minutes when nothing is cached)"
# wasm-pack stays away from wasm-opt and package.json: both are done below, with our own settings.
wasm-pack --quiet build tools/module --target web --release --no-opt --no-pack --no-typescript --out-dir "$out" --out-name cocart_wasm

# The snapshot command's importer: a module of its own, so that no storefront downloads it.
importer=${CARGO_TARGET_DIR:-$PWD/target}/wasm-pack-snapshot
wasm-pack --quiet build tools/snapshot --target web --release --no-opt --no-pack --no-typescript --out-dir "$importer" --out-name snapshot_wasm

# Features are named: --all-features makes a module that Node 20 refuses.
features=(--mvp-features --enable-bulk-memory --enable-bulk-memory-opt --enable-mutable-globals --enable-sign-ext
    --enable-nontrapping-float-to-int --enable-reference-types --enable-multivalue)
strip=(--strip-debug --strip-producers --strip-target-features)
# Skipped while the module is the one of last time.
optimize() { # optimize <folder> <module> <options>...
    local folder=$1 module=$1/$2 sum
    shift 2
    sum=$(cat "$module" scripts/{module,trap,order}.mjs | git hash-object --stdin)$*
    [ "$(cat "$folder/optimized.sum" 2>/dev/null)" != "$sum" ] || return 0
    echo "optimizing ${module##*/} with wasm-opt"
    node scripts/trap.mjs "$module" "$folder/trapping.wasm"
    wasm-opt "$@" "${strip[@]}" "${features[@]}" "$folder/trapping.wasm" -o "$folder/small.wasm"
    node scripts/order.mjs "$folder/small.wasm" "$folder/ordered.wasm"
    wasm-opt --reorder-functions-by-name "${strip[@]}" "${features[@]}" "$folder/ordered.wasm" -o "$folder/optimized.wasm"
    echo "$sum" >"$folder/optimized.sum"
}
# Chosen by what gzip leaves, not by raw bytes: the smallest functions, inlined everywhere, pack better than the calls to them.
optimize "$out" cocart_wasm_bg.wasm -O3 --always-inline-max-function-size 3 --flexible-inline-max-function-size 4 --one-caller-inline-max-function-size 20
optimize "$importer" snapshot_wasm_bg.wasm -Os

echo "assembling pkg/"
# Assembled beside and moved into place, so that a reader never finds half a package.
new=$(mktemp -d target/pkg.XXXXXX)
trap 'rm -rf "$new"' EXIT
chmod 755 "$new"
cp -R pkg-template/. "$new"
cp CHANGELOG.md LICENSE LICENSE-MIT LICENSE-APACHE "$new"
cp "$out/optimized.wasm" "$new/cocart_wasm_bg.wasm"
# What the browser loads ships packed, without its spaces and comments; types and documentation stay beside it.
cp "$out/cocart_wasm.js" "$new"
node scripts/encoder.mjs "$new/cocart_wasm.js"
node scripts/names.mjs "$new/cocart_wasm_bg.wasm" "$new/cocart_wasm.js"
node scripts/bundle.mjs "$new"
cp "$importer/optimized.wasm" "$new/cli/snapshot_wasm_bg.wasm"
esbuild --log-level=warning --minify --format=esm --target=es2022 "$importer/snapshot_wasm.js" >"$new/cli/snapshot_wasm.js"
chmod 755 "$new/cli/main.js"
if grep -qaF -e "$registry" -e "$library" "$new"/*.wasm "$new"/cli/*.wasm; then
    echo "a module names folders of this machine" >&2
    exit 1
fi
rm -rf pkg
mv "$new" pkg
trap - EXIT

crate=$(cargo pkgid -p cocart-wasm)
package=$(node -p 'require("./pkg/package.json").version')
[ "${crate##*[#@]}" = "$package" ] || { echo "Cargo.toml says ${crate##*[#@]}, pkg-template/package.json says $package" >&2; exit 1; }

rm -f target/cocart-wasm-*.tgz
npm pack ./pkg --pack-destination target --silent
