-- +goose Up

-- What queries ask of a ticket besides what it had: plans, work and the
-- subject folded, which a step in Go fills in.
ALTER TABLE ticket ADD COLUMN initial_priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN final_priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN starts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN started BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN due BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN time_worked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN time_left INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN time_estimated INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN subject_folded TEXT NOT NULL DEFAULT '';

UPDATE ticket SET initial_priority = priority;
CREATE INDEX ticket_due ON ticket (due, id) WHERE due > 0 AND state = 2;
