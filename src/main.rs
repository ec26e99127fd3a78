//! The `handbill` program: reads the arguments, runs the command, tells why it failed.

use clap::Parser;
use handbill::cli::Cli;
use std::process::ExitCode;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("handbill: {error}");
            let mut cause = error.source();
            while let Some(error) = cause {
                eprintln!("  because {error}");
                cause = error.source();
            }
            ExitCode::from(2)
        }
    }
}
