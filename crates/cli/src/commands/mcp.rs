//! `dateline mcp`: answers assistants that ask a record, over standard input and output.

use crate::args::McpArgs;
use anyhow::Result;

/// Answers until the input ends.
pub fn mcp(args: &McpArgs) -> Result<()> {
    dateline_serve::answer_lines(&args.record.record, std::io::stdin().lock(), std::io::stdout().lock())?;
    Ok(())
}
