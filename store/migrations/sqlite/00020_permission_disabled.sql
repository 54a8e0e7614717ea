-- +goose Up

-- A disabled permission gives nothing; its grants stay.
ALTER TABLE permission ADD COLUMN disabled SMALLINT NOT NULL DEFAULT 0;
