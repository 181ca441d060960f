//! The ontology of the program against the table of the codebook, `data/plover-codebook.tsv`.

use dateline_plover::EventType;

const TABLE: &str = include_str!("../../data/plover-codebook.tsv");

/// Rows that differ, each with both readings.
pub fn differences() -> Vec<String> {
    let codebook: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#')).collect();
    let ontology: Vec<String> = EventType::ALL.iter().map(|&event| row(event)).collect();
    let mut differences: Vec<String> = codebook
        .iter()
        .zip(&ontology)
        .filter(|(codebook, ontology)| codebook != ontology)
        .map(|(codebook, ontology)| {
            format!(
                "plover's ontology differs from the codebook:\n  codebook {codebook}\n  ontology {ontology}"
            )
        })
        .collect();
    if codebook.len() != ontology.len() {
        differences.push(format!(
            "the codebook has {} event types, the ontology {}",
            codebook.len(),
            ontology.len()
        ));
    }
    differences
}

/// A row of the table, from the ontology.
fn row(event: EventType) -> String {
    let modes: Vec<String> = event
        .modes()
        .iter()
        .map(|(mode, scale)| scale.map_or(mode.to_string(), |scale| format!("{mode} {scale}")))
        .collect();
    let modes = if modes.is_empty() { "-".to_owned() } else { modes.join(", ") };
    let recipient = if event.requires_recipient() { "required" } else { "optional" };
    format!("{event}\t{}\t{}\t{recipient}\t{modes}", event.quad(), event.scale())
}
