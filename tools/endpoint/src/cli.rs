//! The command line's words.

use crate::cors::Cors;
use crate::trouble::Outage;
use clap::{Args, Parser, Subcommand};
use cocart_wasm::api::Profile;
use std::net::IpAddr;
use std::path::PathBuf;

/// A CoCart endpoint for development and tests.
#[derive(Clone, Debug, Parser)]
#[command(name = "cocart-endpoint", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The two endpoints.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Serve a shop: the engine behind HTTP, with trouble on demand.
    Serve(ServeArgs),
    /// Serve recordings of a real server, in their order.
    Replay(ReplayArgs),
}

/// Where pages and packages are.
#[derive(Clone, Debug, Args)]
pub struct Files {
    /// Folder served at `/`.
    #[arg(long, value_name = "DIR")]
    pub www: Option<PathBuf>,
    /// Folder served at `/pkg/`.
    #[arg(long, value_name = "DIR")]
    pub pkg: Option<PathBuf>,
}

/// What `serve` may be told.
#[derive(Clone, Debug, Args)]
pub struct ServeArgs {
    /// Port; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// The shop's snapshot; its pictures lie in `images` beside it.
    #[arg(long, value_name = "FILE", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/shop/snapshot.json"))]
    pub shop: PathBuf,
    /// The dialect spoken: reference, v4.3, v4.9, v5 or v5-formatted.
    #[arg(long, default_value = "v4.3", value_parser = profile)]
    pub profile: Profile,
    /// Whether CoCart's own CORS support is switched on.
    #[arg(long, value_enum, default_value_t)]
    pub cors: Cors,
    /// No demo accounts: every request is a guest's.
    #[arg(long)]
    pub no_accounts: bool,
    /// Without CoCart's JWT add-on: customers sign in by Basic auth alone.
    #[arg(long)]
    pub no_jwt: bool,
    /// Pages and packages.
    #[command(flatten)]
    pub files: Files,
    /// Milliseconds before a REST request is looked at.
    #[arg(long, value_name = "MS", default_value_t = 0)]
    pub latency: u64,
    /// How REST requests fail.
    #[arg(long, value_enum, default_value_t)]
    pub outage: Outage,
    /// The answers of this many writes get lost after the write was applied.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub lose_answers: u64,
    /// Answer REST requests with a captive portal's page.
    #[arg(long)]
    pub captive_portal: bool,
    /// A product that is out of stock, by id; may be repeated.
    #[arg(long, value_name = "ID")]
    pub out_of_stock: Vec<u64>,
}

/// What `replay` may be told.
#[derive(Clone, Debug, Args)]
pub struct ReplayArgs {
    /// The folder of recordings.
    #[arg(long)]
    pub dir: PathBuf,
    /// Port; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// This recording alone.
    #[arg(long, value_name = "NAME")]
    pub only: Option<String>,
    /// Pages and packages.
    #[command(flatten)]
    pub files: Files,
}

/// A profile by the name it has in documents.
fn profile(name: &str) -> Result<Profile, String> {
    serde_json::from_value(name.into()).map_err(|error| error.to_string())
}
