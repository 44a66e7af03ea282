#!/usr/bin/env bash
# Writes the API reference from the package's types to target/api, as Markdown. Made on demand and not kept: the types are the source.
set -euo pipefail
cd "$(dirname "$0")/.."

# TypeDoc reads types through TypeScript 5's own API, which the compiler of the tests no longer has: it lives in a folder of its own.
tools=target/typedoc
mkdir -p "$tools"
[ -e "$tools/package.json" ] || echo '{ "private": true }' >"$tools/package.json"
[ -x "$tools/node_modules/.bin/typedoc" ] ||
    npm install --prefix "$tools" --no-audit --no-fund --silent --ignore-scripts typedoc@0.28.20 typedoc-plugin-markdown@4.14.1 typescript@5.9.3

cat >"$tools/tsconfig.json" <<'JSON'
{ "compilerOptions": { "strict": true, "noEmit": true, "target": "es2022", "module": "nodenext", "lib": ["es2023", "dom", "dom.iterable"], "types": [], "skipLibCheck": true },
  "include": ["../../pkg/*.d.ts"] }
JSON
entries=()
while IFS= read -r file; do
    entries+=("pkg/$file")
done < <(node -p 'Object.values(require("./pkg/package.json").exports).map(({ types }) => types).filter(Boolean).join("\n")')
"$tools/node_modules/.bin/typedoc" --plugin typedoc-plugin-markdown --tsconfig "$tools/tsconfig.json" --name cocart-wasm --readme none \
    --disableSources --hideGenerator --logLevel Error --out target/api "${entries[@]}"
echo "target/api/README.md"
