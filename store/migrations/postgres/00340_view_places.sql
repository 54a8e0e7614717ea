-- +goose Up

-- In which order somebody has his views, and which of them he does not want to
-- see. view: the name of one that every desk has, or the number of a saved one.
CREATE TABLE view_place (
    user_id BIGINT NOT NULL REFERENCES desk_user (id),
    view    TEXT NOT NULL,
    place   BIGINT NOT NULL,
    hidden  SMALLINT NOT NULL,
    PRIMARY KEY (user_id, view)
);

-- With which view the desk opens: for a user, for the members of a group, or,
-- under the number of the system's group of agents, for everybody.
CREATE TABLE view_start (
    who  BIGINT NOT NULL PRIMARY KEY REFERENCES principal (id),
    view TEXT NOT NULL
);
