//! Puts the builtin voice's files where the binary can embed them.

#![allow(clippy::disallowed_methods, reason = "cargo speaks to a build script through the environment")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use cargo_metadata::{CargoOpt, Metadata, MetadataCommand};

/// The package that carries the voice files, and where in it they stand.
const PACKAGE: &str = "ttspico-sys";
const FOLDER: &str = "build/pico/lang";

/// Of each accent the text analysis and the sound generation.
const FILES: [&str; 12] = [
    "en-US_ta.bin",
    "en-US_lh0_sg.bin",
    "en-GB_ta.bin",
    "en-GB_kh0_sg.bin",
    "de-DE_ta.bin",
    "de-DE_gl0_sg.bin",
    "es-ES_ta.bin",
    "es-ES_zl0_sg.bin",
    "fr-FR_ta.bin",
    "fr-FR_nk0_sg.bin",
    "it-IT_ta.bin",
    "it-IT_cm0_sg.bin",
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var_os("CARGO_FEATURE_BUILTIN_VOICE").is_none() {
        return Ok(());
    }
    // The package's folder can only change together with the lock file.
    println!("cargo::rerun-if-changed=Cargo.lock");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let voices = package_folder()?.join(FOLDER);
    for file in FILES {
        let from = voices.join(file);
        let bytes = fs::read(&from).map_err(|error| format!("can't read {}: {error}", from.display()))?;
        fs::write(out.join(file), bytes)?;
    }
    Ok(())
}

/// The folder of [`PACKAGE`]'s source, wherever this build takes it from (registry, vendored, patched).
fn package_folder() -> Result<PathBuf, Box<dyn Error>> {
    // Without the network first; a build may have fetched only its own packages, then cargo gets the rest.
    let metadata = metadata("--frozen").or_else(|_| metadata("--locked"))?;
    let package = metadata
        .packages
        .iter()
        .find(|package| package.name == PACKAGE)
        .ok_or("the builtin voice's package is not among the dependencies; run `cargo fetch`")?;
    let folder = package.manifest_path.parent().ok_or("its manifest stands in no folder")?;
    Ok(Path::new(folder).to_owned())
}

/// What cargo says about the packages of this build, without changing the lock file.
fn metadata(lock: &str) -> Result<Metadata, Box<dyn Error>> {
    let only_this_platform = ["--filter-platform".to_owned(), env::var("TARGET")?, lock.to_owned()];
    Ok(MetadataCommand::new()
        .cargo_path(env::var("CARGO")?)
        .manifest_path(Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("Cargo.toml"))
        .features(CargoOpt::NoDefaultFeatures)
        .features(CargoOpt::SomeFeatures(vec!["builtin-voice".into()]))
        .other_options(only_this_platform)
        .exec()?)
}
