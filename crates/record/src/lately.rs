//! What was looked up lately, kept at hand.
//!
//! ```text
//! look at 7     new: 7 3 9    old: 4 7 1     7 goes over to the new ones
//! new is full   new:          old: 7 3 9     4 and 1, at which nobody has looked since, are gone
//! ```

use rustc_hash::FxHashMap;

/// Values by the rows that they were read from: the latest `capacity` that were looked at, and at most as many before
/// them.
pub(crate) struct Lately<T> {
    new: FxHashMap<i64, T>,
    old: FxHashMap<i64, T>,
    capacity: usize,
}

impl<T> Lately<T> {
    /// Nothing yet.
    pub fn keeping(capacity: usize) -> Lately<T> {
        Lately { new: FxHashMap::default(), old: FxHashMap::default(), capacity }
    }

    /// The value of a row, where it is at hand.
    pub fn get(&mut self, row: i64) -> Option<&mut T> {
        if !self.new.contains_key(&row)
            && let Some(value) = self.old.remove(&row)
        {
            self.insert(row, value);
        }
        self.new.get_mut(&row)
    }

    /// Keeps the value of a row.
    pub fn insert(&mut self, row: i64, value: T) {
        if self.new.len() >= self.capacity {
            self.old = std::mem::take(&mut self.new);
        }
        self.old.remove(&row);
        self.new.insert(row, value);
    }

    /// Forgets one row.
    pub fn remove(&mut self, row: i64) {
        self.new.remove(&row);
        self.old.remove(&row);
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.new.clear();
        self.old.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_at_stays() {
        let mut lately = Lately::keeping(3);
        for row in 0..100 {
            lately.insert(row, row * 10);
            assert_eq!(lately.get(0), Some(&mut 0), "after {row}");
            assert!(lately.new.len() + lately.old.len() <= 6);
        }
        assert_eq!(lately.get(99), Some(&mut 990));
        assert_eq!(lately.get(50), None);
        lately.insert(99, 1);
        assert_eq!(lately.get(99), Some(&mut 1));
        lately.remove(99);
        assert_eq!(lately.get(99), None);
        lately.clear();
        assert_eq!(lately.get(0), None);
    }
}
