-- Format 4: texts of reports that were added together are packed together, as blocks, which takes a third of the room. `report.text`
-- is then 0 and where the text stands: first part of its block, parts, first byte, bytes.
CREATE TABLE text_part (
  id INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL           -- parts of one block follow one another; together they are one frame of zstd
) STRICT;

-- Where a report names places and gives times; of reports that were added before, nothing until they are coded anew.
ALTER TABLE report ADD COLUMN named BLOB;

-- Pairs of frequent words that stand beside each other in a report: phrases of such words are in too many texts to look into each.
-- Which words, is in `record/data/frequent-words-1.txt`.
CREATE VIRTUAL TABLE pairs USING fts5 (
  words, content = '', columnsize = 0, detail = none, tokenize = "ascii tokenchars '_'"
);

-- Which reports speak of an actor that is somebody, each actor of a report as the word `a12`; in postings of a byte or two this takes a
-- third of what rows would.
CREATE VIRTUAL TABLE spoken_of USING fts5 (
  actors, content = '', columnsize = 0, detail = none, tokenize = 'ascii'
);
INSERT INTO spoken_of (rowid, actors)
SELECT report, group_concat('a' || actor, ' ') FROM actor_report GROUP BY report ORDER BY report;
DROP TABLE actor_report;
