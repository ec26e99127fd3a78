//! Which IP addresses are on the public internet: a source elsewhere would let whoever names it, or
//! whoever answers with a redirect, look at the machine and the network that handbill runs in.
//!
//! After the IANA special-purpose registries for IPv4 and IPv6 (RFC 6890). An IPv6 address that
//! carries an IPv4 one is judged by that.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An IPv4 block that is not public: its first address, the length of its prefix, what it is.
type Block = (Ipv4Addr, u32, &'static str);

const SPECIAL_V4: &[Block] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8, "an address of this network"),
    (Ipv4Addr::new(10, 0, 0, 0), 8, PRIVATE),
    (Ipv4Addr::new(100, 64, 0, 0), 10, "a provider's own address"),
    (Ipv4Addr::new(127, 0, 0, 0), 8, LOOPBACK),
    (
        Ipv4Addr::new(168, 63, 129, 16),
        32,
        "the host of a virtual machine at Azure",
    ),
    (Ipv4Addr::new(169, 254, 0, 0), 16, LINK_LOCAL),
    (Ipv4Addr::new(172, 16, 0, 0), 12, PRIVATE),
    (Ipv4Addr::new(192, 0, 0, 0), 24, RESERVED),
    (Ipv4Addr::new(192, 0, 2, 0), 24, DOCUMENTATION),
    (Ipv4Addr::new(192, 88, 99, 0), 24, RESERVED),
    (Ipv4Addr::new(192, 168, 0, 0), 16, PRIVATE),
    (
        Ipv4Addr::new(198, 18, 0, 0),
        15,
        "an address for measurements",
    ),
    (Ipv4Addr::new(198, 51, 100, 0), 24, DOCUMENTATION),
    (Ipv4Addr::new(203, 0, 113, 0), 24, DOCUMENTATION),
    (Ipv4Addr::new(224, 0, 0, 0), 4, MULTICAST),
    (Ipv4Addr::new(240, 0, 0, 0), 4, RESERVED),
];

const LOOPBACK: &str = "a loopback address";
const LINK_LOCAL: &str = "a link-local address";
const PRIVATE: &str = "a private address";
const DOCUMENTATION: &str = "an address for documentation";
const MULTICAST: &str = "a multicast address";
const RESERVED: &str = "a reserved address";

/// What an address is when it is not on the public internet; `None` when it is.
pub(super) fn not_public(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => not_public_v4(address),
        IpAddr::V6(address) => not_public_v6(address),
    }
}

fn not_public_v4(address: Ipv4Addr) -> Option<&'static str> {
    let block = SPECIAL_V4.iter().find(|(first, length, _)| {
        let ignored = 32 - length;
        address.to_bits() >> ignored == first.to_bits() >> ignored
    });
    block.map(|(_, _, what)| *what)
}

/// Only `2000::/3` is handed out; what is not named here is refused as well.
fn not_public_v6(address: Ipv6Addr) -> Option<&'static str> {
    let segments = address.segments();
    let embedded = |high: u16, low: u16| {
        not_public_v4(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)))
    };
    match segments {
        // IPv4-mapped (RFC 4291 §2.5.5.2), and NAT64's well-known prefix (RFC 6052 §2.1).
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            embedded(high, low)
        }
        // 6to4 (RFC 3056 §2).
        [0x2002, high, low, ..] => embedded(high, low),
        [0, 0, 0, 0, 0, 0, 0, 1] => Some(LOOPBACK),
        [0xfc00..=0xfdff, ..] => Some("a unique local address"),
        [0xfe80..=0xfebf, ..] => Some(LINK_LOCAL),
        [0xff00..=0xffff, ..] => Some(MULTICAST),
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0x0fff, ..] => Some(DOCUMENTATION),
        // Teredo, benchmarking, ORCHID and the rest of 2001::/23 (RFC 2928).
        [0x2001, 0..=0x01ff, ..] => Some(RESERVED),
        [0x2000..=0x3fff, ..] => None,
        _ => Some(RESERVED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(addresses: &[&str], expected: Option<&str>) {
        for address in addresses {
            let parsed: IpAddr = address.parse().expect("an address");
            assert_eq!(not_public(parsed), expected, "{address}");
        }
    }

    #[test]
    fn servers_of_the_internet_are_public() {
        let addresses = [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2a01:4f8::1",
            "2001:200::1",
            "2001:4860:4860::8888",
        ];
        check(&addresses, None);
    }

    #[test]
    fn the_own_machine_and_network_are_not() {
        check(&["127.0.0.1", "127.255.255.254", "::1"], Some(LOOPBACK));
        let private = [
            "10.0.0.1",
            "10.255.255.255",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
        ];
        check(&private, Some(PRIVATE));
        let link_local = ["169.254.0.1", "169.254.169.254", "fe80::1", "febf::1"];
        check(&link_local, Some(LINK_LOCAL));
        check(
            &["fc00::1", "fd00:ec2::254"],
            Some("a unique local address"),
        );
        check(&["0.0.0.0", "0.1.2.3"], Some("an address of this network"));
        check(
            &["100.64.0.1", "100.100.100.200", "100.127.255.255"],
            Some("a provider's own address"),
        );
        check(
            &["168.63.129.16"],
            Some("the host of a virtual machine at Azure"),
        );
    }

    #[test]
    fn addresses_for_special_purposes_are_not() {
        let documentation = [
            "192.0.2.1",
            "198.51.100.7",
            "203.0.113.255",
            "2001:db8::1",
            "3fff::1",
        ];
        check(&documentation, Some(DOCUMENTATION));
        check(
            &["198.18.0.1", "198.19.255.255"],
            Some("an address for measurements"),
        );
        check(&["224.0.0.1", "239.1.1.1", "ff02::1"], Some(MULTICAST));
        let reserved = [
            "192.0.0.192",
            "192.88.99.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "2001::1",
            "2001:2::1",
            "2001:10::1",
            "fec0::1",
            "100::1",
            "5f00::1",
            "4000::1",
            "64:ff9b:1::808:808",
            "::127.0.0.1",
            "::8.8.8.8",
            "::ffff:0:127.0.0.1",
        ];
        check(&reserved, Some(RESERVED));
    }

    #[test]
    fn an_embedded_ipv4_address_is_judged_by_itself() {
        let loopback = ["::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::127.0.0.1"];
        check(&loopback, Some(LOOPBACK));
        check(&["::ffff:169.254.169.254"], Some(LINK_LOCAL));
        let public = ["::ffff:8.8.8.8", "2002:808:808::1", "64:ff9b::8.8.8.8"];
        check(&public, None);
    }
}
