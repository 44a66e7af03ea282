#!/usr/bin/env bash
# Builds the npm package: the wasm module and its glue from the crate, all else from pkg-template; into pkg/ and as a tarball into target/.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${CARGO_TARGET_DIR:-$PWD/target}/wasm-pack
mkdir -p target "$out"

echo "building the module for wasm32 (minutes when nothing is cached)"
# wasm-pack stays away from wasm-opt and package.json: both are done below, with our own settings.
wasm-pack --quiet build --target web --release --no-opt --no-pack --no-typescript --out-dir "$out" --out-name cocart_wasm

# Features are named: --all-features makes a module that Node 20 refuses. Skipped while the module is the one of last time.
sum=$(sha256sum <"$out/cocart_wasm_bg.wasm")
if [ "$(cat "$out/optimized.sum" 2>/dev/null)" != "$sum" ]; then
    echo "optimizing it with wasm-opt"
    wasm-opt -Oz --converge --strip-debug --strip-producers --strip-target-features \
        --mvp-features --enable-bulk-memory --enable-bulk-memory-opt --enable-mutable-globals --enable-sign-ext \
        --enable-nontrapping-float-to-int --enable-reference-types --enable-multivalue \
        "$out/cocart_wasm_bg.wasm" -o "$out/optimized.wasm"
    echo "$sum" >"$out/optimized.sum"
fi

echo "assembling pkg/"
# Assembled beside and moved into place, so that a reader never finds half a package.
new=$(mktemp -d target/pkg.XXXXXX)
trap 'rm -rf "$new"' EXIT
chmod 755 "$new"
cp -R pkg-template/. "$new"
cp LICENSE LICENSE-MIT LICENSE-APACHE "$new"
[ -e "$new/README.md" ] || cp README.md "$new"
[ ! -e CHANGELOG.md ] || cp CHANGELOG.md "$new"
cp "$out/optimized.wasm" "$new/cocart_wasm_bg.wasm"
# The glue is generated: nobody reads it, so it ships without its spaces.
esbuild --log-level=warning --minify --format=esm --target=es2022 "$out/cocart_wasm.js" >"$new/cocart_wasm.js"
rm -rf pkg
mv "$new" pkg
trap - EXIT

crate=$(cargo pkgid -p cocart-wasm)
package=$(node -p 'require("./pkg/package.json").version')
[ "${crate##*[#@]}" = "$package" ] || { echo "Cargo.toml says ${crate##*[#@]}, pkg-template/package.json says $package" >&2; exit 1; }

rm -f target/cocart-wasm-*.tgz
npm pack ./pkg --pack-destination target --silent
