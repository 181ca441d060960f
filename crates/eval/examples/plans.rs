//! Trains event models by several plans and measures each: `… --example plans -- corpus/learn corpus/tune`.

#![expect(clippy::print_stdout, reason = "an example prints what it shows")]

use dateline_eval::coding::{code_corpus, measure, recode, train_on};
use dateline_plover::{Coder, EventPlan};
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let learn = code_corpus(&[PathBuf::from(arguments.next().ok_or("what to learn from")?)])?;
    let mut tune = code_corpus(&[PathBuf::from(arguments.next().ok_or("what to measure")?)])?;
    for line in std::io::stdin().lines() {
        let line = line?;
        let mut plan = EventPlan::default();
        for word in line.split_whitespace() {
            let (key, value) = word.split_once('=').ok_or("key=value")?;
            let (which, key) = key.split_once('.').ok_or("t.key, p.key, l.key, m.key or c.key")?;
            let of = match which {
                "t" => &mut plan.triggers,
                "p" => &mut plan.parties,
                "l" => &mut plan.links,
                "m" => &mut plan.modes,
                _ => &mut plan.contexts,
            };
            match key {
                "networks" => of.networks = value.parse()?,
                "least" => of.least = value.parse()?,
                "hidden" => of.hidden = value.parse()?,
                "epochs" => of.epochs = value.parse()?,
                "rate" => of.rate = value.parse()?,
                "batch" => of.batch = value.parse()?,
                "d0" => of.drop[0] = value.parse()?,
                "d1" => of.drop[1] = value.parse()?,
                "d2" => of.drop[2] = value.parse()?,
                "decay" => of.decay = value.parse()?,
                "seed" => of.seed = value.parse()?,
                _ => return Err(format!("`{key}` is no key").into()),
            }
        }
        let model = train_on(&learn, &tune, plan, &mut |_| ());
        recode(&mut tune, &Coder::with_model(&model)?);
        let figures = measure(&tune);
        let of = |name: &str| figures.real(name).unwrap_or(0.0);
        println!(
            "whole {:.4}  type {:.4}  trigger {:.4}  date {:.3}  place {:.3}  mode {:.3}  contexts {:.3}  \
             {} kB  {line}",
            of("whole_f1"),
            of("type_f1"),
            of("trigger_f1"),
            of("date"),
            of("place"),
            of("mode"),
            of("context_f1"),
            model.len() / 1000
        );
    }
    Ok(())
}
