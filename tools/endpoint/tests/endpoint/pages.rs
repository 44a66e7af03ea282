//! Pages, the package and pictures.

use crate::ask::{endpoint, get};
use std::fs;

#[tokio::test]
async fn files_come_with_their_types_and_a_strict_policy() {
    let dir = std::env::temp_dir().join(format!("cocart-endpoint-pages-{}", std::process::id()));
    let (www, pkg) = (dir.join("www"), dir.join("pkg"));
    fs::create_dir_all(&www).unwrap();
    fs::create_dir_all(&pkg).unwrap();
    fs::write(www.join("index.html"), "<!doctype html>").unwrap();
    fs::write(www.join("sw.js"), "").unwrap();
    fs::write(www.join("manifest.webmanifest"), "{}").unwrap();
    fs::write(pkg.join("cart_bg.wasm"), b"\0asm").unwrap();
    let (www, pkg) = (www.to_str().unwrap(), pkg.to_str().unwrap());
    let shop = endpoint(&["serve", "--www", www, "--pkg", pkg]);
    for (address, kind) in [
        ("/", "text/html"),
        ("/sw.js", "text/javascript"),
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/pkg/cart_bg.wasm", "application/wasm"),
        ("/images/mug.svg", "image/svg+xml"),
        ("/store-snapshot.json", "application/json"),
    ] {
        let told = get(&shop, address).await;
        assert_eq!((told.status, told.header("content-type")), (200, Some(kind)), "{address}");
        assert_eq!(told.header("cache-control"), Some("no-cache"), "{address}");
        let policy = told.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'self'; script-src 'self' 'wasm-unsafe-eval';"));
    }
    assert_eq!(get(&shop, "/nothing").await.status, 404);
    assert_eq!(get(&shop, "/images/../snapshot.json").await.status, 404);
    fs::remove_dir_all(dir).unwrap();
}

#[tokio::test]
async fn the_snapshot_knows_the_shops_address() {
    let told = get(&endpoint(&["serve"]), "/store-snapshot.json").await;
    assert_eq!(told.json()["store"]["home_url"], crate::ask::BASE);
}
