//! Names against IOB2 gold data: blocks of lines `number TAB form TAB tag`.
//!
//! Names are compared by their characters and type, so other tokens of the same text may be used.

use crate::intervals::intervals;
use crate::measures::Matching;
use crate::stages::parser;
use crate::treebank::{same_characters, side_by_side};
use crate::words::is_space;
use crate::{EvalError, Figure, Figures, Options, Task};
use dateline_parse::{ConlluError, read_conllu_documents};
use dateline_text::NameKind;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

pub(crate) fn run(path: &Path, options: &Options) -> Result<Figures, EvalError> {
    let gold_text = std::fs::read_to_string(path).map_err(|error| EvalError::io(path, error))?;
    let gold = Names::read(&gold_text);
    if gold.characters.is_empty() {
        return Err(EvalError::file(
            path,
            "no tokens; lines of number, form and tag, parted by tabs, are expected",
        ));
    }
    let predicted_text = match &options.predicted {
        Some(path) => std::fs::read_to_string(path).map_err(|error| EvalError::io(path, error))?,
        None => predict(&gold_text, path, options)?,
    };
    let mut figures = score(&gold, &Names::read(&predicted_text))?;
    if options.intervals {
        let counts: Vec<[Matching; 2]> = side_by_side(&gold_text, &predicted_text)
            .into_iter()
            .map(|(gold, predicted)| {
                let (gold, predicted) = (Names::read(gold), Names::read(predicted));
                [compare(&gold.spans, &predicted.spans), compare(&gold.untyped(), &predicted.untyped())]
            })
            .collect();
        let of_items = |items: &[usize]| {
            let [mut typed, mut untyped] = [Matching::default(); 2];
            for &item in items {
                for (sum, one) in [(&mut typed, counts[item][0]), (&mut untyped, counts[item][1])] {
                    sum.add(one.matched, one.predicted, one.gold);
                }
            }
            let mut figures = Figures::new(Task::Entities);
            typed.add_to(&mut figures, "");
            figures.add("untyped_f1", Figure::Real(untyped.f1()));
            figures.reals()
        };
        figures.add("interval", intervals(counts.len(), of_items));
    }
    Ok(figures)
}

/// The names of the same text, as IOB2 over the tokens that were used: the given ones, or new ones.
fn predict(gold: &str, path: &Path, options: &Options) -> Result<String, EvalError> {
    let parser = parser()?;
    let conllu = to_conllu(gold);
    let wrong = |error: ConlluError| EvalError::file(path, error.to_string());
    let documents = if options.raw {
        let mut documents = read_conllu_documents(&conllu).map_err(wrong)?;
        documents.par_iter_mut().for_each(|named| {
            let text = Arc::clone(named.document.text());
            named.document = parser.parse(text, named.document.paragraphs());
        });
        documents
    } else {
        parser.parse_conllu(&conllu).map_err(wrong)?
    };
    let mut iob2 = String::new();
    for document in documents.iter().map(|named| &named.document) {
        for sentence in document.sentences() {
            for (token, number) in sentence.tokens.iter().zip(1..) {
                let tag = match document.name_at(token) {
                    Some(name) if name.kind == NameKind::Misc => "O".to_owned(),
                    Some(name) if name.tokens.first() == token => format!("B-{}", name.kind),
                    Some(name) => format!("I-{}", name.kind),
                    None => "O".to_owned(),
                };
                iob2.push_str(&format!("{number}\t{}\t{tag}\n", document.form(token)));
            }
            iob2.push('\n');
        }
    }
    Ok(iob2)
}

/// The tokens of an IOB2 file as CoNLL-U, so that the parser keeps them. Spaces are those of `# text`, where it
/// spells the tokens.
fn to_conllu(iob2: &str) -> String {
    let mut conllu = String::new();
    let mut rest: Option<&str> = None;
    for line in iob2.lines() {
        let mut fields = line.split('\t');
        match (fields.next(), fields.next(), fields.next()) {
            (Some(number), Some(form), Some(_)) if !line.starts_with('#') => {
                rest = rest.and_then(|rest| rest.trim_start().strip_prefix(form));
                let joined = rest.is_some_and(|rest| rest.starts_with(|c| !is_space(c)));
                let (head, deprel) = if number == "1" { ("0", "root") } else { ("1", "dep") };
                let misc = if joined { "SpaceAfter=No" } else { "_" };
                conllu.push_str(&format!("{number}\t{form}\t_\tX\t_\t_\t{head}\t{deprel}\t_\t{misc}\n"));
            }
            _ => {
                if let Some(text) = line.strip_prefix("# text = ") {
                    rest = Some(text);
                }
                if line.is_empty() || line.starts_with('#') {
                    conllu.push_str(line);
                    conllu.push('\n');
                }
            }
        }
    }
    conllu
}

/// The names of a text that is known by its characters without white space.
struct Names<'t> {
    characters: String,
    /// First character, one past the last, type.
    spans: BTreeSet<(u32, u32, &'t str)>,
}

