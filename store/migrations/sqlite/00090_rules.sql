-- +goose Up

-- What the desk does by itself. triggers is written as ,created,reply, and the
-- rest of the rule is JSON. queue null: every queue.
CREATE TABLE rule (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    name          TEXT NOT NULL,
    folded        TEXT NOT NULL UNIQUE,
    queue         BIGINT REFERENCES queue (id),
    stage         SMALLINT NOT NULL,
    place         INTEGER NOT NULL,
    triggers      TEXT NOT NULL,
    timed         SMALLINT NOT NULL,
    rule          TEXT NOT NULL,
    enabled       SMALLINT NOT NULL,
    parked_reason TEXT NOT NULL,
    parked_ticket BIGINT REFERENCES ticket (id),
    parked_at     BIGINT NOT NULL,
    author        BIGINT REFERENCES desk_user (id),
    changed       BIGINT NOT NULL,
    version       BIGINT NOT NULL
);

-- Each time that a rule did something or failed.
CREATE TABLE rule_run (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    rule   BIGINT NOT NULL REFERENCES rule (id),
    ticket BIGINT NOT NULL REFERENCES ticket (id),
    event  BIGINT REFERENCES event (id),
    moment BIGINT NOT NULL,
    at     BIGINT NOT NULL,
    state  TEXT NOT NULL,
    what   TEXT NOT NULL,
    tries  INTEGER NOT NULL
);
CREATE UNIQUE INDEX rule_run_once ON rule_run (rule, ticket, coalesce(event, 0), moment);
CREATE INDEX rule_run_rule ON rule_run (rule, id);
CREATE INDEX rule_run_ticket ON rule_run (ticket, id);
CREATE INDEX rule_run_parked ON rule_run (id) WHERE state = 'parked';
CREATE INDEX rule_run_at ON rule_run (at);

-- One row: when rules by time are looked at next, by one of the nodes.
CREATE TABLE rule_clock (
    id   SMALLINT NOT NULL PRIMARY KEY,
    next BIGINT NOT NULL
);
INSERT INTO rule_clock (id, next) VALUES (1, 0);

-- Since when the customer has waited for an answer; 0: he does not.
ALTER TABLE ticket ADD COLUMN asked BIGINT NOT NULL DEFAULT 0;
UPDATE ticket SET asked = coalesce((SELECT min(m.at) FROM message m LEFT JOIN desk_user u ON u.id = m.author
    WHERE m.ticket = ticket.id AND m.kind = 1 AND m.at > ticket.told AND (u.kind = 2 OR m.author = ticket.reporter)), 0);
CREATE INDEX ticket_asked ON ticket (asked, id) WHERE state = 2 AND asked > 0;

CREATE INDEX event_at ON event (at);
