//! Over a real socket: what a dropped connection looks like.

use crate::ask::{ADD, control, count, endpoint};
use cocart_endpoint::listen;
use serde_json::json;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Sends a request and reads until the other side hangs up.
async fn say(to: SocketAddr, line: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(to).await.unwrap();
    let request = format!(
        "{line} HTTP/1.1\r\nhost: {to}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    // a connection reset is a way of hanging up too
    let _ = stream.read_to_string(&mut answer).await;
    answer
}

#[tokio::test]
async fn an_answer_comes_and_a_lost_one_does_not() {
    let shop = endpoint(&["serve"]);
    let listener = listen::bind(IpAddr::V4(Ipv4Addr::LOCALHOST), 0).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(listen::serve(listener, shop.clone()));

    let line = format!("POST {ADD}?cart_key=k1");
    let body = json!({ "id": "145", "quantity": "1" }).to_string();
    let answer = say(address, &line, &body).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("cocart-api-cart-key: k1\r\n"), "{answer}");

    control(&shop, json!({ "lose_answers": 1 })).await;
    assert_eq!(say(address, &line, &body).await, "", "not one byte");
    assert_eq!(count(&shop, "k1").await, 2);

    control(&shop, json!({ "outage": "drop" })).await;
    assert_eq!(say(address, "GET /wp-json/cocart/v2/cart", "").await, "");
    assert!(say(address, "GET /__control", "").await.contains("\"refused\":1"));
}