impl<'t> Names<'t> {
    /// Reads IOB2. A line with fewer than three fields ends a sentence; `I-` goes on only with its own type.
    fn read(text: &'t str) -> Names<'t> {
        let mut names = Names { characters: String::new(), spans: BTreeSet::new() };
        let mut n_characters = 0u32;
        let mut open: Option<(u32, &str)> = None;
        for line in text.lines().chain([""]).filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t').skip(1);
            let token = fields.next().zip(fields.next());
            let tag = token.map_or("O", |(_, tag)| tag);
            if let Some((start, kind)) = open
                && tag.strip_prefix("I-") != Some(kind)
            {
                names.spans.insert((start, n_characters, kind));
                open = None;
            }
            let Some((form, _)) = token else { continue };
            if tag != "O" && open.is_none() {
                open = Some((n_characters, tag.get(2..).unwrap_or_default()));
            }
            for c in form.chars().filter(|&c| !is_space(c)) {
                names.characters.push(c);
                n_characters += 1;
            }
        }
        names
    }

    fn untyped(&self) -> BTreeSet<(u32, u32)> {
        self.spans.iter().map(|&(start, end, _)| (start, end)).collect()
    }
}

/// The figures of some names against others over the same characters.
fn score(gold: &Names, predicted: &Names) -> Result<Figures, EvalError> {
    same_characters(&gold.characters, &predicted.characters)?;
    let mut figures = Figures::new(Task::Entities);
    compare(&gold.spans, &predicted.spans).add_to(&mut figures, "");
    figures
        .add("gold", Figure::Count(gold.spans.len()))
        .add("predicted", Figure::Count(predicted.spans.len()))
        .add("untyped_f1", Figure::Real(compare(&gold.untyped(), &predicted.untyped()).f1()));
    let kinds: BTreeSet<&str> = gold.spans.union(&predicted.spans).map(|&(_, _, kind)| kind).collect();
    for kind in kinds {
        let of_kind = |names: &Names| -> BTreeSet<(u32, u32)> {
            let spans = names.spans.iter().filter(|span| span.2 == kind);
            spans.map(|&(start, end, _)| (start, end)).collect()
        };
        let (gold, predicted) = (of_kind(gold), of_kind(predicted));
        compare(&gold, &predicted).add_to(&mut figures, kind);
        figures.add(format!("{kind}_gold"), Figure::Count(gold.len()));
    }
    Ok(figures)
}

fn compare<T: Ord>(gold: &BTreeSet<T>, predicted: &BTreeSet<T>) -> Matching {
    Matching::new(gold.intersection(predicted).count(), predicted.len(), gold.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iob2(tokens: &str) -> String {
        tokens
            .split(' ')
            .zip(1..)
            .map(|(token, number)| match token.split_once('/') {
                Some((form, tag)) => format!("{number}\t{form}\t{tag}\n"),
                None => "\n".to_owned(),
            })
            .collect()
    }

    #[test]
    fn figures_of_a_few_names() {
        let gold =
            iob2("Ada/B-PER Vonn/I-PER met/O Marenko/B-LOC Council/B-ORG | Vonn/B-PER left/O Orsk/B-LOC");
        let predicted =
            iob2("Ada/B-PER Vonn/I-PER met/O Marenko/B-ORG Council/I-ORG | Vonn/B-PER left/O Orsk/I-ORG");
        let figures = score(&Names::read(&gold), &Names::read(&predicted)).expect("the same characters");
        // The reference scorer gives the same on these names.
        insta::assert_snapshot!(figures.to_json(), @r#"{"task":"entities","precision":0.5,"recall":0.4,"f1":0.4444,"gold":5,"predicted":4,"untyped_f1":0.6667,"LOC_precision":0.0,"LOC_recall":0.0,"LOC_f1":0.0,"LOC_gold":2,"ORG_precision":0.0,"ORG_recall":0.0,"ORG_f1":0.0,"ORG_gold":1,"PER_precision":1.0,"PER_recall":1.0,"PER_f1":1.0,"PER_gold":2}"#);
    }

    #[test]
    fn given_tokens_keep_their_spaces() {
        let conllu = to_conllu("# text = Orsk's port\n1\tOrsk\tB-LOC\n2\t's\tO\n3\tport\tO\n\n");
        let misc: Vec<&str> = conllu.lines().filter_map(|line| line.split('\t').nth(9)).collect();
        assert_eq!(misc, ["SpaceAfter=No", "_", "_"]);
    }

    #[test]
    fn names_end_where_type_or_sentence_does() {
        for (text, expected) in [
            ("A/B-PER B/I-PER c/O", vec![(0, 2, "PER")]),
            ("A/B-PER B/B-PER", vec![(0, 1, "PER"), (1, 2, "PER")]),
            ("A/B-PER B/I-LOC", vec![(0, 1, "PER"), (1, 2, "LOC")]),
            ("A/B-PER | B/I-PER", vec![(0, 1, "PER"), (1, 2, "PER")]),
        ] {
            assert_eq!(Names::read(&iob2(text)).spans, BTreeSet::from_iter(expected), "{text}");
        }
    }
}
