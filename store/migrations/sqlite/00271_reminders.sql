-- +goose Up

-- What brings a ticket back to somebody at a time; told: it came due; done: it
-- is done with. silent: only where nobody has answered by then.
CREATE TABLE reminder (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket  BIGINT NOT NULL REFERENCES ticket (id),
    user_id BIGINT NOT NULL REFERENCES desk_user (id),
    maker   BIGINT REFERENCES desk_user (id),
    note    TEXT NOT NULL,
    due     BIGINT NOT NULL,
    silent  SMALLINT NOT NULL,
    made    BIGINT NOT NULL,
    told    BIGINT NOT NULL,
    done    BIGINT NOT NULL
);
CREATE INDEX reminder_of ON reminder (user_id, done, due);
CREATE INDEX reminder_on ON reminder (ticket);
