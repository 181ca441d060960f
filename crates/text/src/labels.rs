//! Closed sets of labels: tags, relations, event types.
//!
//! [`labels!`](crate::labels) writes a field-less enum whose variants have a fixed spelling, with `as_str`,
//! `FromStr`, `Display` and `ALL`. After construction nobody checks a spelling again.

use std::fmt;

/// A word that is not one of a closed set of labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLabel {
    /// What was being read, for instance `universal part of speech`.
    pub set: &'static str,
    /// The word as found.
    pub found: String,
}

impl fmt::Display for UnknownLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a {}", self.found, self.set)
    }
}

impl std::error::Error for UnknownLabel {}

/// Declares an enum of labels: `labels! { /// doc  pub enum Upos as "universal part of speech" { Adj = "ADJ", … } }`.
#[macro_export]
macro_rules! labels {
    ($(#[$meta:meta])* pub enum $name:ident as $set:literal {
        $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "the spelling of each label is its documentation")]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every label, in the order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The label as the field spells it.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.as_str()) }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownLabel;
            fn from_str(text: &str) -> Result<Self, $crate::UnknownLabel> {
                match text {
                    $($text => Ok($name::$variant),)+
                    _ => Err($crate::UnknownLabel { set: $set, found: text.to_owned() }),
                }
            }
        }
    };
}
