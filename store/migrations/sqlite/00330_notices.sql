-- +goose Up

-- Up to which message somebody has read a ticket; marked: he wants to find it
-- unread.
CREATE TABLE reading (
    user_id BIGINT NOT NULL REFERENCES desk_user (id),
    ticket  BIGINT NOT NULL REFERENCES ticket (id),
    upto    BIGINT NOT NULL,
    marked  SMALLINT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (user_id, ticket)
);
CREATE INDEX reading_ticket ON reading (ticket);
CREATE INDEX reading_at ON reading (at);

-- What was written before counts as read: before the desk knew, and before
-- somebody was there.
ALTER TABLE desk_user ADD COLUMN read_until BIGINT NOT NULL DEFAULT 0;
UPDATE desk_user SET read_until = CAST(strftime('%s', 'now') AS INTEGER) * 1000000;

-- What a person at the desk is told in its pages.
CREATE TABLE notice (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id  BIGINT NOT NULL REFERENCES desk_user (id),
    ticket   BIGINT NOT NULL REFERENCES ticket (id),
    kind     TEXT NOT NULL,
    by_user  BIGINT REFERENCES desk_user (id),
    about    BIGINT NOT NULL,
    internal SMALLINT NOT NULL,
    at       BIGINT NOT NULL,
    times    BIGINT NOT NULL,
    seen     BIGINT NOT NULL
);
CREATE INDEX notice_user ON notice (user_id, at);
CREATE INDEX notice_unseen ON notice (user_id, ticket) WHERE seen = 0;
CREATE INDEX notice_ticket ON notice (ticket);
CREATE INDEX notice_at ON notice (at);
