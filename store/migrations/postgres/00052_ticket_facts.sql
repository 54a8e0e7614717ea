-- +goose Up

-- PostgreSQL looks through all tickets quickly enough without an index of what
-- queries ask most, and has no room for long subjects in one.
SELECT 1;
