-- +goose Up

-- What was erased, by number and moment of making, which name nothing: so it
-- can be done again after an older backup was restored.
CREATE TABLE erasure (
    kind  TEXT NOT NULL,
    what  BIGINT NOT NULL,
    made  BIGINT NOT NULL,
    texts SMALLINT NOT NULL,
    at    BIGINT NOT NULL,
    PRIMARY KEY (kind, what, made)
);

-- When a customer was made; zero: before this was kept.
ALTER TABLE customer ADD COLUMN created BIGINT NOT NULL DEFAULT 0;

-- After how many days closed tickets of a queue are erased.
CREATE TABLE retention (
    queue BIGINT NOT NULL PRIMARY KEY REFERENCES queue (id),
    days  INTEGER NOT NULL
);
CREATE INDEX ticket_closed ON ticket (queue, updated) WHERE state < 2;
