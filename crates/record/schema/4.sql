-- Format 4: texts of reports that were added together are packed together, as blocks, which takes a third of the room. `report.text`
-- is then 0 and where the text stands: first part of its block, parts, first byte, bytes.
CREATE TABLE text_part (
  id INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL           -- parts of one block follow one another; together they are one frame of zstd
) STRICT;

-- Where a report names places and gives times; of reports that were added before, nothing until they are coded anew.
ALTER TABLE report ADD COLUMN named BLOB;
