//! Numbers put into groups, pair by pair (union–find).

/// A partition of the numbers from 0 to n - 1.
#[derive(Clone, Debug)]
pub(crate) struct Groups {
    /// Invariant: a number's parent is never greater than the number, so the root is the group's least.
    parents: Vec<u32>,
    /// Numbers below this are never joined with one another.
    n_apart: usize,
}

impl Groups {
    /// Each number by itself.
    pub fn new(n: usize) -> Groups {
        Groups::keeping_apart(n, 0)
    }

    /// Each number by itself; no two of the first `n_apart` will ever be in one group.
    pub fn keeping_apart(n: usize, n_apart: usize) -> Groups {
        Groups { parents: (0..n as u32).collect(), n_apart }
    }

    /// The least number of the group.
    pub fn root(&mut self, number: usize) -> usize {
        let mut at = number;
        while self.parents[at] as usize != at {
            let above = self.parents[at] as usize;
            self.parents[at] = self.parents[above];
            at = self.parents[at] as usize;
        }
        at
    }

    /// Makes one group of the groups of two numbers, unless they must stay apart. Whether it did.
    pub fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        if a.max(b) < self.n_apart {
            return false;
        }
        self.parents[a.max(b)] = a.min(b) as u32;
        a != b
    }

    /// The groups, each in ascending order, ordered by their least number.
    pub fn into_groups(mut self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut group_of = vec![usize::MAX; self.parents.len()];
        for number in 0..self.parents.len() {
            let root = self.root(number);
            if group_of[root] == usize::MAX {
                group_of[root] = groups.len();
                groups.push(Vec::new());
            }
            groups[group_of[root]].push(number);
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_apart_stays_apart() {
        let mut groups = Groups::keeping_apart(5, 2);
        assert!(groups.join(0, 3));
        assert!(groups.join(1, 4));
        assert!(!groups.join(3, 4));
        assert_eq!(groups.into_groups(), [vec![0, 3], vec![1, 4], vec![2]]);
    }

    #[test]
    fn joined_numbers_are_one_group() {
        let mut groups = Groups::new(6);
        assert!(groups.join(4, 1));
        assert!(groups.join(5, 4));
        assert!(!groups.join(1, 5));
        assert_eq!(groups.root(5), 1);
        assert_eq!(groups.into_groups(), [vec![0], vec![1, 4, 5], vec![2], vec![3]]);
    }
}
