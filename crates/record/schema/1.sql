-- The record, format 1.
--
-- Spans are byte ranges of the report's text, half-open. Days are counted from 1970-01-01. Labels are the numbers
-- of their tables; sets of labels are bit masks of those numbers. The views at the end spell everything out.

-- Who wrote what, and when: each call that added to the record.
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  started TEXT,                 -- ISO 8601, by the caller's clock; unknown where it has none
  software TEXT NOT NULL,       -- name and version
  models TEXT NOT NULL          -- which trained models
) STRICT;

CREATE TABLE outlet (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE report (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,           -- its id as given
  url TEXT,
  outlet INTEGER REFERENCES outlet,
  title TEXT,
  byline TEXT,
  published TEXT,               -- ISO 8601, as exactly as given
  day INTEGER,                  -- the day of it
  language TEXT,                -- ISO 639-1
  identity INTEGER NOT NULL,    -- hash of url, else of name and input: the same for versions of one report
  content INTEGER NOT NULL,     -- hash of the body as given
  version INTEGER NOT NULL,     -- from 1
  replaces INTEGER REFERENCES report,
  source_group INTEGER NOT NULL, -- earliest report tied to it by copied wording; itself where none
  agency TEXT,                  -- credited by one of that group
  house TEXT,                   -- who publishes it; the same for all outlets of one house
  uncoded TEXT,                 -- why nothing was coded from it
  text BLOB NOT NULL,           -- zstd; the text that all spans index
  html BLOB,                    -- zstd; the page as given, where the text was made from one
  layout BLOB NOT NULL,         -- kept paragraphs and removed parts
  actors BLOB NOT NULL,         -- where each actor is named or described
  extra TEXT,                   -- JSON: keys of the input that were not understood
  input TEXT NOT NULL,          -- path and line
  run INTEGER NOT NULL REFERENCES run
) STRICT;
CREATE INDEX report_by_identity ON report (identity);
CREATE INDEX report_by_content ON report (content);
CREATE INDEX report_by_group ON report (source_group);
CREATE INDEX report_by_day ON report (day);

-- Some of the three-word runs of each text, to find copies.
CREATE TABLE wording_key (
  key INTEGER NOT NULL,
  report INTEGER NOT NULL,
  PRIMARY KEY (key, report)
) STRICT, WITHOUT ROWID;

-- Wording that two reports share.
CREATE TABLE lineage (
  a INTEGER NOT NULL REFERENCES report,
  b INTEGER NOT NULL REFERENCES report,
  shared REAL NOT NULL,         -- part of the shorter article, 0 to 1
  unquoted REAL NOT NULL,       -- the same without quotations
  is_copy INTEGER NOT NULL,
  passages BLOB NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX lineage_by_b ON lineage (b);

CREATE TABLE actor (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  kind INTEGER NOT NULL,
  country TEXT,
  sector TEXT,
  is_named INTEGER NOT NULL,
  is_anybody INTEGER NOT NULL,  -- only described (`gunmen`): another report means others by the same words
  head TEXT NOT NULL,           -- the word that describes it, where it has no name
  offices TEXT NOT NULL,        -- its roles as given, one a line
  n_reports INTEGER NOT NULL
) STRICT;
CREATE INDEX actor_by_description ON actor (name) WHERE is_anybody;
CREATE INDEX actor_by_reports ON actor (n_reports) WHERE n_reports > 19;

-- Each form of a name as printed, once.
CREATE TABLE actor_name (
  id INTEGER PRIMARY KEY,
  actor INTEGER NOT NULL REFERENCES actor,
  name TEXT NOT NULL,
  is_full INTEGER NOT NULL,     -- the fullest form that a report gives
  n_reports INTEGER NOT NULL,
  UNIQUE (actor, name)
) STRICT;

CREATE TABLE actor_key (
  key INTEGER NOT NULL,
  actor INTEGER NOT NULL,
  PRIMARY KEY (key, actor)
) STRICT, WITHOUT ROWID;

-- Which reports speak of an actor that is somebody; where, is in their `actors`.
CREATE TABLE actor_report (
  actor INTEGER NOT NULL REFERENCES actor,
  report INTEGER NOT NULL REFERENCES report,
  PRIMARY KEY (actor, report)
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  kind INTEGER NOT NULL,
  lat REAL,
  lon REAL,
  country TEXT,
  geonameid INTEGER
) STRICT;
CREATE INDEX place_by_name ON place (name);

CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  event INTEGER NOT NULL,
  modes INTEGER NOT NULL,       -- bit mask
  contexts INTEGER NOT NULL,    -- bit mask
  status INTEGER NOT NULL,
  date_from INTEGER,            -- day
  date_to INTEGER,
  place INTEGER REFERENCES place,
  n_reports INTEGER NOT NULL,
  n_independent INTEGER NOT NULL,
  first_told INTEGER,           -- day of publication
  last_told INTEGER,
  confidence REAL NOT NULL      -- of the surest telling, 0 to 1
) STRICT;
-- With the type, as most questions name one.
CREATE INDEX event_by_date ON event (date_from, event);
CREATE INDEX event_by_independent ON event (n_independent) WHERE n_independent > 1;
CREATE INDEX event_by_place ON event (place) WHERE place IS NOT NULL;

CREATE TABLE event_party (
  event INTEGER NOT NULL REFERENCES event,
  role INTEGER NOT NULL,        -- 0 actor, 1 recipient
  actor INTEGER NOT NULL REFERENCES actor,
  PRIMARY KEY (event, role, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_by_party ON event_party (actor, role);

-- What tellings of an event are found by: type and state, with the day told, else the day of telling.
CREATE TABLE event_key (
  key INTEGER NOT NULL,
  day INTEGER NOT NULL,
  event INTEGER NOT NULL,
  PRIMARY KEY (key, day, event)
) STRICT, WITHOUT ROWID;

-- Event mentions. Those of an earlier coding of a report are kept, with the run that replaced them.
CREATE TABLE mention (
  event INTEGER NOT NULL REFERENCES event,
  report INTEGER NOT NULL REFERENCES report,
  run INTEGER NOT NULL REFERENCES run,
  number INTEGER NOT NULL,      -- in its report and run
  start INTEGER NOT NULL,       -- the sentence
  end INTEGER NOT NULL,
  telling BLOB NOT NULL,        -- all that was coded
  until INTEGER REFERENCES run,
  PRIMARY KEY (event, report, run, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_by_report ON mention (report);

CREATE TABLE statement (
  id INTEGER PRIMARY KEY,
  speaker INTEGER REFERENCES actor,
  kind INTEGER NOT NULL,
  n_reports INTEGER NOT NULL,
  n_independent INTEGER NOT NULL,
  first_told INTEGER,
  last_told INTEGER
) STRICT;
CREATE INDEX statement_by_speaker ON statement (speaker) WHERE speaker IS NOT NULL;

CREATE TABLE statement_key (
  key INTEGER NOT NULL,
  statement INTEGER NOT NULL,
  PRIMARY KEY (key, statement)
) STRICT, WITHOUT ROWID;

CREATE TABLE saying (
  statement INTEGER NOT NULL REFERENCES statement,
  report INTEGER NOT NULL REFERENCES report,
  run INTEGER NOT NULL REFERENCES run,
  number INTEGER NOT NULL,      -- in its report and run
  start INTEGER NOT NULL,       -- from the first to the last piece of the content
  end INTEGER NOT NULL,
  saying BLOB NOT NULL,         -- kind, speaker, pieces
  until INTEGER REFERENCES run,
  PRIMARY KEY (statement, report, run, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX saying_by_report ON saying (report);

CREATE TABLE discrepancy (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  about_kind INTEGER NOT NULL,  -- 0 actor, 1 event, 2 statement
  about INTEGER NOT NULL,
  note TEXT NOT NULL,
  UNIQUE (about_kind, about, kind, note)
) STRICT;

CREATE TABLE discrepancy_value (
  discrepancy INTEGER NOT NULL REFERENCES discrepancy ON DELETE CASCADE,
  number INTEGER NOT NULL,
  value TEXT NOT NULL,
  n_reports INTEGER NOT NULL,
  since INTEGER,                -- day on which a report first gave it
  evidence BLOB NOT NULL,       -- report, start, end, of the first reports only; then who withdrew it: report, by which, how
  PRIMARY KEY (discrepancy, number)
) STRICT, WITHOUT ROWID;

-- Words of titles and articles. Holds neither text nor positions: phrases are looked for in the texts that have all
-- their words.
CREATE VIRTUAL TABLE words USING fts5 (
  body, content = '', columnsize = 0, detail = none, tokenize = 'porter unicode61 remove_diacritics 2'
);

-- Words of the names of actors, folded, and the country of each as U+E000 and `kor`. In postings of a byte or two this takes a
-- third of what an index of countries would.
CREATE VIRTUAL TABLE names USING fts5 (
  name, content = '', columnsize = 0, detail = none, tokenize = 'unicode61'
);

-- What the numbers stand for. Modes are numbered within their event type: kind `mode of ASSAULT`.
CREATE TABLE label (
  kind TEXT NOT NULL,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (kind, number)
) STRICT, WITHOUT ROWID;

-- For reading by people.
CREATE VIEW events AS
SELECT event.id,
  type.name AS event,
  (SELECT group_concat(mode.name, '|') FROM label AS mode
    WHERE mode.kind = 'mode of ' || type.name AND (event.modes >> mode.number) & 1) AS mode,
  (SELECT group_concat(context.name, '|') FROM label AS context
    WHERE context.kind = 'context' AND (event.contexts >> context.number) & 1) AS context,
  (SELECT name FROM label WHERE kind = 'status' AND number = event.status) AS status,
  date(event.date_from * 86400, 'unixepoch') AS date_from,
  date(event.date_to * 86400, 'unixepoch') AS date_to,
  (SELECT group_concat(actor.name, '|') FROM event_party JOIN actor ON actor.id = event_party.actor
    WHERE event_party.event = event.id AND role = 0) AS actors,
  (SELECT group_concat(actor.name, '|') FROM event_party JOIN actor ON actor.id = event_party.actor
    WHERE event_party.event = event.id AND role = 1) AS recipients,
  place.name AS place, place.country AS place_country, place.lat, place.lon,
  event.n_reports, event.n_independent,
  date(event.first_told * 86400, 'unixepoch') AS first_told,
  date(event.last_told * 86400, 'unixepoch') AS last_told,
  event.confidence
FROM event
JOIN label AS type ON type.kind = 'event' AND type.number = event.event
LEFT JOIN place ON place.id = event.place
WHERE event.n_reports > 0;

CREATE VIEW evidence AS
SELECT mention.event, mention.report, report.name AS report_name, outlet.name AS outlet, report.published,
  mention.start AS start_byte, mention.end AS end_byte
FROM mention
JOIN report ON report.id = mention.report
LEFT JOIN outlet ON outlet.id = report.outlet
WHERE mention.until IS NULL;
