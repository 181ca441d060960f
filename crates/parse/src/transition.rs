//! Dependency trees: a greedy arc-hybrid transition parser.
//!
//! The stack holds words that wait for their head; the last word of the buffer is followed by an artificial
//! root. SHIFT moves the next word onto the stack; LEFT hangs the top of the stack under the next word; RIGHT
//! hangs it under the word below it. Training follows the dynamic oracle of Goldberg and Nivre (2013), so the
//! parser learns to go on after its own mistakes. The artificial root takes one word only: every tree has
//! exactly one root.

use crate::atoms::{Atoms, at};
use crate::linear::{Linear, Trainer, key};

/// The class of SHIFT; class `1 + 2 * label` is LEFT and `2 + 2 * label` is RIGHT with that label.
const SHIFT: usize = 0;
/// No word.
const NONE: u32 = u32::MAX;

/// The parser's state over one sentence; heads are places in the sentence, `n` being the artificial root.
#[derive(Default)]
pub(crate) struct State {
    n: u32,
    next: u32,
    stack: Vec<u32>,
    pub heads: Vec<u32>,
    pub labels: Vec<u32>,
    /// The outermost and second outermost dependents on either side, and how many there are.
    left: Vec<[u32; 2]>,
    right: Vec<[u32; 2]>,
    n_left: Vec<u32>,
    n_right: Vec<u32>,
}

impl State {
    pub fn start(&mut self, n: usize) {
        self.n = n as u32;
        self.next = 0;
        self.stack.clear();
        self.heads.clear();
        self.heads.resize(n, NONE);
        self.labels.clear();
        self.labels.resize(n + 1, NONE);
        for list in [&mut self.left, &mut self.right] {
            list.clear();
            list.resize(n + 1, [NONE; 2]);
        }
        for list in [&mut self.n_left, &mut self.n_right] {
            list.clear();
            list.resize(n + 1, 0);
        }
    }

    fn is_done(&self) -> bool {
        self.next == self.n && self.stack.is_empty()
    }

    fn allows(&self, class: usize) -> bool {
        match class {
            SHIFT => self.next < self.n,
            class if class % 2 == 1 => {
                !self.stack.is_empty() && (self.next < self.n || self.stack.len() == 1)
            }
            _ => self.stack.len() > 1,
        }
    }

    fn take(&mut self, class: usize) {
        if class == SHIFT {
            self.stack.push(self.next);
            self.next += 1;
            return;
        }
        let word = self.stack.pop().expect("invariant: the stack holds a word");
        let label = ((class - 1) / 2) as u32;
        let leftwards = class % 2 == 1;
        let head = if leftwards {
            self.next
        } else {
            *self.stack.last().expect("invariant: the stack holds the head")
        };
        self.heads[word as usize] = head;
        self.labels[word as usize] = label;
        let (outer, count) = if leftwards {
            (&mut self.left[head as usize], &mut self.n_left[head as usize])
        } else {
            (&mut self.right[head as usize], &mut self.n_right[head as usize])
        };
        *outer = [word, outer[0]];
        *count += 1;
    }

    /// What a transition would cost in arcs that can no longer be built.
    fn costs(&self, gold: &[u32]) -> [u32; 3] {
        let top = self.stack.last().copied();
        let below = self.stack.iter().rev().nth(1).copied();
        let mut costs = [u32::MAX; 3];
        if self.allows(SHIFT) {
            let next = self.next;
            let lost_head = self.stack[..self.stack.len().saturating_sub(1)].contains(&gold[next as usize]);
            let lost_dependents = self.stack.iter().filter(|&&word| gold[word as usize] == next).count();
            costs[0] = u32::from(lost_head) + lost_dependents as u32;
        }
        if let Some(top) = top {
            let head = gold[top as usize];
            let waiting = (self.next..self.n).filter(|&word| gold[word as usize] == top).count() as u32;
            if self.allows(1) {
                let lost = Some(head) == below || (head > self.next && head <= self.n);
                costs[1] = waiting + u32::from(lost);
            }
            if self.allows(2) {
                costs[2] = waiting + u32::from(head >= self.next && head <= self.n);
            }
        }
        costs
    }
}

fn kind(class: usize) -> usize {
    if class == SHIFT { 0 } else { 2 - class % 2 }
}

