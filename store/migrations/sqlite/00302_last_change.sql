-- +goose Up

-- SQLite reads the last change only as it is.
SELECT 1;
