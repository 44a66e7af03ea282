//! The snapshots that recordings start from, as files: for a replay outside of this process.

use crate::recording::{ReadError, Recording};
use crate::shop::Source;
use serde_json::{Map, Value};
use std::path::Path;

/// Writes each distinct snapshot once, and `index.json`: recording → file.
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
    save(&folder.join("index.json"), &index.into())
}

fn save(path: &Path, document: &Value) -> Result<(), ReadError> {
    std::fs::write(path, document.to_string()).map_err(|e| ReadError::Io(path.into(), e))
}