/// Fills the features of a state.
pub(crate) fn features(state: &State, atoms: &[Atoms], out: &mut Vec<u32>) {
    let word = |place: u32| if place >= state.n { at(atoms, -1) } else { &atoms[place as usize] };
    let label = |place: u32| if place >= state.n { 0 } else { state.labels[place as usize].wrapping_add(2) };
    let depth = state.stack.len();
    let stacked = |i: usize| if i < depth { state.stack[depth - 1 - i] } else { NONE };
    let left = |place: u32, i: usize| if place >= state.n { NONE } else { state.left[place as usize][i] };
    let right = |place: u32, i: usize| if place >= state.n { NONE } else { state.right[place as usize][i] };
    let (p0, p1, p2) = (stacked(0), stacked(1), stacked(2));
    let (s0, s1, s2) = (word(p0), word(p1), word(p2));
    let q0 = state.next;
    let (b0, b1, b2, b3) = (word(q0), word(q0 + 1), word(q0 + 2), word(q0 + 3));
    let root = u32::from(q0 == state.n);
    let (s0l, s0r, s0l2, s0r2) = (left(p0, 0), right(p0, 0), left(p0, 1), right(p0, 1));
    let (s1l, s1r, s1r2) = (left(p1, 0), right(p1, 0), right(p1, 1));
    let (b0l, b0l2) = (left(q0, 0), left(q0, 1));
    let distance = |a: u32, b: u32| {
        if a >= state.n || b > state.n {
            0
        } else {
            b.abs_diff(a).clamp(1, 10) + u32::from(b.abs_diff(a) > 5)
        }
    };
    let (d0, d1) = (distance(p0, q0), distance(p1, p0));
    let count = |place: u32| {
        if place >= state.n {
            0
        } else {
            state.n_left[place as usize].min(4) * 8 + state.n_right[place as usize].min(6) + 1
        }
    };
    let (v0, v1, vb) = (count(p0), count(p1), count(q0));
    out.clear();
    out.extend_from_slice(&[
        key(101, s0.lower, s0.tag, root),
        key(102, s0.lower, 0, 0),
        key(103, s0.tag, root, 0),
        key(104, s1.lower, s1.tag, 0),
        key(105, s1.tag, 0, 0),
        key(106, b0.lower, b0.tag, 0),
        key(107, b0.lower, 0, 0),
        key(108, b0.tag, root, 0),
        key(109, b1.lower, b1.tag, 0),
        key(110, b1.tag, 0, 0),
        key(111, b2.tag, b1.tag, b0.tag),
        key(112, s0.lower, b0.lower, root),
        key(113, s0.lower, b0.tag, root),
        key(114, s0.tag, b0.lower, 0),
        key(115, s0.tag, b0.tag, root),
        key(116, s0.lower ^ s0.tag, b0.lower ^ b0.tag.rotate_left(7), 0),
        key(117, s1.lower, s0.lower, 0),
        key(118, s1.tag, s0.lower, 0),
        key(119, s1.lower, s0.tag, 0),
        key(120, s1.tag, s0.tag, 0),
        key(121, s0.tag, b0.tag, b1.tag),
        key(122, s1.tag, s0.tag, b0.tag),
        key(123, s2.tag, s1.tag, s0.tag),
        key(124, s1.tag, s0.tag, b0.lower),
        key(125, s1.lower, s0.tag, b0.tag),
        key(126, s1.tag, s0.lower, b0.tag),
        key(127, s0.lower, b0.tag, b1.tag),
        key(128, s0.tag, b0.lower, b1.tag),
        key(129, s0.tag, word(s0l).tag, b0.tag),
        key(130, s0.tag, word(s0r).tag, b0.tag),
        key(131, s0.tag, word(b0l).tag, b0.tag),
        key(132, s1.tag, word(s1r).tag, s0.tag),
        key(133, s1.tag, word(s1l).tag, s0.tag),
        key(134, s1.tag, s0.tag, word(s0l).tag),
        key(135, s1.tag, s0.tag, word(s0r).tag),
        key(136, s0.lower, label(s0l), label(s0r)),
        key(137, s0.tag, label(s0l), label(s0r)),
        key(138, s1.tag, label(s1l), label(s1r)),
        key(139, s1.lower, label(s1r), s0.tag),
        key(140, b0.tag, label(b0l), label(b0l2)),
        key(141, s0.tag, label(s0l), label(s0l2)),
        key(142, s0.tag, label(s0r), label(s0r2)),
        key(143, s1.tag, label(s1r), label(s1r2)),
        key(144, s0.tag, b0.tag, d0),
        key(145, s1.tag, s0.tag, d1),
        key(146, s0.lower, d0, root),
        key(147, b0.lower, d0, 0),
        key(148, s1.lower, d1, 0),
        key(149, s0.tag, v0, b0.tag),
        key(150, s0.lower, v0, 0),
        key(151, b0.tag, vb, s0.tag),
        key(152, s1.tag, v1, s0.tag),
        key(153, s0.tag, b0.tag, b1.lower),
        key(154, word(s0l).lower, s0.tag, b0.tag),
        key(155, word(s0r).lower, s0.tag, b0.tag),
        key(156, b0.tag, b1.tag, b2.tag ^ b3.tag.rotate_left(9)),
        key(157, s0.suffix[2], s0.tag, b0.suffix[2]),
        key(158, s1.suffix[2], s0.suffix[2], s0.tag),
        key(159, b0.suffix[2], b0.tag, s0.tag),
        key(160, s1.lower, b0.lower, s0.tag),
        key(161, s1.tag, b0.tag, d0 * 16 + d1),
        key(162, s2.tag, s1.tag, b0.tag),
        key(164, s0.tag, s1.tag, label(s0l) * 64 + label(s1r)),
        key(170, s0.class, s0.tag, root),
        key(171, b0.class, b0.tag, 0),
        key(172, s1.class, s1.tag, 0),
        key(173, s0.class, b0.class, root),
        key(174, s1.class, s0.class, 0),
        key(175, s0.class, b0.tag, root),
        key(176, s0.tag, b0.class, 0),
        key(177, s1.class, s0.tag, 0),
        key(178, s1.tag, s0.class, 0),
        key(179, s1.wide, s0.wide, b0.wide),
        key(180, s0.lower, b0.class, 0),
        key(181, s0.class, b0.lower, 0),
        key(182, s1.lower, s0.class, 0),
        key(183, s1.class, s0.lower, 0),
        key(184, s1.wide, b0.wide, s0.tag),
        key(185, s0.wide, b0.wide, d0),
        key(186, s1.wide, s0.wide, d1),
        key(187, s0.class, label(s0l), label(s0r)),
        key(188, s1.class, s0.tag, b0.class),
        key(189, word(s0r).class, s0.tag, b0.tag),
    ]);
}

