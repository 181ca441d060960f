//! `dateline serve`: the web page of a record.

use crate::args::ServeArgs;
use crate::commands::WrongUsage;
use anyhow::{Context, Result, anyhow};
use dateline_serve::{Access, Edit, Plan, ServeError};
use std::net::SocketAddr;

/// Serves until Ctrl-C.
pub fn serve(args: &ServeArgs) -> Result<()> {
    let token = match &args.token_file {
        Some(path) => {
            let token = std::fs::read_to_string(path);
            Some(token.with_context(|| format!("{}: the token cannot be read", path.display()))?)
        }
        None => std::env::var("DATELINE_TOKEN").ok().filter(|token| !token.is_empty()),
    };
    let access = Access::new(args.host, token.as_deref()).map_err(|error| match error {
        ServeError::Open(_) | ServeError::Token { .. } => anyhow!(WrongUsage(error.to_string())),
        other => other.into(),
    })?;
    let tell = Box::new(|words: &str| anstream::eprintln!("{words}"));
    let record = args.record.record.clone();
    let now = || jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let edit = args.edit.clone().map(|who| Edit { who, now });
    let address = SocketAddr::new(args.host, args.port);
    let public_url = args.public_url.clone();
    dateline_serve::serve(Plan { record, address, access, tell, edit, public_url }).map_err(|error| {
        match error {
            ServeError::Nobody | ServeError::PublicUrl(_) => anyhow!(WrongUsage(error.to_string())),
            other => other.into(),
        }
    })?;
    Ok(())
}
