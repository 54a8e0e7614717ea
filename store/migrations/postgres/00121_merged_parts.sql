-- +goose Up

-- What a ticket brought into the one that took it in, so that it can be taken
-- out again: kind is message, event or holder, which has its role too.
CREATE TABLE merged_part (
    ticket BIGINT NOT NULL REFERENCES ticket (id),
    kind   TEXT NOT NULL,
    part   BIGINT NOT NULL,
    role   INTEGER NOT NULL,
    PRIMARY KEY (ticket, kind, part, role)
);
