//! The `coach` program.

use std::process::ExitCode;

use coach::host::Host;

fn main() -> ExitCode {
    let mut host = Host::real();
    // Under cron or ssh the way to the sound server is not in the environment; it is put there while this
    // process has one thread.
    #[cfg(all(feature = "device", target_os = "linux"))]
    {
        use coach::output::device::system;
        if let Some(folder) = system::forgotten_runtime_folder(&|name| (host.environment)(name)) {
            let _adopted = system::adopt_runtime_folder(&folder);
        }
    }
    if let Err(error) = host.interrupt.listen() {
        // A session can still be played; Ctrl-C then ends it at once.
        let _ = std::io::Write::write_fmt(
            &mut host.stderr,
            format_args!("note: cannot listen for Ctrl-C: {error}\n"),
        );
    }
    coach::cli::run(std::env::args_os(), &mut host).into()
}
