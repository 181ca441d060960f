//! Which sentences may train a model that is shipped.
//!
//! Text and annotation must be under CC BY, CC BY-SA, OGL or in the public domain. English-EWT is (CC BY-SA
//! 4.0). Of GUM these genres are: academic, bio, court, interview, news, voyage. English-ParTUT is not
//! (CC BY-NC-SA). Of re3d the documents of the UK government (OGL), CENTCOM and the US State Department (public
//! domain), Wikipedia (CC BY-SA) and the Australian government (CC BY) are; those of BBC Online (CC BY-NC) and
//! of the EEAS are not.

use std::collections::BTreeMap;
use std::fmt;

/// Genres of GUM whose texts may be shipped.
const GUM_GENRES: &[&str] = &["academic", "bio", "court", "interview", "news", "voyage"];

/// Publishers of re3d whose texts may be shipped.
const RE3D_PUBLISHERS: &[(&str, &str)] = &[
    ("Australian Department of Foreign Affairs", "CC BY 3.0 AU"),
    ("CENTCOM", "public domain"),
    ("UK Government", "OGL 3.0"),
    ("US State Department", "public domain"),
    ("Wikipedia", "CC BY-SA 3.0"),
];

/// What was kept and what was set aside, in sentences by source.
#[derive(Default)]
pub(super) struct Kept {
    kept: BTreeMap<String, usize>,
    aside: BTreeMap<String, usize>,
}

impl Kept {
    fn count(&mut self, source: Result<String, String>) -> bool {
        let keeps = source.is_ok();
        let (list, name) = match source {
            Ok(name) => (&mut self.kept, name),
            Err(name) => (&mut self.aside, name),
        };
        *list.entry(name).or_default() += 1;
        keeps
    }

    /// Notes sentences of a source that is free to use.
    pub fn add(&mut self, source: &str, n_sentences: usize) {
        *self.kept.entry(source.to_owned()).or_default() += n_sentences;
    }

    /// The sources as they are written into the model.
    pub fn provenance(&self) -> String {
        let sources: Vec<String> =
            self.kept.iter().map(|(name, n)| format!("{name}: {n} sentences")).collect();
        sources.join("; ")
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "trained on:")?;
        for (name, n) in &self.kept {
            writeln!(f, "  {n:6} sentences  {name}")?;
        }
        write!(f, "set aside, since it may not be shipped:")?;
        for (name, n) in &self.aside {
            write!(f, "\n  {n:6} sentences  {name}")?;
        }
        Ok(())
    }
}

fn gum(document: &str, kind: &str) -> Result<String, String> {
    let genre = document.trim_start_matches("GUM_").split('_').next().unwrap_or("");
    if GUM_GENRES.contains(&genre) {
        Ok(format!("GUM {genre}, {kind} (annotation CC BY 4.0, texts CC BY to CC BY-SA or public domain)"))
    } else {
        Err(format!("GUM {genre}, {kind}"))
    }
}

/// The ids of the sentences of a treebank, in order.
pub(super) fn sentence_ids(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| line.strip_prefix("# sent_id = ")).map(str::trim)
}

/// Whether a sentence is from English-EWT, by its id.
pub(super) fn is_ewt(sentence: &str) -> bool {
    ["answers-", "email-", "newsgroup-", "reviews-", "weblog-"]
        .iter()
        .any(|genre| sentence.starts_with(genre))
}

/// The sentences of a treebank that may be shipped.
pub(super) fn shippable_conllu(text: &str, kept: &mut Kept) -> String {
    let mut out = String::with_capacity(text.len());
    let mut document = String::new();
    for block in text.split("\n\n").filter(|block| !block.trim().is_empty()) {
        let mut sentence = "";
        for line in block.lines().take_while(|line| line.starts_with('#')) {
            if let Some(id) = line.strip_prefix("# newdoc id = ") {
                document = id.trim().to_owned();
            } else if let Some(id) = line.strip_prefix("# sent_id = ") {
                sentence = id.trim();
            }
        }
        let source = if sentence.starts_with("en_partut") {
            Err("English-ParTUT, trees".to_owned())
        } else if document.starts_with("GUM_") || sentence.starts_with("GUM_") {
            gum(if sentence.starts_with("GUM_") { sentence } else { &document }, "trees")
        } else if document.starts_with("dateline-corpus") {
            Ok("dateline corpus, trees (CC0)".to_owned())
        } else {
            Ok("English-EWT, trees (CC BY-SA 4.0)".to_owned())
        };
        if kept.count(source) {
            out.push_str(block);
            out.push_str("\n\n");
        }
    }
    out
}

/// The sentences of a name file that may be shipped.
pub(super) fn shippable_iob2(text: &str, kept: &mut Kept) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut source, mut document) = (String::new(), String::new());
    for block in text.split("\n\n").filter(|block| !block.trim().is_empty()) {
        for line in block.lines().take_while(|line| line.starts_with('#')) {
            if let Some(name) = line.strip_prefix("# source = ") {
                source = name.trim().to_owned();
            } else if let Some(id) = line.strip_prefix("# newdoc id = ") {
                document = id.trim().to_owned();
            }
        }
        let licence = match source.as_str() {
            "GUM" => gum(&document, "names"),
            "dateline corpus" => Ok("dateline corpus, names (CC0)".to_owned()),
            other => match RE3D_PUBLISHERS.iter().find(|(name, _)| other == format!("re3d {name}")) {
                Some((name, licence)) => Ok(format!("re3d {name}, names ({licence})")),
                None => Err(format!("{other}, names")),
            },
        };
        if kept.count(licence) {
            out.push_str(block);
            out.push_str("\n\n");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_be_shipped_is_kept() {
        let mut kept = Kept::default();
        let text = "# newdoc id = weblog-a\n# sent_id = weblog-a-1\n1\tA\n\n\
                    # newdoc id = GUM_news_a\n# sent_id = GUM_news_a-1\n1\tB\n\n\
                    # newdoc id = GUM_fiction_a\n# sent_id = GUM_fiction_a-1\n1\tC\n\n\
                    # sent_id = en_partut-ud-1\n1\tD\n\n";
        let allowed = shippable_conllu(text, &mut kept);
        assert!(allowed.contains("\tA") && allowed.contains("\tB"));
        assert!(!allowed.contains("\tC") && !allowed.contains("\tD"));
        let names = "# source = re3d BBC Online\n# newdoc id = X\n1\tA\tO\n\n# source = re3d CENTCOM\n1\tB\tO\n\n\
                     # source = GUM\n# newdoc id = GUM_voyage_x\n1\tC\tO\n\n# newdoc id = GUM_vlog_x\n1\tD\tO\n";
        let allowed = shippable_iob2(names, &mut kept);
        assert!(allowed.contains("\tB") && allowed.contains("\tC"));
        assert!(!allowed.contains("\tA") && !allowed.contains("\tD"));
    }
}
