-- Format 4: texts of reports that were added together are packed together, which takes a third less. `report.text` is then 0 and
-- where the text stands: block, first byte, bytes.
CREATE TABLE text_block (
  id INTEGER PRIMARY KEY,
  texts BLOB NOT NULL           -- zstd
) STRICT;
