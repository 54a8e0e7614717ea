-- +goose Up

-- The version of access that a node knew when it was last heard of.
ALTER TABLE node ADD COLUMN access BIGINT NOT NULL DEFAULT 0;
