//! Who is who in hand-parsed text.

use dateline_parse::read_conllu;
use dateline_resolve::{Resolver, Setting};

/// The envoy's name comes behind her office, then a short form and a pronoun.
const ENVOY: &str = "\
1 Peru Peru PROPN NNP 4 nmod:poss NER=B-LOC
2 's 's PART POS 1 case
3 special special ADJ JJ 4 amod
4 envoy envoy NOUN NN 9 nsubj
5 , , PUNCT , 4 punct
6 Ana Ana PROPN NNP 4 appos NER=B-PER
7 Quispe Quispe PROPN NNP 6 flat NER=I-PER
8 , , PUNCT , 4 punct
9 met meet VERB VBD 0 root
10 Chilean chilean ADJ JJ 11 amod
11 officials official NOUN NNS 9 obj
12 . . PUNCT . 9 punct

1 Quispe Quispe PROPN NNP 2 nsubj NER=B-PER
2 said say VERB VBD 0 root
3 her her PRON PRP$ 4 nmod:poss
4 deputy deputy NOUN NN 6 nsubj
5 would would AUX MD 6 aux
6 stay stay VERB VB 2 ccomp
7 . . PUNCT . 2 punct
";

#[test]
fn name_behind_office_short_form_and_pronoun_are_one_person() {
    let document = read_conllu(ENVOY).unwrap_or_else(|error| panic!("{error}"));
    let resolution = Resolver::embedded().resolve(&document, &Setting::default());
    let actors: Vec<String> = resolution
        .actors
        .iter()
        .map(|(idx, actor)| {
            let mentions: Vec<&str> = resolution
                .actor_mentions
                .iter()
                .filter(|(_, mention)| mention.actor == idx)
                .map(|(_, mention)| document.words(mention.tokens))
                .collect();
            let code = actor.country.map_or_else(|| "-".to_owned(), |code| code.to_string());
            let sector = actor.sector.map_or("-", |sector| sector.as_str());
            format!("{} {code}/{sector}: {}", actor.name, mentions.join(" | "))
        })
        .collect();
    insta::assert_snapshot!(actors.join("\n"), @r"
    Ana Quispe PER/GOV: Peru 's special envoy | Ana Quispe | Quispe | her
    Peru PER/GOV: Peru
    Chilean officials CHL/GOV: Chilean officials
    Chile CHL/GOV: Chilean
    her deputy PER/GOV: her deputy
    ");
}
