//! Flattened pages of invented outlets, of the shapes that sites have.

use dateline_clean::{Article, Shape, clean};
use dateline_ingest::Report;
use proptest::prelude::*;

/// One line a block: what became of it, and how it begins.
fn outline(article: &Article) -> String {
    let kept = article.paragraphs.iter().map(|&span| (span, "+"));
    let removed = article.removed.iter().map(|one| (one.span, one.reason.as_str()));
    let mut blocks: Vec<_> = kept.chain(removed).collect();
    blocks.sort();
    let lines = blocks.into_iter().map(|(span, kind)| {
        let words: Vec<&str> = span.of(&article.text).split_whitespace().take(5).collect();
        format!("{kind} {}", words.join(" "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn clean_page(text: &str) -> Article {
    clean(&Report::from_text("page", text), Shape::Page).0
}

fn head(article: &Article) -> [Option<String>; 3] {
    [
        article.title.as_ref().map(|title| title.text.clone()),
        article.byline.as_ref().map(|byline| byline.text.clone()),
        article.published.map(|published| published.to_string()),
    ]
}

#[test]
fn a_dump_with_appeal_captions_and_prompts() {
    let page = "Envoys of Talmark and Ruvia agree to keep the strait open

Ministers met in the port of Sellin after a month of incidents

Mira Tolan
Thursday 8 May 2031 17:42 GMT
Comments
File: the foreign ministers of Talmark and Ruvia greet each other in Sellin
File: the foreign ministers of Talmark and Ruvia greet each other in Sellin (AFP)

Help us to keep telling the story

When the strait was closed, our reporters were the first on the pier. We know what a story costs.

Your donation allows us to stay there. Unlike many other papers, we have no paywall.

Ministers from Talmark and Ruvia agreed on Thursday to keep the strait of Sellin open to the ships of both \
countries, after a month in which four freighters had been turned back.

“We have decided to talk before we act,” the Talmark foreign minister, Jana Orlo, told reporters in Sellin.

The two sides will set up a telephone line between their coast guards, according to a joint statement.

Join our commenting forum

Comments

Thank you for registering

Please refresh the page or go to another page of the site to be logged in";
    let article = clean_page(page);
    insta::assert_snapshot!(outline(&article), @r"
title Envoys of Talmark and Ruvia
standfirst Ministers met in the port
byline Mira Tolan
date Thursday 8 May 2031 17:42
comments Comments
caption File: the foreign ministers of
caption File: the foreign ministers of
appeal Help us to keep telling
appeal When the strait was closed,
appeal Your donation allows us to
+ Ministers from Talmark and Ruvia
+ “We have decided to talk
+ The two sides will set
comments Join our commenting forum
comments Comments
sign-in Thank you for registering
sign-in Please refresh the page or
");
    assert_eq!(
        head(&article),
        [
            Some("Envoys of Talmark and Ruvia agree to keep the strait open".into()),
            Some("Mira Tolan".into()),
            Some("2031-05-08T17:42Z".into())
        ]
    );
}

#[test]
fn a_bare_article_with_other_headlines_below() {
    let page = "Tensions between Talmark and Ruvia have grown since the winter. Talmark says that it will not close the strait.
The Ruvian envoy Pavel Dorn met officials in Sellin this week. He said that his country was ready to talk.
“We agreed to keep the line open,” said Dorn.
Talmark has so far refused to name a date for the next round, and it accuses Ruvia of delaying the talks.


Parliament in Odrin Votes Down Budget After Night of Debate
Storm Leaves Thousands Without Power Along Northern Coast
Central Bank Holds Rates as Prices Rise for Third Month
Football: Odrin City Sign Keeper From Valley Rovers
";
    let article = clean_page(page);
    insta::assert_snapshot!(outline(&article), @r"
+ Tensions between Talmark and Ruvia
+ The Ruvian envoy Pavel Dorn
+ “We agreed to keep the
+ Talmark has so far refused
headlines Parliament in Odrin Votes Down
headlines Storm Leaves Thousands Without Power
headlines Central Bank Holds Rates as
headlines Football: Odrin City Sign Keeper
");
    assert_eq!(head(&article), [None, None, None]);
}

#[test]
fn a_portal_with_menus_and_agency_credits() {
    let page = "Skip to content
Home
World
Sport
Sign in
Subscribe
Search
Home » World » Asia
Two killed as boat sinks off Port Amsel
By Lena Voss and Omar Idris | May 3, 2031 10:05 AM ET
Share on Facebook
Share on Twitter
Listen to this article
4 min
PORT AMSEL, May 3 (AP) - Two fishermen were killed on Saturday when their boat sank off Port Amsel in heavy seas, the coast guard said.
ADVERTISEMENT
Four others were rescued by a freighter that had heard their call for help, it added in a statement.
READ MORE: Storm warning for the northern valleys
A coast guard boat searches for survivors off Port Amsel. (Photo by Rik Hansen/Amsel Wire)
The boat had left the harbour on Friday evening although a storm warning was in force.
Warnings ignored
“They knew the risk,” said the harbour master, Ines Falk, who had spoken to the crew before they left.
(Reporting by Lena Voss in Port Amsel; Editing by Tom Ruiz)
Related topics
Coast guard
Fishing
Most popular
1
Ferries stay away for another winter
2
Council votes to close the old market
3 hours ago
Sign up for our newsletter to get the day's top stories in your inbox
We use cookies to improve your experience. By continuing to use this site you agree to our cookie policy.
© 2031 Amsel Wire. All rights reserved.
Privacy policy
Terms of use";
    let article = clean_page(page);
    insta::assert_snapshot!(outline(&article), @r"
menu Skip to content
menu Home
menu World
menu Sport
sign-in Sign in
appeal Subscribe
menu Search
menu Home » World » Asia
title Two killed as boat sinks
byline By Lena Voss and Omar
share Share on Facebook
share Share on Twitter
share Listen to this article
menu 4 min
+ PORT AMSEL, May 3 (AP)
advertisement ADVERTISEMENT
+ Four others were rescued by
headlines READ MORE: Storm warning for
caption A coast guard boat searches
+ The boat had left the
+ Warnings ignored
+ “They knew the risk,” said
credit (Reporting by Lena Voss in
headlines Related topics
menu Coast guard
menu Fishing
headlines Most popular
menu 1
headlines Ferries stay away for another
menu 2
headlines Council votes to close the
menu 3 hours ago
sign-in Sign up for our newsletter
footer We use cookies to improve
footer © 2031 Amsel Wire. All
footer Privacy policy
footer Terms of use
");
    assert_eq!(
        head(&article),
        [
            Some("Two killed as boat sinks off Port Amsel".into()),
            Some("Lena Voss and Omar Idris".into()),
            Some("2031-05-03T10:05-04:00".into())
        ]
    );
    assert_eq!(article.credits.len(), 1);
}

#[test]
fn wrapped_paragraphs_stay_whole() {
    let page = "Talks on the water of the Orsin\n\n\
        Delegations from both banks of the Orsin met on Tuesday for the\n\
        first time since the dam was closed, and they parted without a\n\
        result, officials of both countries said.\n\n\
        The dam holds back a third of the river, and farmers further down\n\
        have lost two harvests. “We cannot wait for another summer,” said\n\
        one of them, who had come to the meeting on foot.\n";
    let article = clean_page(page);
    assert_eq!(article.paragraphs.len(), 2, "{}", outline(&article));
    assert_eq!(article.title.map(|title| title.text).as_deref(), Some("Talks on the water of the Orsin"));
}

#[test]
fn readers_comments_are_not_the_article() {
    let page = "Council closes the old market\nThe council of Odrin voted on Monday to close the old market hall for two years. The roof is to be repaired, and the traders will move to the station square.\n\
        The traders had asked for more time, but the mayor said that the roof was not safe any longer.\n\
        3 Comments\nharbourfan31 says:\nMay 5, 2031 at 6:44 am\nIt was about time that somebody did something about this roof. I have been saying it for years.\n\
        old_trader says:\nMay 5, 2031 at 7:12 am\nNobody asked us what we think about the station square. There is no water there.\nReply\nLeave a comment";
    let article = clean_page(page);
    assert_eq!(article.paragraphs.len(), 2, "{}", outline(&article));
}

#[test]
fn dates_in_running_text_are_not_of_publication() {
    let page = "Council closes the old market\nThe council of Odrin, which was elected on 3 March 2029, voted to close the old market hall for two years.\n\
        The hall was opened on 12 June 1911 and has never been repaired since then, according to the mayor.";
    assert_eq!(head(&clean_page(page))[2], None);
}

#[test]
fn an_article_only_loses_nothing() {
    let text = "Sign up for our newsletter\n\nShare\nThe hall is closed.";
    let (article, _) = clean(&Report::from_text("a", text), Shape::ArticleOnly);
    assert_eq!((article.paragraphs.len(), article.removed.len()), (3, 0));
}

#[test]
fn what_is_missing_is_said() {
    for (text, expected) in [
        (
            "Home\nWorld\nSport\nSign in",
            "no article found on this page\n  hint: `--article` takes the whole text",
        ),
        (
            "Der Rat von Odrin hat am Montag beschlossen, die alte Markthalle für zwei Jahre zu schließen. Das Dach \
             soll erneuert werden, und die Händler ziehen auf den Bahnhofsplatz.",
            "not in English (language `de`)",
        ),
    ] {
        let (_, notices) = clean(&Report::from_text("a", text), Shape::Page);
        assert_eq!(notices.iter().map(|notice| notice.to_string()).collect::<Vec<_>>(), [expected], "{text}");
    }
}

#[test]
fn the_envelope_goes_before_the_page() {
    let mut report = Report::from_text(
        "a",
        "Market closed\nThe council of Odrin voted on Monday to close the market hall.",
    );
    report.title = Some("Market hall closed".into());
    report.published = "2031-05-05".parse().ok();
    report.outlet = Some("Odrin Courier".into());
    let (article, _) = clean(&report, Shape::Page);
    assert_eq!(
        article.title.map(|title| (title.text, title.span)),
        Some(("Market hall closed".into(), None))
    );
    assert_eq!(article.published.map(|p| p.to_string()).as_deref(), Some("2031-05-05"));
    assert_eq!(article.outlet.as_deref(), Some("Odrin Courier"));
}

/// Blocks of all kinds, in any order, with every kind of line end.
fn any_page() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("Home".to_owned()),
        Just("By Ana Belo".to_owned()),
        Just("2 May 2031 10:00 GMT".to_owned()),
        Just("The council voted on Monday to close the old market hall for two years.".to_owned()),
        Just("Sign up for our newsletter".to_owned()),
        Just("\u{200f}\u{a0}\t".to_owned()),
        "\\PC{0,40}",
    ];
    let end =
        prop_oneof![Just("\n"), Just("\r\n"), Just("\r"), Just("\n\n"), Just("\u{2028}"), Just("\u{85}")];
    proptest::collection::vec((line, end), 0..30)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

proptest! {
    #[test]
    fn every_visible_character_is_kept_or_removed_once(page in any_page()) {
        let (article, _) = clean(&Report::from_text("a", &page), Shape::Page);
        prop_assert_eq!(&*article.text, page.as_str());
        let mut spans: Vec<_> = article.paragraphs.iter().copied().chain(article.removed.iter().map(|one| one.span)).collect();
        prop_assert!(article.paragraphs.is_sorted() && article.removed.is_sorted_by_key(|one| one.span));
        spans.sort();
        let mut at = 0;
        let is_blank = |c: char| c.is_whitespace() || c.is_control() || !is_visible(c);
        for span in spans {
            prop_assert!(span.start as usize >= at);
            prop_assert!(page[at..span.start as usize].chars().all(is_blank));
            prop_assert!(span.slice(&page).is_some_and(|words| !words.trim().is_empty()));
            at = span.end as usize;
        }
        prop_assert!(page[at..].chars().all(is_blank));
        for excerpt in article.title.iter().chain(&article.byline) {
            prop_assert_eq!(excerpt.span.and_then(|span| span.slice(&page)), Some(excerpt.text.as_str()));
        }
    }
}

fn is_visible(c: char) -> bool {
    !matches!(c, '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}')
}

#[test]
fn time_grows_with_length_only() {
    // A page of a hundred thousand lines; anything quadratic would take minutes.
    let lines =
        "Home\nShare this\nThe council voted on Monday to close the hall.\n“An open quotation\nBy By By By\n";
    let article = clean_page(&lines.repeat(20_000));
    assert!(article.paragraphs.len() + article.removed.len() == 100_000);
    let one_line = clean_page(&"share the share on - ".repeat(100_000));
    assert!(one_line.paragraphs.len() + one_line.removed.len() == 1);
}
