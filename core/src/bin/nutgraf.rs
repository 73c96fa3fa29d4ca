//! The command line of nutgraf.

use std::io;
use std::process::ExitCode;

fn main() -> ExitCode {
    let (mut stdin, mut stdout, mut stderr) = (io::stdin().lock(), io::stdout().lock(), io::stderr().lock());
    ExitCode::from(nutgraf::cli::run(std::env::args_os().skip(1), &mut stdin, &mut stdout, &mut stderr))
}
