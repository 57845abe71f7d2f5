//! Makes the ten tones from their recipe: `cargo run --example make-sounds` writes `sounds/*.wav`.
#![allow(clippy::print_stdout, reason = "a program for the terminal of whoever changes the recipe")]

use std::error::Error;
use std::path::Path;

use coach::sound::synth::{Recipe, wav};
use coach::sound::tone::Tone;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sounds");
    let recipe = Recipe::parse(&std::fs::read_to_string(folder.join("recipe.toml"))?)?;
    for tone in Tone::ALL {
        let file = folder.join(format!("{tone}.wav"));
        std::fs::write(&file, wav(&recipe, tone)?)?;
        println!("{}", file.display());
    }
    Ok(())
}
