//! What a replay outside of this process needs, as files: the snapshots that recordings start from, and what is not compared.

use crate::recording::{ReadError, Recording, Step};
use crate::shop::Source;
use crate::{defects, ignore};
use serde_json::{Map, Value, json};
use std::path::Path;

/// Writes each distinct snapshot once; `index.json`: recording → file; and `excused.json`: which steps show which defect of the
/// server, which places of a document and which headers are not compared by value.
///
/// # Errors
/// When the folder cannot be written.
pub fn write(source: &Source, recordings: &[Recording], folder: &Path) -> Result<(), ReadError> {
    std::fs::create_dir_all(folder).map_err(|e| ReadError::Io(folder.into(), e))?;
    let mut written: Vec<(Value, String)> = Vec::new();
    let mut index = Map::new();
    for recording in recordings {
        let snapshot = serde_json::to_value(source.snapshot(recording))
            .map_err(|e| ReadError::Json(folder.into(), e))?;
        let known = written.iter().find(|(own, _)| *own == snapshot).map(|(_, file)| file.clone());
        let file = match known {
            Some(file) => file,
            None => {
                let file = format!("{}.json", recording.name);
                save(&folder.join(&file), &snapshot)?;
                written.push((snapshot, file.clone()));
                file
            }
        };
        index.insert(recording.name.clone(), file.into());
    }
    save(&folder.join("index.json"), &index.into())?;
    let excused = json!({
        "defects": recordings.iter().map(|own| (own.name.clone(), defects_in(own).into())).collect::<Map<_, Value>>(),
        "pointers": ignore::pointers().collect::<Vec<_>>(),
        "headers": ignore::headers().map(|(name, how)| (name.into(), format!("{how:?}").into())).collect::<Map<_, _>>(),
    });
    save(&folder.join("excused.json"), &excused)
}

/// The defects that a recording shows, by the position of the step.
fn defects_in(recording: &Recording) -> Map<String, Value> {
    let shown = |(at, step): (usize, &Step)| match step {
        Step::Request { request, response } => {
            Some((at.to_string(), defects::find(request, response)?.what.into()))
        }
        Step::Admin { .. } => None,
    };
    recording.steps.iter().enumerate().filter_map(shown).collect()
}

fn save(path: &Path, document: &Value) -> Result<(), ReadError> {
    std::fs::write(path, document.to_string()).map_err(|e| ReadError::Io(path.into(), e))
}
