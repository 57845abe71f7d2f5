//! `coach new`: a routine of one's own, from a commented starter or from another routine.

use std::path::Path;

use crate::library::{Found, Library, Origin};
use crate::routine::parse_among;

use super::args::NewArgs;
use super::check::counted;
use super::own_file::{name_of, refused, tell_next, title_of, write};
use super::prepare::find;
use super::report::{Failure, Report};
use super::schema;

/// The routine to begin with; `TITLE` and `NAME` are filled in.
const STARTER: &str = include_str!("starter.toml");

pub(super) fn new(args: &NewArgs, report: &mut Report<'_>) -> Result<(), Failure> {
    let folder = report.host().folders.routines();
    let name = name_of(&args.name, "coach new slow-hips", &folder)?;
    let file = folder.join(format!("{name}.toml"));
    let (text, about) = match &args.from {
        Some(from) => copy_of(from, &name, &file, report)?,
        None => (starter(&name, &args.name), None),
    };
    write(&folder, &file, &text).map_err(|error| refused(&error, &name, &file))?;
    report.result(file.display())?;
    report.flush()?;
    if let Some(about) = about {
        report.status(about);
    }
    schema::refresh(&folder, report);
    tell_next(&name, report);
    Ok(())
}

/// The starter under its name.
fn starter(name: &str, typed: &str) -> String {
    STARTER.replace("NAME", name).replace("TITLE", &title_of(typed))
}

/// The text of another routine as it stands, and what to know about it where it is to be.
fn copy_of(
    from: &str,
    name: &str,
    file: &Path,
    report: &mut Report<'_>,
) -> Result<(String, Option<String>), Failure> {
    let original = find(from, report)?;
    let copy = Found {
        id: name.to_owned(),
        origin: Origin::Own(file.to_owned()),
        file: file.display().to_string(),
        text: original.text.clone(),
    };
    let own = report.host().folders.routines();
    let library = Library { own_folder: Some(&own) };
    let problems = |found: &Found| parse_among(&found.source(), &library).err().map_or(0, |all| all.len());
    let about = match parse_among(&copy.source(), &library) {
        Ok(routine) => {
            format!("its title is still \"{}\": change it near the top of the file", routine.title)
        }
        Err(all) if all.len() == problems(&original) => {
            format!("the copy has {}, as the original has", counted(all.len(), "problem"))
        }
        Err(all) => format!(
            "the copy has {}: from its new place it does not find what it takes from other files",
            counted(all.len(), "problem")
        ),
    };
    Ok((original.text, Some(about)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routine::parse_routine;

    #[test]
    fn every_name_makes_a_starter_without_a_problem() {
        for typed in ["x", "Mary's knees", "9", "NAME TITLE", "a b c"] {
            let text = starter("n", typed);
            assert_eq!(parse_routine("n", &text).map(|routine| routine.exercises.len()), Ok(2), "{typed}");
        }
    }
}
