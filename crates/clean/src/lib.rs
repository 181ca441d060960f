#![doc = include_str!("../README.md")]

mod article;

pub use article::{Article, Excerpt, Reason, Removed};
