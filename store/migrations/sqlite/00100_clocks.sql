-- +goose Up

-- What is configured as a whole and read as a whole: calendars, agreements and
-- for which tickets they hold. version tells readers that something changed.
CREATE TABLE definition (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    kind   TEXT NOT NULL,
    name   TEXT NOT NULL,
    folded TEXT NOT NULL,
    data   TEXT NOT NULL
);
CREATE UNIQUE INDEX definition_name ON definition (kind, folded);

CREATE TABLE definition_version (
    id      SMALLINT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL
);
INSERT INTO definition_version (id, version) VALUES (1, 1);

-- first_reply: when the desk first answered; last_asked: when the customer last
-- wrote; clock_due: when the most urgent clock is due; clock_next: when people
-- are to be told of one. Zero: never.
ALTER TABLE ticket ADD COLUMN first_reply BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN last_asked BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN clock_due BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN clock_next BIGINT NOT NULL DEFAULT 0;

UPDATE ticket SET
    last_asked = coalesce((SELECT max(m.at) FROM message m JOIN desk_user u ON u.id = m.author
        WHERE m.ticket = ticket.id AND m.kind = 1 AND (u.kind <> 1 OR m.author = ticket.reporter)), 0),
    first_reply = coalesce((SELECT min(m.at) FROM message m JOIN desk_user u ON u.id = m.author
        WHERE m.ticket = ticket.id AND m.kind = 1 AND u.kind = 1 AND m.author <> coalesce(ticket.reporter, 0)), 0);

CREATE INDEX ticket_clock_due ON ticket (clock_due, id) WHERE clock_due > 0 AND state = 2;
CREATE INDEX ticket_clock_next ON ticket (clock_next, id) WHERE clock_next > 0;

-- The runs of tickets' clocks, as reckoned from their events.
CREATE TABLE clock_run (
    ticket    BIGINT NOT NULL REFERENCES ticket (id),
    kind      SMALLINT NOT NULL,
    number    INTEGER NOT NULL,
    agreement BIGINT NOT NULL,
    started   BIGINT NOT NULL,
    ended     BIGINT NOT NULL,
    paused    SMALLINT NOT NULL,
    target    BIGINT NOT NULL,
    worked    BIGINT NOT NULL,
    warn      BIGINT NOT NULL,
    due       BIGINT NOT NULL,
    warned    SMALLINT NOT NULL,
    told      SMALLINT NOT NULL,
    PRIMARY KEY (ticket, kind, number)
);
CREATE INDEX clock_run_ended ON clock_run (ended, kind) WHERE ended > 0;
