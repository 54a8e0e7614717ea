-- +goose Up
-- Files that people bring in, each with what it did or would do.
CREATE TABLE import_file (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    by_user  BIGINT NOT NULL,
    via      TEXT NOT NULL,
    kind     TEXT NOT NULL,
    name     TEXT NOT NULL,
    at       BIGINT NOT NULL,
    ended    BIGINT NOT NULL,
    state    TEXT NOT NULL,
    places   TEXT NOT NULL,
    skip_bad SMALLINT NOT NULL,
    lines    BIGINT NOT NULL,
    report   TEXT NOT NULL,
    next     BIGINT NOT NULL,
    content  BLOB
);
CREATE INDEX import_file_of ON import_file (by_user, id);
CREATE INDEX import_file_next ON import_file (next) WHERE next > 0;

-- +goose Down
DROP TABLE import_file;
