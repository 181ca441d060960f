//! Numbers that are taken once: finds the free ones in a range without passing over the taken ones again.

/// Which of the numbers from 0 are taken. Any sequence of calls costs about as much as there are numbers.
pub(crate) struct Runs {
    /// For a free number itself, for a taken one some later number on the way to the next free one.
    next: Vec<u32>,
}

impl Runs {
    /// All numbers below `count` are free.
    pub(crate) fn new(count: usize) -> Runs {
        Runs { next: (0..=count as u32).collect() }
    }

    pub(crate) fn is_free(&self, number: usize) -> bool {
        self.next[number] as usize == number
    }

    /// Takes the free numbers of a range and gives each to `found`.
    pub(crate) fn take(&mut self, range: std::ops::Range<u32>, mut found: impl FnMut(usize)) {
        let mut at = self.free_from(range.start);
        while at < range.end {
            found(at as usize);
            self.next[at as usize] = at + 1;
            at = self.free_from(at + 1);
        }
    }

    /// The first free number from here on. Paths are shortened on the way.
    fn free_from(&mut self, from: u32) -> u32 {
        let mut free = from;
        while self.next[free as usize] != free {
            free = self.next[free as usize];
        }
        let mut at = from;
        while at != free {
            at = std::mem::replace(&mut self.next[at as usize], free);
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_is_given_once() {
        let mut runs = Runs::new(10);
        let mut given = Vec::new();
        runs.take(2..5, |number| given.push(number));
        runs.take(0..7, |number| given.push(number));
        runs.take(3..4, |number| given.push(number));
        assert_eq!(given, [2, 3, 4, 0, 1, 5, 6]);
        assert!(!runs.is_free(6) && runs.is_free(7));
    }
}
