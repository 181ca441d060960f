-- Format 2: events that turned out to be another one, so that a link to either leads to what it is now.
CREATE TABLE merged_event (
  event INTEGER PRIMARY KEY REFERENCES event,
  into_event INTEGER NOT NULL REFERENCES event,
  run INTEGER NOT NULL REFERENCES run      -- that found it out
) STRICT;
