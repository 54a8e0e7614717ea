-- +goose Up

-- Lists of tickets that are kept under a name: of one user, of a group, or of
-- the whole desk. gone: taken away, and can be had back.
CREATE TABLE saved_view (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    owner    BIGINT REFERENCES desk_user (id),
    group_id BIGINT REFERENCES desk_group (id),
    name     TEXT NOT NULL,
    folded   TEXT NOT NULL,
    address  TEXT NOT NULL,
    gone     SMALLINT NOT NULL
);
CREATE INDEX saved_view_owner ON saved_view (owner);
