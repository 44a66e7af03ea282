//! The command line of the endpoint.

use clap::Parser as _;
use cocart_endpoint::cli::{Cli, Command};
use cocart_endpoint::{listen, replay, serve};
use std::error::Error;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let command = Cli::parse().command;
    let (host, port) = match &command {
        Command::Serve(args) => (args.host, args.port),
        Command::Replay(args) => (args.host, args.port),
    };
    let taken = |error| format!("{host}:{port}: {error}; another port: --port, or make demo PORT=");
    let listener = listen::bind(host, port).await.map_err(taken)?;
    let base = format!("http://{}", listener.local_addr()?);
    let router = match &command {
        Command::Serve(args) => serve::router(args, &base)?,
        Command::Replay(args) => replay::router(args, &base)?,
    };
    announce(&base);
    tokio::select! {
        ended = listen::serve(listener, router) => Ok(ended?),
        stopped = tokio::signal::ctrl_c() => Ok(stopped?),
    }
}

#[allow(clippy::print_stdout, reason = "who started it waits for this line")]
fn announce(address: &str) {
    println!("{address}");
}
