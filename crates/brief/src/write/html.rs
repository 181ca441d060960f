//! One self-contained page: no script, nothing fetched. Every cite leads to its paragraph in the reports at the
//! foot of the page.

use super::quoted;
use crate::{Brief, Cite, Line, Part};
use dateline_plover::CodedReport;
use dateline_text::visible;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.6rem}h2{font-size:1.15rem;border-bottom:1px solid #8888;margin-top:2rem}\
li{margin:.35rem 0}q{quotes:'“' '”'}.cites{white-space:nowrap;font-size:.85em}\
article p:target,article p:focus{background:#fe96;outline:2px solid #c80}\
article p{padding:.15rem .4rem;border-radius:.2rem}.n{opacity:.65;font-size:.8em;margin-right:.4em}\
.meta{opacity:.8}@media print{article{break-inside:avoid}}";

pub fn write(brief: &Brief<'_>) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { "Situation brief" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { "Situation brief" }
                    p.meta { (visible(&brief.basis)) }
                    @for section in &brief.sections {
                        section {
                            h2 { (section.title) }
                            @if section.lines.is_empty() { p { (section.if_empty) } }
                            @else { (list(&section.lines)) }
                        }
                    }
                    section {
                        h2 { "The reports, as read" }
                        @for (number, coded) in brief.coded.iter().enumerate() { (report(number + 1, coded)) }
                    }
                }
            }
        }
    };
    page.into_string()
}

fn list(lines: &[Line]) -> Markup {
    html! {
        ul { @for line in lines { li { (item(line)) } } }
    }
}

fn item(line: &Line) -> Markup {
    html! {
        @if !line.lead.is_empty() {
            strong { (visible(&line.lead)) }
            @if !line.parts.is_empty() { " · " }
        }
        @for (number, part) in line.parts.iter().enumerate() {
            @match part {
                Part::Plain(words) => {
                    @if number > 0 && !words.starts_with([' ', ',', ';', '.', ':']) { " " }
                    (visible(words))
                }
                Part::Quote(words) => {
                    @if number > 0 { " " }
                    span.quote { (quoted(words)) }
                }
            }
        }
        @if !line.cites.is_empty() {
            " " span.cites {
                "["
                @for (number, cite) in line.cites.iter().enumerate() {
                    @if number > 0 { ", " }
                    a href=(format!("#{}", anchor(cite))) { (cite) }
                }
                "]"
            }
        }
        @if !line.below.is_empty() { (list(&line.below)) }
    }
}

fn report(number: usize, coded: &CodedReport) -> Markup {
    let article = &coded.article;
    let text = coded.document.text();
    html! {
        article {
            h3 id=(format!("r{number}")) tabindex="-1" {
                (number) ". "
                @match &article.title {
                    Some(title) => (visible(&title.text)),
                    None => (visible(&coded.report.id)),
                }
            }
            p.meta {
                (visible(article.outlet.as_deref().unwrap_or("outlet not named")))
                @if let Some(published) = article.published { ", " (published) }
                ", " (visible(&coded.report.input.to_string()))
            }
            @for (index, &paragraph) in article.paragraphs.iter().enumerate() {
                p id=(format!("r{number}p{}", index + 1)) tabindex="-1" {
                    span.n { "¶" (index + 1) }
                    (visible(paragraph.of(text)))
                }
            }
        }
    }
}

fn anchor(cite: &Cite) -> String {
    match cite.paragraph {
        Some(paragraph) => format!("r{}p{paragraph}", cite.report),
        None => format!("r{}", cite.report),
    }
}
