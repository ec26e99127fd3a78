//! Where the database is, how it is reached, and what to say when it is not.

use crate::history::ledger::LedgerError;
use postgres::config::{Host, SslMode};
use postgres::error::SqlState;
use postgres::{Client, Config, Error};
use std::time::Duration;
use tokio_postgres_rustls::MakeRustlsConnect;

/// How long one attempt to connect may take, where the address says nothing else.
const CONNECT: Duration = Duration::from_secs(10);

/// How long what was sent may stay unanswered by the network, where the address says nothing else.
const SILENCE: Duration = Duration::from_secs(30);

/// A server that stops half way through an edition must not keep the others from theirs for longer.
const SESSION: &str = "set idle_in_transaction_session_timeout = '30s'";

/// The address of a database, with the right to enter it.
pub(super) struct Address {
    config: Config,
    /// Host and database for messages, without user and password.
    name: String,
}

impl Address {
    /// Reads `postgres://user:password@host:5432/database?sslmode=require`.
    ///
    /// # Errors
    ///
    /// When it is not the address of a database. The address itself is not repeated: it may hold a
    /// password.
    pub(super) fn parse(url: &str) -> Result<Self, LedgerError> {
        // A certificate is always checked in full, so these ask for no more than `require`.
        let url = ["verify-full", "verify-ca"]
            .iter()
            .fold(url.to_owned(), |url, mode| {
                url.replace(&format!("sslmode={mode}"), "sslmode=require")
            });
        let mut config: Config = url.parse().map_err(|source: Error| LedgerError {
            message: "cannot read the address of the ledger's database; expected postgres://user:password@host:5432/database"
                .to_owned(),
            source: Some(Box::new(source)),
        })?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(SILENCE);
        }
        if config.get_application_name().is_none() {
            config.application_name("handbill");
        }
        let name = name(&config);
        Ok(Self { config, name })
    }

    /// A new connection, with TLS unless `sslmode` says `disable`.
    ///
    /// # Errors
    ///
    /// When the server does not answer, or does not let this program in.
    pub(super) fn connect(&self) -> Result<Client, LedgerError> {
        let connected = match self.config.connect(MakeRustlsConnect::with_webpki_roots()) {
            // As PostgreSQL's own programs do: `prefer` is content without TLS, and so with a server
            // whose certificate nobody has signed.
            Err(error) if self.config.get_ssl_mode() == SslMode::Prefer && is_about_tls(&error) => {
                self.config
                    .clone()
                    .ssl_mode(SslMode::Disable)
                    .connect(postgres::NoTls)
            }
            answer => answer,
        };
        let prepared = connected.and_then(|mut client| {
            client.batch_execute(SESSION)?;
            Ok(client)
        });
        prepared.map_err(|error| self.refusal("connect to", error))
    }

    /// What to tell people when `action` (`read`, `write`, `connect to`) failed.
    pub(super) fn refusal(&self, action: &str, error: Error) -> LedgerError {
        let advice = self.advice(&error);
        LedgerError {
            message: format!("cannot {action} the ledger in {}; {advice}", self.name),
            source: Some(Box::new(error)),
        }
    }

    /// What to tell people about a ledger that does not suit this program.
    pub(super) fn unsuitable(&self, what: &str) -> LedgerError {
        LedgerError {
            message: format!("the ledger in {} {what}", self.name),
            source: None,
        }
    }

    fn advice(&self, error: &Error) -> String {
        if is_about_tls(error) {
            return "check that the server offers TLS with a certificate for that host from a public authority, or say sslmode=disable in the address if the network between is trusted".to_owned();
        }
        let database = self.config.get_dbname().unwrap_or("the database");
        let role = self.config.get_user().unwrap_or("the role");
        let Some(code) = error.code() else {
            return "check that PostgreSQL runs there and accepts connections from here".to_owned();
        };
        match code.code() {
            "28000" | "28P01" => "check the user and the password in the address".to_owned(),
            "3D000" => format!("make it: createdb {database}"),
            "42501" => format!(
                "let the role make its tables: grant create on database {database} to {role}"
            ),
            "53300" => "the server has no connection left; raise its max_connections".to_owned(),
            "57P03" => "the server is starting or stopping; try again".to_owned(),
            "53100" => "the server's disk is full".to_owned(),
            "25006" => "the server only reads; name the primary server".to_owned(),
            _ if *code == SqlState::UNDEFINED_TABLE || *code == SqlState::INVALID_SCHEMA_NAME => {
                "its tables are gone; put back a backup of the schema handbill".to_owned()
            }
            _ => "check the server's log".to_owned(),
        }
    }
}

/// Whether TLS failed: the library says so in words only.
fn is_about_tls(error: &Error) -> bool {
    error.to_string().contains("TLS")
}

/// The database and its hosts, for people.
fn name(config: &Config) -> String {
    let port = |index: usize| {
        let ports = config.get_ports();
        ports.get(index).or(ports.first()).copied().unwrap_or(5432)
    };
    let hosts = config.get_hosts().iter().enumerate();
    let mut hosts: Vec<String> = hosts
        .map(|(index, host)| match host {
            Host::Tcp(host) => format!("{host}:{}", port(index)),
            Host::Unix(folder) => format!("{}:{}", folder.display(), port(index)),
        })
        .collect();
    if hosts.is_empty() {
        hosts.extend(config.get_hostaddrs().iter().map(ToString::to_string));
    }
    let database = config.get_dbname().or(config.get_user());
    format!(
        "the database {} at {}",
        database.unwrap_or("(none named)"),
        hosts.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(url: &str) -> Address {
        Address::parse(url).expect("an address")
    }

    #[test]
    fn a_message_names_host_and_database_and_never_the_password() {
        let address = address("postgres://ada:s3cret@127.0.0.1:1/programme?connect_timeout=2");
        let Err(error) = address.connect() else {
            panic!("nothing listens on port 1");
        };
        assert_eq!(
            error.message,
            "cannot connect to the ledger in the database programme at 127.0.0.1:1; check that PostgreSQL runs there and accepts connections from here"
        );
        assert!(!format!("{error:?}").contains("s3cret"), "{error:?}");
    }

    #[test]
    fn an_address_that_cannot_be_read_is_not_repeated() {
        let Err(error) = Address::parse("postgres://ada:s3cret@db/programme?sslmod=require") else {
            panic!("there is no option sslmod");
        };
        assert!(error.message.contains("expected postgres://user:password@"));
        assert!(!format!("{error:?}").contains("s3cret"), "{error:?}");
    }

    #[test]
    fn the_modes_that_check_certificates_require_tls() {
        for mode in ["require", "verify-ca", "verify-full"] {
            let address = address(&format!(
                "postgres://db.example.org/programme?sslmode={mode}"
            ));
            assert_eq!(address.config.get_ssl_mode(), SslMode::Require, "{mode}");
        }
    }

    #[test]
    fn every_host_is_named_with_its_port() {
        let two = address("postgres://ada@one.example.org:5433,two.example.org:5434/programme");
        assert_eq!(
            two.name,
            "the database programme at one.example.org:5433, two.example.org:5434"
        );
        let socket = address("host=/run/postgresql user=ada");
        assert_eq!(socket.name, "the database ada at /run/postgresql:5432");
    }
}
