//! Arguments of `dateline serve` and `dateline mcp`.

use super::RecordArgs;
use clap::Args as ClapArgs;
use std::net::IpAddr;
use std::path::PathBuf;

/// `dateline serve`.
#[derive(Debug, ClapArgs)]
pub struct ServeArgs {
    #[command(flatten)]
    pub record: RecordArgs,
    /// Address to listen at; one that other machines can reach needs a token.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// Port to listen at; 0 takes any free one.
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    pub port: u16,
    /// File with the token that readers need (default: the variable DATELINE_TOKEN, else none).
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    /// Address under which readers reach the page, for links that leave it (https://crises.example).
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Lets people correct the record from its pages; changes are kept under this name.
    #[arg(long, value_name = "NAME")]
    pub edit: Option<String>,
}

/// `dateline mcp`.
#[derive(Debug, ClapArgs)]
pub struct McpArgs {
    #[command(flatten)]
    pub record: RecordArgs,
}
