-- Format 3: what people correct, a layer over what the machine read. No telling is changed by it: an entry says what was
-- judged about which words, and the state of an event is worked out from both.

-- The journal. Entries are never changed; an undo is an entry of its own.
CREATE TABLE correction (
  id INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,        -- accept, reject, merge, split, recode, undo
  event INTEGER NOT NULL REFERENCES event, -- of a merge the one that stays
  other INTEGER REFERENCES event, -- of a merge the one that became it; of a split the one that began
  before TEXT NOT NULL,         -- JSON, in the words of `dateline events`
  after TEXT NOT NULL,
  who TEXT NOT NULL,
  made TEXT,                    -- ISO 8601, by the caller's clock; unknown where it has none
  why TEXT,
  undoes INTEGER REFERENCES correction
) STRICT;
CREATE INDEX correction_by_event ON correction (event);
CREATE INDEX correction_by_other ON correction (other) WHERE other IS NOT NULL;
CREATE UNIQUE INDEX correction_by_undoes ON correction (undoes) WHERE undoes IS NOT NULL;

-- The tellings that an entry is about, by their words, so that it holds when their report is coded anew.
CREATE TABLE corrected_telling (
  correction INTEGER NOT NULL REFERENCES correction,
  report INTEGER NOT NULL REFERENCES report,
  run INTEGER NOT NULL REFERENCES run,
  number INTEGER NOT NULL,      -- in its report and run
  start INTEGER NOT NULL,       -- the words that evoke it, else its sentence
  end INTEGER NOT NULL,
  type INTEGER NOT NULL,        -- as coded then
  event_before INTEGER NOT NULL REFERENCES event,
  event_after INTEGER NOT NULL REFERENCES event,
  PRIMARY KEY (report, run, number, correction)
) STRICT, WITHOUT ROWID;
CREATE INDEX corrected_telling_by_correction ON corrected_telling (correction);

-- Events that people say are another one; what `merged_event` is for the machine.
CREATE TABLE united_event (
  event INTEGER PRIMARY KEY REFERENCES event,
  into_event INTEGER NOT NULL REFERENCES event,
  correction INTEGER NOT NULL REFERENCES correction
) STRICT;
CREATE INDEX united_event_by_into ON united_event (into_event);
CREATE INDEX merged_event_by_into ON merged_event (into_event);
