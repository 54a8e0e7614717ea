-- +goose Up

-- Since when a ticket has had its status; of those of before, as the history
-- says, else since it was resolved or opened.
ALTER TABLE ticket ADD COLUMN status_since BIGINT NOT NULL DEFAULT 0;
UPDATE ticket SET status_since = coalesce((SELECT max(e.at) FROM event e WHERE e.ticket = ticket.id AND e.kind = 'status'),
    CASE WHEN resolved > 0 THEN resolved ELSE created END);
CREATE INDEX ticket_status_since ON ticket (status, status_since, id) WHERE state > 0;
CREATE INDEX ticket_last_asked ON ticket (last_asked, id) WHERE state = 2 AND asked > 0;

-- How far each rule by time has looked, so that it never looks at all tickets
-- again: up to a moment and a ticket, and at what was changed until changed.
-- version is that of the rule: a rule that was changed begins anew.
CREATE TABLE rule_look (
    rule    BIGINT NOT NULL PRIMARY KEY REFERENCES rule (id),
    version BIGINT NOT NULL,
    moment  BIGINT NOT NULL,
    ticket  BIGINT NOT NULL,
    changed BIGINT NOT NULL
);

-- Runs are forgotten piece by piece: up to which the last piece went.
ALTER TABLE rule_clock ADD COLUMN swept BIGINT NOT NULL DEFAULT 0;
