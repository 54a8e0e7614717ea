-- +goose Up

-- The oldest edition of the program that can work with this schema.
ALTER TABLE access_version ADD COLUMN oldest BIGINT NOT NULL DEFAULT 1;

-- The processes that serve the desk. It is not in backups.
CREATE TABLE node (
    name    TEXT NOT NULL PRIMARY KEY,
    edition BIGINT NOT NULL,
    program TEXT NOT NULL,
    started BIGINT NOT NULL,
    seen    BIGINT NOT NULL
);
