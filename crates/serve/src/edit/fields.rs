//! The fields of a form as they were sent.
//!
//! In:  a body of `application/x-www-form-urlencoded`.
//! Out: names and values in order; a name may come several times.

use crate::error::PageError;
use crate::query::decoded;

/// Fields of a form at most.
const MAX_FIELDS: usize = 400;

/// The fields of a form.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    pub fn read(body: &[u8]) -> Result<Fields, PageError> {
        let body = String::from_utf8_lossy(body);
        let parts: Vec<&str> = body.split('&').filter(|part| !part.is_empty()).collect();
        if parts.len() > MAX_FIELDS {
            return Err(PageError::TooLarge("form"));
        }
        let field = |part: &str| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decoded(name), decoded(value))
        };
        Ok(Fields(parts.into_iter().map(field).collect()))
    }

    /// All values of a name.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The last value of a name; empty where there is none.
    pub fn one(&self, name: &str) -> &str {
        self.0.iter().rev().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The last value of a name, where the form has it.
    pub fn sent(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.trim())
    }

    /// Where the form wants to go on: a place in the queue, and nowhere else.
    pub fn back(&self) -> Option<String> {
        let back = self.one("back");
        let is_plain = back.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'#'));
        let is_queue = back == "/queue" || back.starts_with("/queue?");
        (is_plain && is_queue && back.len() < 2000).then(|| back.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_decoded() {
        let fields =
            Fields::read(b"why=it+was+%22Lima%22&telling=r1-0&telling=r2-3&&empty=&why=x%").expect("fields");
        assert_eq!(fields.one("why"), "x%");
        assert_eq!(fields.all("why").next(), Some("it was \"Lima\""));
        assert_eq!(fields.all("telling").collect::<Vec<_>>(), ["r1-0", "r2-3"]);
        assert_eq!((fields.sent("empty"), fields.sent("other")), (Some(""), None));
        assert!(Fields::read("a&".repeat(MAX_FIELDS + 1).as_bytes()).is_err());
    }

    #[test]
    fn only_the_queue_is_gone_back_to() {
        for (back, expected) in [
            ("%2Fqueue", true),
            ("%2Fqueue%3Fat%3De12", true),
            ("%2Fqueues", false),
            ("%2F%2Fevil.example%2Fqueue", false),
            ("https%3A%2F%2Fevil.example", false),
            ("%2Fqueue%3F%0D%0ASet-Cookie%3A+x", false),
            ("", false),
        ] {
            let fields = Fields::read(format!("back={back}").as_bytes()).expect("fields");
            assert_eq!(fields.back().is_some(), expected, "{back}");
        }
    }
}
