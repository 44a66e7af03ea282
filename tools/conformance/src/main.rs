//! The conformance command: every step that differs on a line, then the count.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it is a command")]

use clap::Parser;
use conformance::recording::{self, ReadError};
use conformance::replay::{self, Outcome};
use conformance::shop::Source;
use conformance::snapshots;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

/// Replays recordings of a real CoCart server against the engine.
#[derive(Parser)]
struct Options {
    /// The folder of recordings.
    #[arg(long)]
    dir: PathBuf,
    /// The folder with `catalog.json` and `settings.json`; the recordings' own by default.
    #[arg(long)]
    catalog: Option<PathBuf>,
    /// A part named in the folder's `index.json`.
    #[arg(long)]
    part: Option<String>,
    /// A regular expression on names.
    #[arg(long)]
    only: Option<regex::Regex>,
    /// Writes the snapshots that the recordings start from into this folder, instead of
    /// replaying: `index.json` names each recording's file, `excused.json` what is not compared.
    #[arg(long)]
    snapshots: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options) -> Result<bool, ReadError> {
    let catalog = options.catalog.as_ref().unwrap_or(&options.dir);
    let source = Source::read(catalog)?;
    let in_part = parts(options)?;
    let mut asked = recording::read_folder(&options.dir)?;
    asked.retain(|recording| {
        options.only.as_ref().is_none_or(|only| only.is_match(&recording.name))
            && in_part.as_ref().is_none_or(|names| names.contains(&recording.name))
    });
    if let Some(folder) = &options.snapshots {
        return snapshots::write(&source, &asked, folder).map(|()| true);
    }
    let (mut steps, mut equal, mut recordings, mut whole) = (0, 0, 0, 0);
    let mut defects: BTreeMap<&str, usize> = BTreeMap::new();
    let mut server_only: BTreeMap<&str, usize> = BTreeMap::new();
    for recording in asked {
        recordings += 1;
        let mut all_equal = true;
        for (at, outcome) in replay::run(&source, &recording) {
            match outcome {
                Outcome::Defect(defect) => *defects.entry(defect.what).or_default() += 1,
                Outcome::ServerOnly(reason) => *server_only.entry(reason).or_default() += 1,
                Outcome::Equal => {
                    steps += 1;
                    equal += 1;
                }
                Outcome::Different(difference) => {
                    steps += 1;
                    all_equal = false;
                    println!(
                        "{}#{at} {} expected {} got {}",
                        recording.name, difference.pointer, difference.expected, difference.got
                    );
                }
            }
        }
        whole += usize::from(all_equal);
    }
    for (what, count) in &defects {
        println!("defect of the server, answered as the reference promises: {count} × {what}");
    }
    for (reason, count) in &server_only {
        println!("only the server can know: {count} × {reason}");
    }
    println!("conformance: {equal} of {steps} steps equal, {whole} of {recordings} recordings");
    Ok(equal == steps)
}

/// The names of the recordings of the wanted part.
fn parts(options: &Options) -> Result<Option<Vec<String>>, ReadError> {
    let Some(part) = &options.part else { return Ok(None) };
    let index: serde_json::Value = recording::read_json(&options.dir.join("index.json"))?;
    let recordings =
        index.get("recordings").and_then(|r| r.as_object()).cloned().unwrap_or_default();
    let named = recordings
        .into_iter()
        .filter(|(_, about)| about.get("part").and_then(|p| p.as_str()) == Some(part));
    Ok(Some(named.map(|(name, _)| name).collect()))
}