/// Parses one tagged sentence into `state.heads` and `state.labels`.
pub(crate) fn parse(
    model: &Linear,
    atoms: &[Atoms],
    state: &mut State,
    list: &mut Vec<u32>,
    scores: &mut Vec<i32>,
) {
    state.start(atoms.len());
    while !state.is_done() {
        features(state, atoms, list);
        scores.clear();
        scores.resize(model.n_classes, 0);
        model.add_scores(list, scores);
        let mut choice = (i32::MIN, SHIFT);
        let allowed = [state.allows(SHIFT), state.allows(1), state.allows(2)];
        for (class, &score) in scores.iter().enumerate() {
            if score > choice.0 && allowed[kind(class)] {
                choice = (score, class);
            }
        }
        state.take(choice.1);
    }
}

/// A sentence to learn from: heads are places, `n` for the root.
pub(crate) struct Example {
    pub atoms: Vec<Atoms>,
    pub heads: Vec<u32>,
    pub labels: Vec<u32>,
}

/// Trains with a dynamic oracle, following the parser's own choices from the second epoch on.
pub(crate) fn train(examples: &[Example], order: &[Vec<usize>], n_labels: usize) -> Trainer {
    let n_classes = 1 + 2 * n_labels;
    let mut trainer = Trainer::new(n_classes);
    let mut state = State::default();
    let (mut list, mut scores) = (Vec::new(), vec![0.0f32; n_classes]);
    for (number, epoch) in order.iter().enumerate() {
        for &place in epoch {
            let example = &examples[place];
            state.start(example.atoms.len());
            while !state.is_done() {
                features(&state, &example.atoms, &mut list);
                scores.fill(0.0);
                trainer.add_scores(&list, &mut scores);
                let costs = state.costs(&example.heads);
                let least = *costs.iter().min().expect("invariant: there are three costs");
                let (mut found, mut right) = ((f32::MIN, SHIFT), (f32::MIN, SHIFT));
                for (class, &score) in scores.iter().enumerate() {
                    if costs[kind(class)] == u32::MAX {
                        continue;
                    }
                    if score > found.0 {
                        found = (score, class);
                    }
                    if score > right.0
                        && costs[kind(class)] == least
                        && is_right_label(&state, example, class)
                    {
                        right = (score, class);
                    }
                }
                trainer.tick();
                if found.1 != right.1 {
                    trainer.update(&list, right.1, found.1);
                }
                state.take(if number == 0 { right.1 } else { found.1 });
            }
        }
    }
    trainer
}

/// Whether an arc that is right in head is right in label too; wrong arcs may carry any label.
fn is_right_label(state: &State, example: &Example, class: usize) -> bool {
    if class == SHIFT {
        return true;
    }
    let word = *state.stack.last().expect("invariant: the stack holds a word") as usize;
    let head = match kind(class) {
        1 => state.next,
        _ => state.stack[state.stack.len() - 2],
    };
    example.heads[word] != head || example.labels[word] as usize == (class - 1) / 2
}
