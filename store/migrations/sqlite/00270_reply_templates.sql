-- +goose Up

-- Texts that agents put into what they write: of one user, of a group, of a
-- queue, or of the whole desk. gone: taken away, and can be had back.
CREATE TABLE reply_template (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    owner    BIGINT REFERENCES desk_user (id),
    group_id BIGINT REFERENCES desk_group (id),
    queue    BIGINT REFERENCES queue (id),
    name     TEXT NOT NULL,
    folded   TEXT NOT NULL,
    language TEXT NOT NULL,
    body     TEXT NOT NULL,
    changed  BIGINT NOT NULL,
    gone     SMALLINT NOT NULL
);
CREATE INDEX reply_template_owner ON reply_template (owner);
