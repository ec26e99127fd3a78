//! `handbill health`: whether the server on this machine answers.

use super::Failure;
use super::address::{Address, reachable};
use clap::Args;
use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::process::ExitCode;
use std::time::Duration;

/// How long the server may take for each step of an answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Ask the server on this machine whether it is well; for container health checks.
///
/// Exits with 0 when it answers on /healthz, 1 when it does not.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    address: Address,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    match ask(&arguments.address.listen) {
        Ok(status) if status.starts_with("HTTP/1.1 200 ") => Ok(ExitCode::SUCCESS),
        Ok(status) => {
            let status = status.lines().next().unwrap_or_default();
            eprintln!("{} answers {status:?}", arguments.address.listen);
            Ok(ExitCode::FAILURE)
        }
        Err(error) => {
            eprintln!("{} does not answer: {error}", arguments.address.listen);
            Ok(ExitCode::FAILURE)
        }
    }
}

fn ask(listen: &str) -> std::io::Result<String> {
    let mut address = listen
        .to_socket_addrs()?
        .next()
        .ok_or(std::io::ErrorKind::NotFound)?;
    address = reachable(address);
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.take(4096).read_to_string(&mut answer)?;
    Ok(answer)
}
