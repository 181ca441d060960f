//! Strings that recur, kept once and known by a number.

use rustc_hash::FxHashMap;

/// The number of a string in its [`Interner`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol(u32);

/// Keeps each distinct string once. Symbols of different interners must not be mixed.
#[derive(Clone, Debug, Default)]
pub struct Interner {
    numbers: FxHashMap<Box<str>, u32>,
    strings: Vec<Box<str>>,
}

impl Interner {
    /// An interner with nothing in it.
    pub fn new() -> Interner {
        Interner::default()
    }

    /// The symbol of a string, which is added where it is new.
    pub fn intern(&mut self, string: &str) -> Symbol {
        if let Some(&number) = self.numbers.get(string) {
            return Symbol(number);
        }
        let number = self.strings.len() as u32;
        self.strings.push(string.into());
        self.numbers.insert(string.into(), number);
        Symbol(number)
    }

    /// The symbol of a string, if it has one.
    pub fn find(&self, string: &str) -> Option<Symbol> {
        self.numbers.get(string).map(|&number| Symbol(number))
    }

    /// The string of a symbol of this interner.
    pub fn resolve(&self, symbol: Symbol) -> &str {
        &self.strings[symbol.0 as usize]
    }
}
