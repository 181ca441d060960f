//! Requests to the pages of small records, by people and by programs.

mod api;
mod edit;
mod feeds;
mod mcp;
mod pages;
mod programs;
mod support;
mod web;
