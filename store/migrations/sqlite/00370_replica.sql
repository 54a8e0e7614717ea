-- +goose Up

-- Whether some node reads lists from a replica.
ALTER TABLE access_version ADD COLUMN replicated SMALLINT NOT NULL DEFAULT 0;

-- How often each user has changed something since, in several rows so that his
-- changes need not wait for each other: by it is seen whether a replica has what
-- he changed last. It is not in backups.
CREATE TABLE own_write (
    user_id BIGINT NOT NULL,
    slot    SMALLINT NOT NULL,
    n       BIGINT NOT NULL,
    PRIMARY KEY (user_id, slot)
);
