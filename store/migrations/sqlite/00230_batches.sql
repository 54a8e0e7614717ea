-- +goose Up

-- One change of many tickets that somebody asked for. ended: 0 while it goes
-- on. undoes: the batch that it takes back.
CREATE TABLE batch (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    by_user BIGINT NOT NULL REFERENCES desk_user (id),
    via     TEXT NOT NULL,
    what    TEXT NOT NULL,
    undoes  BIGINT REFERENCES batch (id),
    at      BIGINT NOT NULL,
    ended   BIGINT NOT NULL,
    stopped SMALLINT NOT NULL
);
CREATE INDEX batch_by ON batch (by_user, id);
CREATE INDEX batch_undoes ON batch (undoes) WHERE undoes IS NOT NULL;

-- What became of each of its tickets: 0 waits, 1 changed, 2 left as it was.
CREATE TABLE batch_ticket (
    batch  BIGINT NOT NULL REFERENCES batch (id),
    ticket BIGINT NOT NULL REFERENCES ticket (id),
    state  SMALLINT NOT NULL,
    reason TEXT NOT NULL,
    before TEXT NOT NULL,
    PRIMARY KEY (batch, ticket)
);
CREATE INDEX batch_ticket_of ON batch_ticket (ticket);
CREATE INDEX batch_ticket_waits ON batch_ticket (batch, ticket) WHERE state = 0;
