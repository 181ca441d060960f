//! Typed indices into arenas: the compiler keeps a token's number apart from an actor's.

use std::{fmt, hash, marker::PhantomData, ops};

/// The number of a `T` in its arena.
pub struct Idx<T> {
    raw: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Idx<T> {
    /// The `number`-th value, from 0. Panics beyond 32 bits.
    pub fn new(number: usize) -> Idx<T> {
        assert!(number < u32::MAX as usize, "invariant: arenas hold fewer than 2^32 - 1 values");
        Idx { raw: number as u32, of: PhantomData }
    }

    /// The number, to index with.
    pub fn index(self) -> usize {
        self.raw as usize
    }
}

impl<T> Clone for Idx<T> {
    fn clone(&self) -> Idx<T> {
        *self
    }
}
impl<T> Copy for Idx<T> {}
impl<T> PartialEq for Idx<T> {
    fn eq(&self, other: &Idx<T>) -> bool {
        self.raw == other.raw
    }
}
impl<T> Eq for Idx<T> {}
impl<T> PartialOrd for Idx<T> {
    fn partial_cmp(&self, other: &Idx<T>) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Idx<T> {
    fn cmp(&self, other: &Idx<T>) -> std::cmp::Ordering {
        self.raw.cmp(&other.raw)
    }
}
impl<T> hash::Hash for Idx<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.raw.hash(state);
    }
}
impl<T> fmt::Debug for Idx<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.raw)
    }
}

/// Values that are only ever added, each known by its [`Idx`].
#[derive(Clone, Debug)]
pub struct Arena<T> {
    values: Vec<T>,
}

impl<T> Arena<T> {
    /// An arena with nothing in it.
    pub fn new() -> Arena<T> {
        Arena { values: Vec::new() }
    }

    /// Adds a value and says where it went.
    pub fn push(&mut self, value: T) -> Idx<T> {
        let idx = Idx::new(self.values.len());
        self.values.push(value);
        idx
    }

    /// How many values there are.
    pub fn n_values(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Every value with its index, in the order added.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Idx<T>, &T)> + ExactSizeIterator {
        self.values.iter().enumerate().map(|(number, value)| (Idx::new(number), value))
    }

    /// Every index, in order.
    pub fn indices(&self) -> impl DoubleEndedIterator<Item = Idx<T>> + ExactSizeIterator + use<T> {
        (0..self.values.len()).map(Idx::new)
    }

    /// The values as a slice, in the order added.
    pub fn as_slice(&self) -> &[T] {
        &self.values
    }
}

impl<T> Default for Arena<T> {
    fn default() -> Arena<T> {
        Arena::new()
    }
}

impl<T> FromIterator<T> for Arena<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Arena<T> {
        Arena { values: values.into_iter().collect() }
    }
}

impl<T> ops::Index<Idx<T>> for Arena<T> {
    type Output = T;
    fn index(&self, idx: Idx<T>) -> &T {
        &self.values[idx.index()]
    }
}

impl<T> ops::IndexMut<Idx<T>> for Arena<T> {
    fn index_mut(&mut self, idx: Idx<T>) -> &mut T {
        &mut self.values[idx.index()]
    }
}
