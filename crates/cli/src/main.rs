//! The `dateline` command: reads flags, calls the stages, prints.
//!
//! Exit status: 0 done; 1 some inputs failed, the others were written; 2 wrong usage, nothing written.

mod args;
mod batch;
mod commands;
mod json;
mod jsonl;
mod lexicon;
mod messages;
mod output;
mod rows;

use args::{Args, Command};
use clap::Parser;
use messages::Messages;
use std::process::ExitCode;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = Args::parse();
    // Panics on one report are caught and named as failures; their own message helps only whoever debugs.
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
    let mut messages = Messages::default();
    let done = match &args.command {
        Command::Brief(args) => commands::brief(args, &mut messages),
        Command::Ingest(args) => commands::ingest(args, &mut messages),
        Command::Recode(args) => commands::recode(args, &mut messages),
        Command::Events(args) => commands::events(args, &mut messages),
        Command::Statements(args) => commands::statements(args, &mut messages),
        Command::Actors(args) => commands::actors(args, &mut messages),
        Command::Places(args) => commands::places(args, &mut messages),
        Command::Discrepancies(args) => commands::discrepancies(args, &mut messages),
        Command::Reports(args) => commands::reports(args, &mut messages),
        Command::Timeline(args) => commands::timeline(args, &mut messages),
        Command::Tension(args) => commands::tension(args, &mut messages),
        Command::Diff(args) => commands::diff(args, &mut messages),
        Command::Corrections(args) => commands::corrections(args, &mut messages),
        Command::Show(args) => commands::show(args),
        Command::Serve(args) => commands::serve(args),
        Command::Mcp(args) => commands::mcp(args),
        Command::Export(args) => commands::export(args, &mut messages),
        Command::Clean(args) => commands::clean(args, &mut messages),
        Command::Parse(args) => commands::parse(args, &mut messages),
        Command::Code(args) => commands::code(args, &mut messages),
        Command::Relate(args) => commands::relate(args, &mut messages),
        Command::Link(args) => commands::link(args, &mut messages),
        Command::Eval(args) => commands::eval(args),
        Command::Train(args) => commands::train(args),
        Command::TrainEvents(args) => commands::train_events(args),
    };
    match done {
        Ok(()) => messages.exit_code(),
        Err(error) if output::is_closed_pipe(&error) => messages.exit_code(),
        Err(error) => {
            let usage = error.downcast_ref::<commands::WrongUsage>().is_some();
            messages.fail(messages::in_words(&error));
            if usage { ExitCode::from(2) } else { ExitCode::from(1) }
        }
    }
}
