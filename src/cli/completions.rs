//! `handbill completions`: completions for a shell.

use super::{Cli, Failure};
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::process::ExitCode;

/// Write completions for a shell to standard output.
///
/// For bash: handbill completions bash > ~/.local/share/bash-completion/completions/handbill
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The shell.
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    clap_complete::generate(
        arguments.shell,
        &mut Cli::command(),
        "handbill",
        &mut std::io::stdout(),
    );
    Ok(ExitCode::SUCCESS)
}
