-- +goose Up

-- Replies that were sent and can be taken back for a moment: stored, and
-- written on the ticket when they are due. refused: why that could not be done.
CREATE TABLE held_reply (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id BIGINT NOT NULL REFERENCES desk_user (id),
    via     TEXT NOT NULL,
    ticket  BIGINT NOT NULL REFERENCES ticket (id),
    what    TEXT NOT NULL,
    at      BIGINT NOT NULL,
    due     BIGINT NOT NULL,
    refused TEXT NOT NULL
);
CREATE INDEX held_reply_user ON held_reply (user_id, ticket);
CREATE INDEX held_reply_ticket ON held_reply (ticket);

CREATE TABLE held_file (
    held   BIGINT NOT NULL REFERENCES held_reply (id),
    place  SMALLINT NOT NULL,
    name   TEXT NOT NULL,
    type   TEXT NOT NULL,
    size   BIGINT NOT NULL,
    digest TEXT NOT NULL REFERENCES blob (digest),
    PRIMARY KEY (held, place)
);
CREATE INDEX held_file_digest ON held_file (digest);
