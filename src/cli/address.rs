//! The address that the server listens on, as the commands that need it are told.

use clap::Args;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Where the server listens.
#[derive(Debug, Args)]
pub(super) struct Address {
    /// The address and port that the server listens on; with port 0 it picks a free one and prints
    /// it.
    #[arg(
        long,
        env = "HANDBILL_LISTEN",
        value_name = "ADDR:PORT",
        default_value = "127.0.0.1:8080"
    )]
    pub(super) listen: String,
}

/// An address that this machine can open: "all addresses" is none.
pub(super) fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(if address.is_ipv4() {
            IpAddr::V4(Ipv4Addr::LOCALHOST)
        } else {
            IpAddr::V6(Ipv6Addr::LOCALHOST)
        });
    }
    address
}
