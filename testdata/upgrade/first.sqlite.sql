PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO goose_db_version VALUES(1,0,1,'2026-11-22 15:30:45');
INSERT INTO goose_db_version VALUES(2,1,1,'2026-11-22 15:30:45');
INSERT INTO goose_db_version VALUES(3,2,1,'2026-11-22 15:30:45');
CREATE TABLE principal (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL
);
INSERT INTO principal VALUES(1,'system');
INSERT INTO principal VALUES(2,'system');
INSERT INTO principal VALUES(3,'system');
INSERT INTO principal VALUES(4,'system');
INSERT INTO principal VALUES(101,'user');
INSERT INTO principal VALUES(102,'user');
INSERT INTO principal VALUES(103,'user');
INSERT INTO principal VALUES(104,'user');
INSERT INTO principal VALUES(105,'user');
INSERT INTO principal VALUES(106,'user');
INSERT INTO principal VALUES(107,'user');
INSERT INTO principal VALUES(108,'user');
INSERT INTO principal VALUES(109,'user');
INSERT INTO principal VALUES(110,'group');
INSERT INTO principal VALUES(111,'group');
INSERT INTO principal VALUES(112,'group');
INSERT INTO principal VALUES(113,'group');
INSERT INTO principal VALUES(114,'customer');
INSERT INTO principal VALUES(115,'customer');
INSERT INTO principal VALUES(116,'customer');
INSERT INTO principal VALUES(117,'user');
INSERT INTO principal VALUES(118,'user');
CREATE TABLE desk_user (
    id           BIGINT NOT NULL PRIMARY KEY REFERENCES principal (id),
    login        TEXT NOT NULL,
    folded       TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    name_folded  TEXT NOT NULL,
    kind         SMALLINT NOT NULL,
    disabled     SMALLINT NOT NULL,
    language     TEXT NOT NULL,
    zone         TEXT NOT NULL,
    only_primary SMALLINT NOT NULL,
    password     TEXT NOT NULL DEFAULT '',
    created      BIGINT NOT NULL
);
INSERT INTO desk_user VALUES(101,'anna','anna','Anna Abel','anna abel',1,0,'en','Europe/Berlin',0,'$argon2id$v=19$m=65536,t=1,p=4$Imq8xRP+OvSpmR30axrmZQ$Qdh8eUVnrLP2OM3JLwKtgz3bwtl9xGNjvX730ofb7io',1794614400000000);
INSERT INTO desk_user VALUES(102,'ben','ben','Ben Burke','ben burke',1,0,'en','Europe/London',0,'$argon2id$v=19$m=65536,t=1,p=4$ZADkNL73u/mNxayAmDMoQw$MUvJkyx0MzVL+Qj84jjdQ6U1BxoMZwnxg/glqWy8qkA',1794614400000000);
INSERT INTO desk_user VALUES(103,'carla','carla','Carla Costa','carla costa',1,0,'en','Europe/Lisbon',0,'$argon2id$v=19$m=65536,t=1,p=4$Ms0D6JrZODKgEeU6bFXfzA$O8vnX4WGEXEzDyvNkud9UeVG4yKt+J6B8FlI7rzupd4',1794614400000000);
INSERT INTO desk_user VALUES(104,'bob','bob','Bob Baker','bob baker',2,0,'en','Europe/London',0,'$argon2id$v=19$m=65536,t=1,p=4$k9dJqN33ge1rVVX/j/sayA$aAKEPQFo/hz0I8RsAVEsMwNFzaonq8oPa5KCFbpCMLw',1794614400000000);
INSERT INTO desk_user VALUES(105,'alice','alice','Alice Archer','alice archer',2,0,'en','Europe/London',0,'$argon2id$v=19$m=65536,t=1,p=4$HZZxO45NSqHr6+zmRc31Kg$EWreaC9jpvzLacPFN7sFgv5MDuZkzcCScwb/5p6S94s',1794614400000000);
INSERT INTO desk_user VALUES(106,'ruth','ruth','Ruth Reed','ruth reed',2,0,'en','Europe/London',0,'$argon2id$v=19$m=65536,t=1,p=4$XUlLCP+HxZ7JL0QqOX8BzQ$cHHpuVD5vVNWjn2gvLwr2r5W2gkTDKYaEtVYvF30rPI',1794614400000000);
INSERT INTO desk_user VALUES(107,'jonas','jonas','Jonas Jansen','jonas jansen',2,0,'de','Europe/Berlin',0,'$argon2id$v=19$m=65536,t=1,p=4$nzfnI1y84Dd7npLxXrfEcw$XFI87Yj2phECEvbYGrPTA82iPpBgXdjj/AQrVPBNDEw',1794614400000000);
INSERT INTO desk_user VALUES(108,'petra','petra','Petra Peters','petra peters',2,0,'de','Europe/Berlin',0,'$argon2id$v=19$m=65536,t=1,p=4$gdRoEvu5IfPaIuWz/HS7RA$x2xQyXA4RWEb/ng+Q6khDayy0ZEVfZLP/bZOVFRH3yA',1794614400000000);
INSERT INTO desk_user VALUES(109,'cora','cora','Cora Crane','cora crane',2,0,'en','Europe/Dublin',0,'$argon2id$v=19$m=65536,t=1,p=4$Jli1NyWnRu1mFQVLs+8dTQ$ufhxlzhYMabCjxZkpD/lvmgUljIwn5JI7PsT6bCMEwU',1794614400000000);
INSERT INTO desk_user VALUES(117,'winner@lottery.example','winner@lottery.example','Prize Office','prize office',2,0,'','',0,'',1795140000000000);
INSERT INTO desk_user VALUES(118,'dana@acme.example','dana@acme.example','Dana Dorn','dana dorn',2,0,'','',0,'',1795273200000000);
CREATE TABLE user_address (
    folded   TEXT NOT NULL PRIMARY KEY,
    address  TEXT NOT NULL,
    user_id  BIGINT NOT NULL REFERENCES desk_user (id),
    place    SMALLINT NOT NULL
);
INSERT INTO user_address VALUES('anna@desk.example','anna@desk.example',101,0);
INSERT INTO user_address VALUES('ben@desk.example','ben@desk.example',102,0);
INSERT INTO user_address VALUES('carla@desk.example','carla@desk.example',103,0);
INSERT INTO user_address VALUES('bob@acme.example','bob@acme.example',104,0);
INSERT INTO user_address VALUES('alice@acme.example','alice@acme.example',105,0);
INSERT INTO user_address VALUES('ruth@acme.example','ruth@acme.example',106,0);
INSERT INTO user_address VALUES('jonas@borealis.example','jonas@borealis.example',107,0);
INSERT INTO user_address VALUES('petra@borealis.example','petra@borealis.example',108,0);
INSERT INTO user_address VALUES('cora@corvus.example','cora@corvus.example',109,0);
INSERT INTO user_address VALUES('winner@lottery.example','winner@lottery.example',117,0);
INSERT INTO user_address VALUES('dana@acme.example','dana@acme.example',118,0);
CREATE TABLE desk_group (
    id          BIGINT NOT NULL PRIMARY KEY REFERENCES principal (id),
    name        TEXT NOT NULL,
    folded      TEXT NOT NULL,
    description TEXT NOT NULL,
    disabled    SMALLINT NOT NULL,
    personal    BIGINT REFERENCES desk_user (id)
);
INSERT INTO desk_group VALUES(110,'Staff','staff','Everybody who works here',0,NULL);
INSERT INTO desk_group VALUES(111,'Support','support','Answers customers'' questions; guards the queue support',0,NULL);
INSERT INTO desk_group VALUES(112,'Billing','billing','Invoices and contracts; guards the queue billing',0,NULL);
INSERT INTO desk_group VALUES(113,'Managers','managers','Runs the desk',0,NULL);
CREATE TABLE customer (
    id                 BIGINT NOT NULL PRIMARY KEY REFERENCES principal (id),
    key                TEXT NOT NULL,
    folded             TEXT NOT NULL UNIQUE,
    name               TEXT NOT NULL,
    name_folded        TEXT NOT NULL,
    disabled           SMALLINT NOT NULL,
    comment            TEXT NOT NULL,
    street             TEXT NOT NULL,
    city               TEXT NOT NULL,
    country            TEXT NOT NULL,
    auto_join          SMALLINT NOT NULL,
    presence_requestor SMALLINT NOT NULL,
    presence_cc        SMALLINT NOT NULL,
    presence_admin_cc  SMALLINT NOT NULL,
    sharing            SMALLINT,
    always_cc          TEXT NOT NULL
);
INSERT INTO customer VALUES(114,'acme','acme','Acme Ltd','acme ltd',0,'','1 Quay Street','Bristol','United Kingdom',1,0,0,0,NULL,'null');
INSERT INTO customer VALUES(115,'borealis','borealis','Borealis GmbH','borealis gmbh',0,'','Nordwall 7','Kiel','Germany',0,0,0,0,NULL,'null');
INSERT INTO customer VALUES(116,'corvus','corvus','Corvus','corvus',0,'','','Cork','Ireland',0,0,0,0,NULL,'null');
CREATE TABLE customer_domain (
    domain   TEXT NOT NULL,
    customer BIGINT NOT NULL REFERENCES customer (id),
    place    SMALLINT NOT NULL,
    PRIMARY KEY (domain, customer)
);
INSERT INTO customer_domain VALUES('acme.example',114,0);
INSERT INTO customer_domain VALUES('borealis.example',115,0);
INSERT INTO customer_domain VALUES('corvus.example',116,0);
CREATE TABLE membership (
    group_id   BIGINT NOT NULL REFERENCES principal (id),
    member     BIGINT NOT NULL REFERENCES principal (id),
    part       SMALLINT NOT NULL,
    is_primary SMALLINT NOT NULL,
    source     TEXT NOT NULL,
    from_day   INTEGER NOT NULL,
    until_day  INTEGER NOT NULL,
    PRIMARY KEY (group_id, member)
);
INSERT INTO membership VALUES(110,111,0,0,'hand',0,0);
INSERT INTO membership VALUES(110,112,0,0,'hand',0,0);
INSERT INTO membership VALUES(111,113,0,0,'hand',0,0);
INSERT INTO membership VALUES(112,113,0,0,'hand',0,0);
INSERT INTO membership VALUES(113,101,0,0,'hand',0,0);
INSERT INTO membership VALUES(111,102,0,0,'hand',0,0);
INSERT INTO membership VALUES(111,103,0,0,'hand',0,0);
INSERT INTO membership VALUES(112,103,0,0,'hand',0,0);
INSERT INTO membership VALUES(114,104,4,1,'hand',0,0);
INSERT INTO membership VALUES(114,105,3,1,'hand',0,0);
INSERT INTO membership VALUES(114,106,2,1,'hand',0,0);
INSERT INTO membership VALUES(115,107,4,1,'hand',0,0);
INSERT INTO membership VALUES(115,108,3,1,'hand',0,0);
INSERT INTO membership VALUES(116,109,3,1,'hand',0,0);
INSERT INTO membership VALUES(116,108,3,0,'hand',0,0);
INSERT INTO membership VALUES(116,106,2,0,'hand',0,0);
INSERT INTO membership VALUES(114,118,3,1,'domain',0,0);
CREATE TABLE queue (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,
    name               TEXT NOT NULL,
    folded             TEXT NOT NULL UNIQUE,
    description        TEXT NOT NULL,
    disabled           SMALLINT NOT NULL,
    access_group       BIGINT REFERENCES desk_group (id),
    address            TEXT NOT NULL,
    comment_address    TEXT NOT NULL,
    presence_requestor SMALLINT NOT NULL,
    presence_cc        SMALLINT NOT NULL,
    presence_admin_cc  SMALLINT NOT NULL,
    sharing            SMALLINT,
    customer           BIGINT REFERENCES customer (id)
);
INSERT INTO queue VALUES(1,'support','support','Questions and faults',0,111,'support@desk.example','support-comment@desk.example',0,0,0,NULL,NULL);
INSERT INTO queue VALUES(2,'billing','billing','Invoices and contracts',0,112,'billing@desk.example','billing-comment@desk.example',0,0,0,NULL,NULL);
INSERT INTO queue VALUES(3,'internal','internal','Our own work',0,110,'','',0,0,0,NULL,NULL);
CREATE TABLE queue_address (
    folded  TEXT NOT NULL PRIMARY KEY,
    queue   BIGINT NOT NULL REFERENCES queue (id),
    action  TEXT NOT NULL
);
INSERT INTO queue_address VALUES('support@desk.example',1,'correspond');
INSERT INTO queue_address VALUES('support-comment@desk.example',1,'comment');
INSERT INTO queue_address VALUES('billing@desk.example',2,'correspond');
INSERT INTO queue_address VALUES('billing-comment@desk.example',2,'comment');
CREATE TABLE queue_count (
    queue    BIGINT NOT NULL PRIMARY KEY REFERENCES queue (id),
    active   BIGINT NOT NULL,
    inactive BIGINT NOT NULL
);
INSERT INTO queue_count VALUES(1,8,4);
INSERT INTO queue_count VALUES(2,2,0);
INSERT INTO queue_count VALUES(3,1,1);
CREATE TABLE role (
    id         SMALLINT NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL,
    folded     TEXT NOT NULL UNIQUE,
    single     SMALLINT NOT NULL,
    disabled   SMALLINT NOT NULL,
    everywhere SMALLINT NOT NULL
);
INSERT INTO role VALUES(1,'Requestor','requestor',0,0,1);
INSERT INTO role VALUES(2,'Cc','cc',0,0,1);
INSERT INTO role VALUES(3,'AdminCc','admincc',0,0,1);
INSERT INTO role VALUES(4,'Owner','owner',1,0,1);
INSERT INTO role VALUES(5,'Customer','customer',0,0,1);
CREATE TABLE role_queue (
    role  SMALLINT NOT NULL REFERENCES role (id),
    queue BIGINT NOT NULL REFERENCES queue (id),
    PRIMARY KEY (role, queue)
);
CREATE TABLE queue_watcher (
    queue    BIGINT REFERENCES queue (id),
    role     SMALLINT NOT NULL REFERENCES role (id),
    who      BIGINT NOT NULL REFERENCES principal (id)
);
INSERT INTO queue_watcher VALUES(1,3,111);
INSERT INTO queue_watcher VALUES(2,3,112);
CREATE TABLE permission (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT NOT NULL,
    folded   TEXT NOT NULL UNIQUE,
    agents   TEXT NOT NULL,
    contacts TEXT NOT NULL
);
INSERT INTO permission VALUES(1,'ro','ro','["SeeCustomField","SeeQueue","ShowTicket","ShowTicketComments","Watch"]','["SeeCustomField","SeeQueue","ShowTicket"]');
INSERT INTO permission VALUES(2,'move_into','move_into','["MoveIntoQueue","SeeQueue"]','[]');
INSERT INTO permission VALUES(3,'create','create','["CreateTicket","SeeQueue"]','["CreateTicket","SeeQueue"]');
INSERT INTO permission VALUES(4,'note','note','["CommentOnTicket","ShowTicketComments"]','[]');
INSERT INTO permission VALUES(5,'owner','owner','["ReassignTicket"]','[]');
INSERT INTO permission VALUES(6,'priority','priority','["SetPriority"]','[]');
INSERT INTO permission VALUES(7,'rw','rw','["CommentOnTicket","CreateTicket","ForwardMessage","ModifyQueueWatchers","ModifyTicket","MoveIntoQueue","OwnTicket","ReassignTicket","ReplyToTicket","SeeCustomField","SeeQueue","SetCustomer","SetPriority","ShowOutgoingEmail","ShowTicket","ShowTicketComments","StealTicket","TakeTicket","Watch","WatchAsAdminCc"]','["CreateTicket","ReplyToTicket","SeeCustomField","SeeQueue","ShowTicket","Watch"]');
CREATE TABLE desk_grant (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    who         BIGINT NOT NULL REFERENCES principal (id),
    as_roles    BIGINT NOT NULL,
    right_name  TEXT NOT NULL,
    permission  BIGINT REFERENCES permission (id),
    place_kind  SMALLINT NOT NULL,
    place_id    BIGINT NOT NULL,
    until_day   INTEGER NOT NULL,
    source      BIGINT REFERENCES desk_grant (id),
    delegator   BIGINT REFERENCES desk_user (id)
);
INSERT INTO desk_grant VALUES(1,101,0,'SuperUser',NULL,1,0,0,NULL,NULL);
INSERT INTO desk_grant VALUES(2,1,0,'CreateTicket',NULL,3,1,0,NULL,NULL);
INSERT INTO desk_grant VALUES(3,1,0,'SeeQueue',NULL,3,1,0,NULL,NULL);
INSERT INTO desk_grant VALUES(4,1,38,'ShowTicket',NULL,3,1,0,NULL,NULL);
INSERT INTO desk_grant VALUES(5,1,38,'ReplyToTicket',NULL,3,1,0,NULL,NULL);
INSERT INTO desk_grant VALUES(6,3,34,'',7,2,112,0,NULL,NULL);
INSERT INTO desk_grant VALUES(7,111,0,'',7,2,111,0,NULL,NULL);
INSERT INTO desk_grant VALUES(8,112,0,'',7,2,112,0,NULL,NULL);
INSERT INTO desk_grant VALUES(9,110,0,'',7,2,110,0,NULL,NULL);
INSERT INTO desk_grant VALUES(10,1,0,'ModifySelf',NULL,1,0,0,NULL,NULL);
INSERT INTO desk_grant VALUES(11,2,0,'SeeCustomer',NULL,1,0,0,NULL,NULL);
INSERT INTO desk_grant VALUES(12,2,0,'SeeGroup',NULL,1,0,0,NULL,NULL);
INSERT INTO desk_grant VALUES(13,2,0,'ManageAuthTokens',NULL,1,0,0,NULL,NULL);
INSERT INTO desk_grant VALUES(14,113,0,'ShowConfigTab',NULL,1,0,0,NULL,NULL);
INSERT INTO desk_grant VALUES(15,113,0,'AdminCustomers',NULL,1,0,0,NULL,NULL);
INSERT INTO desk_grant VALUES(16,113,0,'ShowACL',NULL,1,0,0,NULL,NULL);
INSERT INTO desk_grant VALUES(17,113,0,'DeleteTicket',NULL,1,0,0,NULL,NULL);
CREATE TABLE access_version (
    id      SMALLINT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL
);
INSERT INTO access_version VALUES(1,58);
CREATE TABLE access_change (
    version  BIGINT NOT NULL,
    place    SMALLINT NOT NULL,
    kind     SMALLINT NOT NULL,
    group_id BIGINT NOT NULL,
    member   BIGINT NOT NULL,
    user_id  BIGINT NOT NULL,
    PRIMARY KEY (version, place)
);
INSERT INTO access_change VALUES(2,0,2,0,0,101);
INSERT INTO access_change VALUES(3,0,2,0,0,102);
INSERT INTO access_change VALUES(4,0,2,0,0,103);
INSERT INTO access_change VALUES(5,0,2,0,0,104);
INSERT INTO access_change VALUES(6,0,2,0,0,105);
INSERT INTO access_change VALUES(7,0,2,0,0,106);
INSERT INTO access_change VALUES(8,0,2,0,0,107);
INSERT INTO access_change VALUES(9,0,2,0,0,108);
INSERT INTO access_change VALUES(10,0,2,0,0,109);
INSERT INTO access_change VALUES(11,0,0,0,0,0);
INSERT INTO access_change VALUES(12,0,0,0,0,0);
INSERT INTO access_change VALUES(13,0,0,0,0,0);
INSERT INTO access_change VALUES(14,0,0,0,0,0);
INSERT INTO access_change VALUES(15,0,0,0,0,0);
INSERT INTO access_change VALUES(16,0,0,0,0,0);
INSERT INTO access_change VALUES(17,0,0,0,0,0);
INSERT INTO access_change VALUES(18,0,1,110,111,0);
INSERT INTO access_change VALUES(19,0,1,110,112,0);
INSERT INTO access_change VALUES(20,0,1,111,113,0);
INSERT INTO access_change VALUES(21,0,1,112,113,0);
INSERT INTO access_change VALUES(22,0,1,113,101,0);
INSERT INTO access_change VALUES(23,0,1,111,102,0);
INSERT INTO access_change VALUES(24,0,1,111,103,0);
INSERT INTO access_change VALUES(25,0,1,112,103,0);
INSERT INTO access_change VALUES(26,0,1,114,104,0);
INSERT INTO access_change VALUES(27,0,1,114,105,0);
INSERT INTO access_change VALUES(28,0,1,114,106,0);
INSERT INTO access_change VALUES(29,0,1,115,107,0);
INSERT INTO access_change VALUES(30,0,1,115,108,0);
INSERT INTO access_change VALUES(31,0,1,116,109,0);
INSERT INTO access_change VALUES(32,0,1,116,108,0);
INSERT INTO access_change VALUES(33,0,1,116,106,0);
INSERT INTO access_change VALUES(34,0,0,0,0,0);
INSERT INTO access_change VALUES(35,0,0,0,0,0);
INSERT INTO access_change VALUES(36,0,0,0,0,0);
INSERT INTO access_change VALUES(37,0,0,0,0,0);
INSERT INTO access_change VALUES(38,0,0,0,0,0);
INSERT INTO access_change VALUES(39,0,0,0,0,0);
INSERT INTO access_change VALUES(40,0,0,0,0,0);
INSERT INTO access_change VALUES(41,0,0,0,0,0);
INSERT INTO access_change VALUES(42,0,0,0,0,0);
INSERT INTO access_change VALUES(43,0,0,0,0,0);
INSERT INTO access_change VALUES(44,0,0,0,0,0);
INSERT INTO access_change VALUES(45,0,0,0,0,0);
INSERT INTO access_change VALUES(46,0,0,0,0,0);
INSERT INTO access_change VALUES(47,0,0,0,0,0);
INSERT INTO access_change VALUES(48,0,0,0,0,0);
INSERT INTO access_change VALUES(49,0,0,0,0,0);
INSERT INTO access_change VALUES(50,0,0,0,0,0);
INSERT INTO access_change VALUES(51,0,0,0,0,0);
INSERT INTO access_change VALUES(52,0,0,0,0,0);
INSERT INTO access_change VALUES(53,0,0,0,0,0);
INSERT INTO access_change VALUES(54,0,0,0,0,0);
INSERT INTO access_change VALUES(55,0,0,0,0,0);
INSERT INTO access_change VALUES(56,0,2,0,0,117);
INSERT INTO access_change VALUES(57,0,2,0,0,118);
INSERT INTO access_change VALUES(58,0,1,114,118,0);
CREATE TABLE ticket (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    queue       BIGINT NOT NULL REFERENCES queue (id),
    subject     TEXT NOT NULL,
    status      TEXT NOT NULL,
    state       SMALLINT NOT NULL,
    priority    INTEGER NOT NULL,
    sharing     SMALLINT NOT NULL,
    reporter    BIGINT REFERENCES desk_user (id),
    owner       BIGINT REFERENCES desk_user (id),
    created     BIGINT NOT NULL,
    updated     BIGINT NOT NULL,
    told        BIGINT NOT NULL,
    resolved    BIGINT NOT NULL,
    heard       BIGINT NOT NULL,
    merged_into BIGINT REFERENCES ticket (id),
    version     BIGINT NOT NULL
);
INSERT INTO ticket VALUES(1,1,'Printer on the second floor prints blank pages','resolved',1,0,0,104,102,1794646800000000,1794737100000000,1794737100000000,1794737100000000,1794737100000000,NULL,7);
INSERT INTO ticket VALUES(2,1,'Neue Kollegin: Zugang zum Wiki','resolved',1,0,0,108,103,1794729600000000,1794740400000000,1794740400000000,1794740400000000,1794740400000000,NULL,3);
INSERT INTO ticket VALUES(3,2,'Rechnung 2026-0417: falsche Umsatzsteuer','open',2,0,0,107,103,1794819600000000,1794906600000000,1794834600000000,0,1794906600000000,NULL,5);
INSERT INTO ticket VALUES(4,1,'VPN does not let me in since Monday','open',2,40,0,105,102,1794906000000000,1794996600000000,1794910200000000,0,1794996600000000,NULL,5);
INSERT INTO ticket VALUES(5,3,'Take the backup tapes to the bank','resolved',1,0,0,102,102,1794920400000000,1795093500000000,0,1795093500000000,1795093500000000,NULL,3);
INSERT INTO ticket VALUES(6,1,'My laptop was stolen on the train','open',2,80,2,105,101,1794985200000000,1794986400000000,1794986100000000,0,1794986100000000,NULL,4);
INSERT INTO ticket VALUES(7,2,'Contract for next year','open',2,0,1,104,103,1795078800000000,1795104000000000,1795100400000000,0,1795100400000000,NULL,4);
INSERT INTO ticket VALUES(8,1,'How do I change my signature?','resolved',1,0,0,106,NULL,1795082400000000,1795087800000000,1795087800000000,1795087800000000,1795087800000000,NULL,2);
INSERT INTO ticket VALUES(9,1,'You have WON','rejected',1,0,0,117,NULL,1795140000000000,1795165200000000,0,0,1795165200000000,NULL,2);
INSERT INTO ticket VALUES(10,3,'Who works between the years?','new',2,0,0,101,NULL,1795183200000000,1795280400000000,0,0,1795183200000000,NULL,3);
INSERT INTO ticket VALUES(11,1,'The certificate of our shop ends on Friday','stalled',2,60,0,109,103,1795248000000000,1795249800000000,1795249800000000,0,1795249800000000,NULL,3);
INSERT INTO ticket VALUES(12,1,'Corvus: Postfach fast voll','open',2,0,0,108,NULL,1795269600000000,1795276800000000,1795276800000000,0,1795276800000000,NULL,2);
INSERT INTO ticket VALUES(13,1,'New keyboard, please','open',2,0,0,118,102,1795273200000000,1795276200000000,1795276200000000,0,1795276200000000,NULL,3);
INSERT INTO ticket VALUES(14,1,'Error 502 in the shop since this morning','new',2,90,0,109,NULL,1795327200000000,1795327200000000,0,0,1795327200000000,NULL,1);
INSERT INTO ticket VALUES(15,1,'From before','new',2,0,0,105,NULL,1795361447674967,1795361447674967,0,0,1795361447674967,NULL,1);
INSERT INTO ticket VALUES(16,1,'Opened by the old program','new',2,0,0,101,NULL,1795361448053769,1795361448053769,0,0,1795361448053769,NULL,1);
CREATE TABLE holder (
    ticket  BIGINT NOT NULL REFERENCES ticket (id),
    role    SMALLINT NOT NULL REFERENCES role (id),
    who     BIGINT NOT NULL REFERENCES principal (id),
    state   SMALLINT NOT NULL,
    queue   BIGINT NOT NULL,
    sharing SMALLINT NOT NULL,
    PRIMARY KEY (ticket, role, who)
) WITHOUT ROWID;
INSERT INTO holder VALUES(10,1,101,2,3,0);
INSERT INTO holder VALUES(6,4,101,2,1,2);
INSERT INTO holder VALUES(5,1,102,1,3,0);
INSERT INTO holder VALUES(5,4,102,1,3,0);
INSERT INTO holder VALUES(1,4,102,1,1,0);
INSERT INTO holder VALUES(13,4,102,2,1,0);
INSERT INTO holder VALUES(4,4,102,2,1,0);
INSERT INTO holder VALUES(2,4,103,1,1,0);
INSERT INTO holder VALUES(11,4,103,2,1,0);
INSERT INTO holder VALUES(7,4,103,2,2,1);
INSERT INTO holder VALUES(3,4,103,2,2,0);
INSERT INTO holder VALUES(8,1,114,1,1,0);
INSERT INTO holder VALUES(8,5,114,1,1,0);
INSERT INTO holder VALUES(1,1,114,1,1,0);
INSERT INTO holder VALUES(1,5,114,1,1,0);
INSERT INTO holder VALUES(15,1,114,2,1,0);
INSERT INTO holder VALUES(15,5,114,2,1,0);
INSERT INTO holder VALUES(13,1,114,2,1,0);
INSERT INTO holder VALUES(13,5,114,2,1,0);
INSERT INTO holder VALUES(7,1,114,2,2,1);
INSERT INTO holder VALUES(7,5,114,2,2,1);
INSERT INTO holder VALUES(6,1,114,2,1,2);
INSERT INTO holder VALUES(6,5,114,2,1,2);
INSERT INTO holder VALUES(4,1,114,2,1,0);
INSERT INTO holder VALUES(4,5,114,2,1,0);
INSERT INTO holder VALUES(2,1,115,1,1,0);
INSERT INTO holder VALUES(2,5,115,1,1,0);
INSERT INTO holder VALUES(3,1,115,2,2,0);
INSERT INTO holder VALUES(3,5,115,2,2,0);
INSERT INTO holder VALUES(14,1,116,2,1,0);
INSERT INTO holder VALUES(14,5,116,2,1,0);
INSERT INTO holder VALUES(12,1,116,2,1,0);
INSERT INTO holder VALUES(12,5,116,2,1,0);
INSERT INTO holder VALUES(11,1,116,2,1,0);
INSERT INTO holder VALUES(11,5,116,2,1,0);
INSERT INTO holder VALUES(9,1,117,1,1,0);
CREATE TABLE message (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket    BIGINT NOT NULL REFERENCES ticket (id),
    kind      SMALLINT NOT NULL,
    author    BIGINT REFERENCES desk_user (id),
    at        BIGINT NOT NULL,
    subject   TEXT NOT NULL,
    body      TEXT NOT NULL,
    html      TEXT NOT NULL,
    letter_id TEXT NOT NULL,
    spool     BIGINT NOT NULL,
    via       TEXT NOT NULL
);
INSERT INTO message VALUES(1,1,1,104,1794646800000000,'Printer on the second floor prints blank pages',replace('Hello,\n\nsince this morning the printer near the kitchen prints blank pages only. We changed the toner, it made no difference.\n\nBob','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(2,1,1,102,1794649200000000,'Printer on the second floor prints blank pages',replace('Hello Bob,\n\ncould you print its status page (hold the green button for five seconds) and tell me what stands behind “Drum”?\n\nBen','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(3,1,1,105,1794656400000000,'Printer on the second floor prints blank pages',replace('I am next to it: Drum 0 %.\n\nAlice','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(4,1,2,102,1794657600000000,'Printer on the second floor prints blank pages','Drum is at its end. There is one left on the shelf, I bring it along on Thursday.','','',0,'web');
INSERT INTO message VALUES(5,1,1,102,1794657900000000,'Printer on the second floor prints blank pages','Thank you, Alice. That is the drum; I bring a new one tomorrow at ten.','','',0,'web');
INSERT INTO message VALUES(6,2,1,108,1794729600000000,'Neue Kollegin: Zugang zum Wiki',replace('Guten Tag,\n\nam Montag beginnt Frau Lindner bei uns. Bitte geben Sie ihr Zugang zum Wiki (lindner@borealis.example).\n\nMit freundlichen Grüßen\n\nPetra Peters','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(7,1,1,102,1794737100000000,'Printer on the second floor prints blank pages','The drum is changed and the printer prints again.','','',0,'web');
INSERT INTO message VALUES(8,2,1,103,1794740400000000,'Neue Kollegin: Zugang zum Wiki',replace('Guten Tag Frau Peters,\n\nder Zugang ist eingerichtet; Frau Lindner hat einen Brief mit dem ersten Passwort.\n\nCarla Costa','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(9,3,1,107,1794819600000000,'Rechnung 2026-0417: falsche Umsatzsteuer',replace('Sehr geehrte Damen und Herren,\n\nauf der Rechnung 2026-0417 stehen 16 statt 19 Prozent Umsatzsteuer. Ich bitte um eine berichtigte Rechnung.\n\nJonas Jansen','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(10,3,2,103,1794834000000000,'Rechnung 2026-0417: falsche Umsatzsteuer','He is right. The tax key of Borealis was never changed back.','','',0,'web');
INSERT INTO message VALUES(11,3,1,103,1794834600000000,'Rechnung 2026-0417: falsche Umsatzsteuer',replace('Guten Tag Herr Jansen,\n\nSie haben recht. Die berichtigte Rechnung liegt bei.\n\nCarla Costa','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(12,4,1,105,1794906000000000,'VPN does not let me in since Monday',replace('Hi,\n\nsince Monday the VPN says “authentication failed”, with the password that opens everything else. The log is attached.\n\nAlice','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(13,3,1,107,1794906600000000,'Rechnung 2026-0417: falsche Umsatzsteuer','Vielen Dank. Bitte senden Sie sie noch an unsere Buchhaltung, buchhaltung@borealis.example.','','',0,'web');
INSERT INTO message VALUES(14,4,2,102,1794909600000000,'VPN does not let me in since Monday','The log says 93 seconds of skew. The time server of Acme stopped on Sunday, see the monitoring.','','',0,'web');
INSERT INTO message VALUES(15,4,1,102,1794910200000000,'VPN does not let me in since Monday',replace('Hello Alice,\n\nthe clock of your laptop is a minute and a half late, and the one-time code depends on it. Please switch “set time automatically” off and on again.','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(16,5,1,102,1794920400000000,'Take the backup tapes to the bank','The ones of October, before the end of the month.','','',0,'web');
INSERT INTO message VALUES(17,6,1,105,1794985200000000,'My laptop was stolen on the train',replace('Good morning,\n\nmy laptop was stolen last night. I would rather tell my colleagues myself, so please keep this between us.\n\nAlice','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(18,6,1,101,1794986100000000,'My laptop was stolen on the train',replace('Dear Alice,\n\nI am sorry. Your sessions are ended and the disk is encrypted, so nobody reads your files. A new laptop is ready on Friday.\n\nAnna','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(19,6,2,101,1794986400000000,'My laptop was stolen on the train','Remote wipe ordered. Police report to follow; keep it off the shared board.','','',0,'web');
INSERT INTO message VALUES(20,4,1,105,1794996600000000,'VPN does not let me in since Monday','It let me in once, today it is late again.','','',0,'web');
INSERT INTO message VALUES(21,7,1,104,1795078800000000,'Contract for next year',replace('Hello Carla,\n\nour contract ends in December. Please send an offer for two more years, with 40 seats instead of 30.\n\nBob','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(22,8,1,106,1795082400000000,'How do I change my signature?',replace('The one that stands below my letters still has our old address.\n\nRuth','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(23,8,1,103,1795087800000000,'How do I change my signature?','Settings, then Mail, then Signature. It holds for the next letter you write.','','',0,'web');
INSERT INTO message VALUES(24,5,2,102,1795093500000000,'Take the backup tapes to the bank','Done, receipt is in the safe.','','',0,'web');
INSERT INTO message VALUES(25,7,1,103,1795100400000000,'Contract for next year',replace('Hello Bob,\n\ngladly. You get the offer by the end of the week.\n\nCarla','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(26,7,2,101,1795104000000000,'Contract for next year','Up to ten percent off is fine if they take two years.','','',0,'web');
INSERT INTO message VALUES(27,9,1,117,1795140000000000,'You have WON',replace('Dear winner,\n\nsend us the number of your account to receive your prize.\n','\n',char(10)),'','spam.winner@lottery.example',1,'mail');
INSERT INTO message VALUES(28,10,1,101,1795183200000000,'Who works between the years?','Please write here until Friday which days you would rather have off.','','',0,'web');
INSERT INTO message VALUES(29,10,2,102,1795194000000000,'Who works between the years?','I take the 27th and the 28th, then the 31st off.','','',0,'web');
INSERT INTO message VALUES(30,11,1,109,1795248000000000,'The certificate of our shop ends on Friday',replace('Hello,\n\nyour monitoring wrote to me that the certificate of shop.corvus.example ends on Friday. Do you renew it, or do we?\n\nCora','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(31,11,1,103,1795249800000000,'The certificate of our shop ends on Friday',replace('Hello Cora,\n\nwe do. For that the name must point to 192.0.2.80 again; could you ask whoever keeps your DNS?\n\nCarla','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(32,12,1,108,1795269600000000,'Corvus: Postfach fast voll',replace('Guten Tag,\n\ndas Postfach von Corvus, das ich mitbetreue, ist zu 95 % voll. Kann es größer werden?\n\nPetra Peters','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(33,13,1,118,1795273200000000,'New keyboard, please',replace('Hello,\n\nthree keys of mine are stuck. Could I get a new keyboard, with a British layout?\n\nThanks\n\nDana\n','\n',char(10)),'','keyboard.dana@acme.example',2,'mail');
INSERT INTO message VALUES(34,13,1,102,1795276200000000,'New keyboard, please',replace('Hello Dana,\n\nit is on its way and should be with you on Monday.\n\nBen','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(35,12,1,102,1795276800000000,'Corvus: Postfach fast voll',replace('Good afternoon,\n\nit can. Cora as the owner of the contract would have to agree; I have put the question to her here.','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(36,10,2,103,1795280400000000,'Who works between the years?','Any day but the 24th.','','',0,'web');
INSERT INTO message VALUES(37,14,1,109,1795327200000000,'Error 502 in the shop since this morning',replace('Nobody can order anything. The page says “502 Bad Gateway”.\n\nCora','\n',char(10)),'','',0,'web');
INSERT INTO message VALUES(38,15,1,105,1795361447674967,'From before',replace('A letter of the old days.\n','\n',char(10)),'','before@acme.example',3,'mail');
INSERT INTO message VALUES(39,16,1,101,1795361448053769,'Opened by the old program','Grüße aus der alten Zeit','','',0,'api');
CREATE TABLE blob (
    digest  TEXT NOT NULL PRIMARY KEY,
    size    BIGINT NOT NULL,
    content BLOB
);
INSERT INTO blob VALUES('4086ff7ec867d9f00effdc10830a5662668e82b2c5a11eff0f79e6680050fdbd',47,X'706f736974696f6e3b616d6f756e743b7461780a537570706f7274204f63746f6265723b313230302c30303b31360a');
INSERT INTO blob VALUES('a170dac0bd79d79fc703b9b62f931cc8371f7be965880dcc4b74fd19e719182e',47,X'706f736974696f6e3b616d6f756e743b7461780a537570706f7274204f63746f6265723b313230302c30303b31390a');
INSERT INTO blob VALUES('d0bca5ea10c9840e105a3f23b6e4cde78e93fcc49f0b614b67cfecb49de5d0c8',119,X'30393a30323a313120636f6e6e656374696e6720746f2076706e2e6465736b2e6578616d706c650a30393a30323a313220706565722063657274696669636174652061636365707465640a30393a30323a31332041555448206661696c65643a20746f6b656e20636c6f636b20736b657720393320730a');
INSERT INTO blob VALUES('39c4e4b60a07c7f5f061205cbb7a389a5630b9c1636fabdf77c7029b2b9f458d',292,X'46726f6d3a205072697a65204f6666696365203c77696e6e6572406c6f74746572792e6578616d706c653e0d0a546f3a20737570706f7274406465736b2e6578616d706c650d0a5375626a6563743a20596f75206861766520574f4e0d0a446174653a204672692c203230204e6f7620323032362030323a30303a3030202b303030300d0a4d6573736167652d49443a203c7370616d2e77696e6e6572406c6f74746572792e6578616d706c653e0d0a436f6e74656e742d547970653a20746578742f706c61696e3b20636861727365743d7574662d380d0a0d0a446561722077696e6e65722c0a0a73656e6420757320746865206e756d626572206f6620796f7572206163636f756e7420746f207265636569766520796f7572207072697a652e0d0a');
INSERT INTO blob VALUES('829b66c07e63b87e669191e22b99d6ab09e9056575b80e1cad73035a66ccc916',322,X'46726f6d3a2044616e6120446f726e203c64616e614061636d652e6578616d706c653e0d0a546f3a20737570706f7274406465736b2e6578616d706c650d0a5375626a6563743a204e6577206b6579626f6172642c20706c656173650d0a446174653a205361742c203231204e6f7620323032362031353a30303a3030202b303030300d0a4d6573736167652d49443a203c6b6579626f6172642e64616e614061636d652e6578616d706c653e0d0a436f6e74656e742d547970653a20746578742f706c61696e3b20636861727365743d7574662d380d0a0d0a48656c6c6f2c0a0a7468726565206b657973206f66206d696e652061726520737475636b2e20436f756c642049206765742061206e6577206b6579626f6172642c207769746820612042726974697368206c61796f75743f0a0a5468616e6b730a0a44616e610d0a');
INSERT INTO blob VALUES('671373c1766a7c3cd37e390164f544f06b49940d7ef36a09ad1834c7a7da4bb3',112,X'46726f6d3a20616c6963654061636d652e6578616d706c650d0a5375626a6563743a2046726f6d206265666f72650d0a4d6573736167652d49443a203c6265666f72654061636d652e6578616d706c653e0d0a0d0a41206c6574746572206f6620746865206f6c6420646179732e0d0a');
CREATE TABLE attachment (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    message    BIGINT NOT NULL REFERENCES message (id),
    ticket     BIGINT NOT NULL REFERENCES ticket (id),
    name       TEXT NOT NULL,
    type       TEXT NOT NULL,
    content_id TEXT NOT NULL,
    inline     SMALLINT NOT NULL,
    size       BIGINT NOT NULL,
    digest     TEXT NOT NULL REFERENCES blob (digest)
);
INSERT INTO attachment VALUES(1,9,3,'2026-0417.csv','text/csv','',0,47,'4086ff7ec867d9f00effdc10830a5662668e82b2c5a11eff0f79e6680050fdbd');
INSERT INTO attachment VALUES(2,11,3,'2026-0417-b.csv','text/csv','',0,47,'a170dac0bd79d79fc703b9b62f931cc8371f7be965880dcc4b74fd19e719182e');
INSERT INTO attachment VALUES(3,12,4,'vpn.log','text/plain','',0,119,'d0bca5ea10c9840e105a3f23b6e4cde78e93fcc49f0b614b67cfecb49de5d0c8');
CREATE TABLE event (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket  BIGINT NOT NULL REFERENCES ticket (id),
    kind    TEXT NOT NULL,
    by_user BIGINT REFERENCES desk_user (id),
    via     TEXT NOT NULL,
    at      BIGINT NOT NULL,
    message BIGINT REFERENCES message (id),
    data    TEXT NOT NULL
);
INSERT INTO event VALUES(1,1,'created',104,'web',1794646800000000,1,'{"subject":"Printer on the second floor prints blank pages"}');
INSERT INTO event VALUES(2,1,'customer',104,'web',1794646800000000,NULL,'{"for":"104","how":"replace","role":"1","who":"114","why":"membership"}');
INSERT INTO event VALUES(3,1,'sent',NULL,'job',1794646800000000,1,'{"kind":"acknowledge","to":"bob@acme.example,alice@acme.example,ruth@acme.example,anna@desk.example,ben@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(4,1,'owner',102,'web',1794649200000000,NULL,'{"from":"0","to":"102"}');
INSERT INTO event VALUES(5,1,'message',102,'web',1794649200000000,2,'{"kind":"reply"}');
INSERT INTO event VALUES(6,1,'status',102,'web',1794649200000000,NULL,'{"from":"new","to":"open"}');
INSERT INTO event VALUES(7,1,'sent',NULL,'job',1794649200000000,2,'{"kind":"reply","to":"bob@acme.example,alice@acme.example,ruth@acme.example,anna@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(8,1,'message',105,'web',1794656400000000,3,'{"kind":"reply"}');
INSERT INTO event VALUES(9,1,'sent',NULL,'job',1794656400000000,3,'{"kind":"reply","to":"bob@acme.example,ruth@acme.example,anna@desk.example,ben@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(10,1,'message',102,'web',1794657600000000,4,'{"kind":"comment"}');
INSERT INTO event VALUES(11,1,'sent',NULL,'job',1794657600000000,4,'{"kind":"comment","to":"anna@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(12,1,'message',102,'web',1794657900000000,5,'{"kind":"reply"}');
INSERT INTO event VALUES(13,1,'sent',NULL,'job',1794657900000000,5,'{"kind":"reply","to":"bob@acme.example,alice@acme.example,ruth@acme.example,anna@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(14,2,'created',108,'web',1794729600000000,6,'{"subject":"Neue Kollegin: Zugang zum Wiki"}');
INSERT INTO event VALUES(15,2,'customer',108,'web',1794729600000000,NULL,'{"for":"108","how":"replace","role":"1","who":"115","why":"chosen"}');
INSERT INTO event VALUES(16,2,'sent',NULL,'job',1794729600000000,6,'{"kind":"acknowledge","to":"jonas@borealis.example,petra@borealis.example,anna@desk.example,ben@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(17,1,'message',102,'web',1794737100000000,7,'{"kind":"reply"}');
INSERT INTO event VALUES(18,1,'status',102,'web',1794737100000000,NULL,'{"from":"open","to":"resolved"}');
INSERT INTO event VALUES(19,1,'sent',NULL,'job',1794737100000000,7,'{"kind":"reply","to":"bob@acme.example,alice@acme.example,ruth@acme.example,anna@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(20,1,'sent',NULL,'job',1794737100000000,NULL,'{"kind":"resolved","to":"bob@acme.example,alice@acme.example,ruth@acme.example"}');
INSERT INTO event VALUES(21,2,'owner',103,'web',1794740400000000,NULL,'{"from":"0","to":"103"}');
INSERT INTO event VALUES(22,2,'message',103,'web',1794740400000000,8,'{"kind":"reply"}');
INSERT INTO event VALUES(23,2,'status',103,'web',1794740400000000,NULL,'{"from":"new","to":"open"}');
INSERT INTO event VALUES(24,2,'status',103,'web',1794740400000000,NULL,'{"from":"open","to":"resolved"}');
INSERT INTO event VALUES(25,2,'sent',NULL,'job',1794740400000000,8,'{"kind":"reply","to":"jonas@borealis.example,petra@borealis.example,anna@desk.example,ben@desk.example"}');
INSERT INTO event VALUES(26,2,'sent',NULL,'job',1794740400000000,NULL,'{"kind":"resolved","to":"jonas@borealis.example,petra@borealis.example"}');
INSERT INTO event VALUES(27,3,'created',107,'web',1794819600000000,9,'{"subject":"Rechnung 2026-0417: falsche Umsatzsteuer"}');
INSERT INTO event VALUES(28,3,'customer',107,'web',1794819600000000,NULL,'{"for":"107","how":"replace","role":"1","who":"115","why":"membership"}');
INSERT INTO event VALUES(29,3,'sent',NULL,'job',1794819600000000,9,'{"kind":"acknowledge","to":"jonas@borealis.example,petra@borealis.example,anna@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(30,3,'owner',103,'web',1794834000000000,NULL,'{"from":"0","to":"103"}');
INSERT INTO event VALUES(31,3,'message',103,'web',1794834000000000,10,'{"kind":"comment"}');
INSERT INTO event VALUES(32,3,'sent',NULL,'job',1794834000000000,10,'{"kind":"comment","to":"anna@desk.example"}');
INSERT INTO event VALUES(33,3,'message',103,'web',1794834600000000,11,'{"kind":"reply"}');
INSERT INTO event VALUES(34,3,'status',103,'web',1794834600000000,NULL,'{"from":"new","to":"open"}');
INSERT INTO event VALUES(35,3,'status',103,'web',1794834600000000,NULL,'{"from":"open","to":"resolved"}');
INSERT INTO event VALUES(36,3,'sent',NULL,'job',1794834600000000,11,'{"kind":"reply","to":"jonas@borealis.example,petra@borealis.example,anna@desk.example"}');
INSERT INTO event VALUES(37,3,'sent',NULL,'job',1794834600000000,NULL,'{"kind":"resolved","to":"jonas@borealis.example,petra@borealis.example"}');
INSERT INTO event VALUES(38,4,'created',105,'web',1794906000000000,12,'{"subject":"VPN does not let me in since Monday"}');
INSERT INTO event VALUES(39,4,'customer',105,'web',1794906000000000,NULL,'{"for":"105","how":"replace","role":"1","who":"114","why":"membership"}');
INSERT INTO event VALUES(40,4,'sent',NULL,'job',1794906000000000,12,'{"kind":"acknowledge","to":"bob@acme.example,alice@acme.example,ruth@acme.example,anna@desk.example,ben@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(41,3,'message',107,'web',1794906600000000,13,'{"kind":"reply"}');
INSERT INTO event VALUES(42,3,'status',107,'web',1794906600000000,NULL,'{"from":"resolved","to":"open"}');
INSERT INTO event VALUES(43,3,'sent',NULL,'job',1794906600000000,13,'{"kind":"reply","to":"petra@borealis.example,anna@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(44,4,'owner',102,'web',1794909600000000,NULL,'{"from":"0","to":"102"}');
INSERT INTO event VALUES(45,4,'message',102,'web',1794909600000000,14,'{"kind":"comment"}');
INSERT INTO event VALUES(46,4,'sent',NULL,'job',1794909600000000,14,'{"kind":"comment","to":"anna@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(47,4,'message',102,'web',1794910200000000,15,'{"kind":"reply"}');
INSERT INTO event VALUES(48,4,'status',102,'web',1794910200000000,NULL,'{"from":"new","to":"open"}');
INSERT INTO event VALUES(49,4,'sent',NULL,'job',1794910200000000,15,'{"kind":"reply","to":"bob@acme.example,alice@acme.example,ruth@acme.example,anna@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(50,5,'created',102,'web',1794920400000000,16,'{"subject":"Take the backup tapes to the bank"}');
INSERT INTO event VALUES(51,5,'sent',NULL,'job',1794920400000000,16,'{"kind":"acknowledge","to":"ben@desk.example"}');
INSERT INTO event VALUES(52,5,'owner',102,'web',1794920700000000,NULL,'{"from":"0","to":"102"}');
INSERT INTO event VALUES(53,6,'created',105,'web',1794985200000000,17,'{"subject":"My laptop was stolen on the train"}');
INSERT INTO event VALUES(54,6,'customer',105,'web',1794985200000000,NULL,'{"for":"105","how":"replace","role":"1","who":"114","why":"membership"}');
INSERT INTO event VALUES(55,6,'sent',NULL,'job',1794985200000000,17,'{"kind":"acknowledge","to":"alice@acme.example,anna@desk.example,ben@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(56,6,'owner',101,'web',1794986100000000,NULL,'{"from":"0","to":"101"}');
INSERT INTO event VALUES(57,6,'message',101,'web',1794986100000000,18,'{"kind":"reply"}');
INSERT INTO event VALUES(58,6,'status',101,'web',1794986100000000,NULL,'{"from":"new","to":"open"}');
INSERT INTO event VALUES(59,6,'sent',NULL,'job',1794986100000000,18,'{"kind":"reply","to":"alice@acme.example,ben@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(60,6,'message',101,'web',1794986400000000,19,'{"kind":"comment"}');
INSERT INTO event VALUES(61,6,'sent',NULL,'job',1794986400000000,19,'{"kind":"comment","to":"ben@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(62,4,'message',105,'web',1794996600000000,20,'{"kind":"reply"}');
INSERT INTO event VALUES(63,4,'sent',NULL,'job',1794996600000000,20,'{"kind":"reply","to":"bob@acme.example,ruth@acme.example,anna@desk.example,ben@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(64,7,'created',104,'web',1795078800000000,21,'{"subject":"Contract for next year"}');
INSERT INTO event VALUES(65,7,'customer',104,'web',1795078800000000,NULL,'{"for":"104","how":"replace","role":"1","who":"114","why":"membership"}');
INSERT INTO event VALUES(66,7,'sent',NULL,'job',1795078800000000,21,'{"kind":"acknowledge","to":"bob@acme.example,anna@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(67,8,'created',106,'web',1795082400000000,22,'{"subject":"How do I change my signature?"}');
INSERT INTO event VALUES(68,8,'customer',106,'web',1795082400000000,NULL,'{"for":"106","how":"replace","role":"1","who":"114","why":"chosen"}');
INSERT INTO event VALUES(69,8,'sent',NULL,'job',1795082400000000,22,'{"kind":"acknowledge","to":"bob@acme.example,alice@acme.example,ruth@acme.example,anna@desk.example,ben@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(70,8,'message',103,'web',1795087800000000,23,'{"kind":"reply"}');
INSERT INTO event VALUES(71,8,'status',103,'web',1795087800000000,NULL,'{"from":"new","to":"open"}');
INSERT INTO event VALUES(72,8,'status',103,'web',1795087800000000,NULL,'{"from":"open","to":"resolved"}');
INSERT INTO event VALUES(73,8,'sent',NULL,'job',1795087800000000,23,'{"kind":"reply","to":"bob@acme.example,alice@acme.example,ruth@acme.example,anna@desk.example,ben@desk.example"}');
INSERT INTO event VALUES(74,8,'sent',NULL,'job',1795087800000000,NULL,'{"kind":"resolved","to":"bob@acme.example,alice@acme.example,ruth@acme.example"}');
INSERT INTO event VALUES(75,5,'message',102,'web',1795093500000000,24,'{"kind":"comment"}');
INSERT INTO event VALUES(76,5,'status',102,'web',1795093500000000,NULL,'{"from":"new","to":"resolved"}');
INSERT INTO event VALUES(77,7,'owner',103,'web',1795100400000000,NULL,'{"from":"0","to":"103"}');
INSERT INTO event VALUES(78,7,'message',103,'web',1795100400000000,25,'{"kind":"reply"}');
INSERT INTO event VALUES(79,7,'status',103,'web',1795100400000000,NULL,'{"from":"new","to":"open"}');
INSERT INTO event VALUES(80,7,'sent',NULL,'job',1795100400000000,25,'{"kind":"reply","to":"bob@acme.example,anna@desk.example"}');
INSERT INTO event VALUES(81,7,'message',101,'web',1795104000000000,26,'{"kind":"comment"}');
INSERT INTO event VALUES(82,7,'sent',NULL,'job',1795104000000000,26,'{"kind":"comment","to":"carla@desk.example"}');
INSERT INTO event VALUES(83,9,'created',117,'mail',1795140000000000,27,'{"subject":"You have WON"}');
INSERT INTO event VALUES(84,9,'sent',NULL,'job',1795140000000000,27,'{"kind":"acknowledge","to":"winner@lottery.example,anna@desk.example,ben@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(85,9,'status',102,'web',1795165200000000,NULL,'{"from":"new","to":"rejected"}');
INSERT INTO event VALUES(86,10,'created',101,'web',1795183200000000,28,'{"subject":"Who works between the years?"}');
INSERT INTO event VALUES(87,10,'sent',NULL,'job',1795183200000000,28,'{"kind":"acknowledge","to":"anna@desk.example"}');
INSERT INTO event VALUES(88,10,'message',102,'web',1795194000000000,29,'{"kind":"comment"}');
INSERT INTO event VALUES(89,11,'created',109,'web',1795248000000000,30,'{"subject":"The certificate of our shop ends on Friday"}');
INSERT INTO event VALUES(90,11,'customer',109,'web',1795248000000000,NULL,'{"for":"109","how":"replace","role":"1","who":"116","why":"membership"}');
INSERT INTO event VALUES(91,11,'sent',NULL,'job',1795248000000000,30,'{"kind":"acknowledge","to":"ruth@acme.example,petra@borealis.example,cora@corvus.example,anna@desk.example,ben@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(92,11,'owner',103,'web',1795249800000000,NULL,'{"from":"0","to":"103"}');
INSERT INTO event VALUES(93,11,'message',103,'web',1795249800000000,31,'{"kind":"reply"}');
INSERT INTO event VALUES(94,11,'status',103,'web',1795249800000000,NULL,'{"from":"new","to":"open"}');
INSERT INTO event VALUES(95,11,'status',103,'web',1795249800000000,NULL,'{"from":"open","to":"stalled"}');
INSERT INTO event VALUES(96,11,'sent',NULL,'job',1795249800000000,31,'{"kind":"reply","to":"ruth@acme.example,petra@borealis.example,cora@corvus.example,anna@desk.example,ben@desk.example"}');
INSERT INTO event VALUES(97,12,'created',108,'web',1795269600000000,32,'{"subject":"Corvus: Postfach fast voll"}');
INSERT INTO event VALUES(98,12,'customer',108,'web',1795269600000000,NULL,'{"for":"108","how":"replace","role":"1","who":"116","why":"chosen"}');
INSERT INTO event VALUES(99,12,'sent',NULL,'job',1795269600000000,32,'{"kind":"acknowledge","to":"ruth@acme.example,petra@borealis.example,cora@corvus.example,anna@desk.example,ben@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(100,13,'created',118,'mail',1795273200000000,33,'{"subject":"New keyboard, please"}');
INSERT INTO event VALUES(101,13,'customer',118,'mail',1795273200000000,NULL,'{"for":"118","how":"replace","role":"1","who":"114","why":"membership"}');
INSERT INTO event VALUES(102,13,'sent',NULL,'job',1795273200000000,33,'{"kind":"acknowledge","to":"bob@acme.example,alice@acme.example,ruth@acme.example,dana@acme.example,anna@desk.example,ben@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(103,13,'owner',102,'web',1795276200000000,NULL,'{"from":"0","to":"102"}');
INSERT INTO event VALUES(104,13,'message',102,'web',1795276200000000,34,'{"kind":"reply"}');
INSERT INTO event VALUES(105,13,'status',102,'web',1795276200000000,NULL,'{"from":"new","to":"open"}');
INSERT INTO event VALUES(106,13,'sent',NULL,'job',1795276200000000,34,'{"kind":"reply","to":"bob@acme.example,alice@acme.example,ruth@acme.example,dana@acme.example,anna@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(107,12,'message',102,'web',1795276800000000,35,'{"kind":"reply"}');
INSERT INTO event VALUES(108,12,'status',102,'web',1795276800000000,NULL,'{"from":"new","to":"open"}');
INSERT INTO event VALUES(109,12,'sent',NULL,'job',1795276800000000,35,'{"kind":"reply","to":"ruth@acme.example,petra@borealis.example,cora@corvus.example,anna@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(110,10,'message',103,'web',1795280400000000,36,'{"kind":"comment"}');
INSERT INTO event VALUES(111,14,'created',109,'web',1795327200000000,37,'{"subject":"Error 502 in the shop since this morning"}');
INSERT INTO event VALUES(112,14,'customer',109,'web',1795327200000000,NULL,'{"for":"109","how":"replace","role":"1","who":"116","why":"membership"}');
INSERT INTO event VALUES(113,14,'sent',NULL,'job',1795327200000000,37,'{"kind":"acknowledge","to":"ruth@acme.example,petra@borealis.example,cora@corvus.example,anna@desk.example,ben@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(114,15,'created',105,'mail',1795361447675771,38,'{"subject":"From before"}');
INSERT INTO event VALUES(115,15,'customer',105,'mail',1795361447675869,NULL,'{"for":"105","how":"replace","role":"1","who":"114","why":"membership"}');
INSERT INTO event VALUES(116,15,'sent',NULL,'job',1795361447696521,38,'{"kind":"acknowledge","to":"bob@acme.example,alice@acme.example,ruth@acme.example,dana@acme.example,anna@desk.example,ben@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(117,16,'created',101,'api',1795361448054068,39,'{"subject":"Opened by the old program"}');
INSERT INTO event VALUES(118,12,'squelched',101,'api',1795361448168157,NULL,'{"change":"added","who":"101"}');
INSERT INTO event VALUES(119,16,'sent',NULL,'job',1795361448676789,39,'{"kind":"opened","to":"ben@desk.example,carla@desk.example"}');
CREATE TABLE link (
    ticket BIGINT NOT NULL REFERENCES ticket (id),
    type   TEXT NOT NULL,
    target BIGINT NOT NULL REFERENCES ticket (id),
    PRIMARY KEY (ticket, type, target)
);
CREATE TABLE squelch (
    ticket  BIGINT NOT NULL REFERENCES ticket (id),
    user_id BIGINT NOT NULL REFERENCES desk_user (id),
    PRIMARY KEY (ticket, user_id)
);
INSERT INTO squelch VALUES(12,101);
CREATE TABLE letter (
    letter_id TEXT NOT NULL,
    ticket    BIGINT NOT NULL REFERENCES ticket (id),
    message   BIGINT REFERENCES message (id),
    PRIMARY KEY (letter_id, ticket)
);
INSERT INTO letter VALUES('e1.u104@desk.invalid',1,1);
INSERT INTO letter VALUES('e1.u105@desk.invalid',1,1);
INSERT INTO letter VALUES('e1.u106@desk.invalid',1,1);
INSERT INTO letter VALUES('e1.u101@desk.invalid',1,1);
INSERT INTO letter VALUES('e1.u102@desk.invalid',1,1);
INSERT INTO letter VALUES('e1.u103@desk.invalid',1,1);
INSERT INTO letter VALUES('e5.u104@desk.invalid',1,2);
INSERT INTO letter VALUES('e5.u105@desk.invalid',1,2);
INSERT INTO letter VALUES('e5.u106@desk.invalid',1,2);
INSERT INTO letter VALUES('e5.u101@desk.invalid',1,2);
INSERT INTO letter VALUES('e5.u103@desk.invalid',1,2);
INSERT INTO letter VALUES('e8.u104@desk.invalid',1,3);
INSERT INTO letter VALUES('e8.u106@desk.invalid',1,3);
INSERT INTO letter VALUES('e8.u101@desk.invalid',1,3);
INSERT INTO letter VALUES('e8.u102@desk.invalid',1,3);
INSERT INTO letter VALUES('e8.u103@desk.invalid',1,3);
INSERT INTO letter VALUES('e10.u101@desk.invalid',1,4);
INSERT INTO letter VALUES('e10.u103@desk.invalid',1,4);
INSERT INTO letter VALUES('e12.u104@desk.invalid',1,5);
INSERT INTO letter VALUES('e12.u105@desk.invalid',1,5);
INSERT INTO letter VALUES('e12.u106@desk.invalid',1,5);
INSERT INTO letter VALUES('e12.u101@desk.invalid',1,5);
INSERT INTO letter VALUES('e12.u103@desk.invalid',1,5);
INSERT INTO letter VALUES('e14.u107@desk.invalid',2,6);
INSERT INTO letter VALUES('e14.u108@desk.invalid',2,6);
INSERT INTO letter VALUES('e14.u101@desk.invalid',2,6);
INSERT INTO letter VALUES('e14.u102@desk.invalid',2,6);
INSERT INTO letter VALUES('e14.u103@desk.invalid',2,6);
INSERT INTO letter VALUES('e17.u104@desk.invalid',1,7);
INSERT INTO letter VALUES('e17.u105@desk.invalid',1,7);
INSERT INTO letter VALUES('e17.u106@desk.invalid',1,7);
INSERT INTO letter VALUES('e17.u101@desk.invalid',1,7);
INSERT INTO letter VALUES('e17.u103@desk.invalid',1,7);
INSERT INTO letter VALUES('e18.u104@desk.invalid',1,NULL);
INSERT INTO letter VALUES('e18.u105@desk.invalid',1,NULL);
INSERT INTO letter VALUES('e18.u106@desk.invalid',1,NULL);
INSERT INTO letter VALUES('e22.u107@desk.invalid',2,8);
INSERT INTO letter VALUES('e22.u108@desk.invalid',2,8);
INSERT INTO letter VALUES('e22.u101@desk.invalid',2,8);
INSERT INTO letter VALUES('e22.u102@desk.invalid',2,8);
INSERT INTO letter VALUES('e24.u107@desk.invalid',2,NULL);
INSERT INTO letter VALUES('e24.u108@desk.invalid',2,NULL);
INSERT INTO letter VALUES('e27.u107@desk.invalid',3,9);
INSERT INTO letter VALUES('e27.u108@desk.invalid',3,9);
INSERT INTO letter VALUES('e27.u101@desk.invalid',3,9);
INSERT INTO letter VALUES('e27.u103@desk.invalid',3,9);
INSERT INTO letter VALUES('e31.u101@desk.invalid',3,10);
INSERT INTO letter VALUES('e33.u107@desk.invalid',3,11);
INSERT INTO letter VALUES('e33.u108@desk.invalid',3,11);
INSERT INTO letter VALUES('e33.u101@desk.invalid',3,11);
INSERT INTO letter VALUES('e35.u107@desk.invalid',3,NULL);
INSERT INTO letter VALUES('e35.u108@desk.invalid',3,NULL);
INSERT INTO letter VALUES('e38.u104@desk.invalid',4,12);
INSERT INTO letter VALUES('e38.u105@desk.invalid',4,12);
INSERT INTO letter VALUES('e38.u106@desk.invalid',4,12);
INSERT INTO letter VALUES('e38.u101@desk.invalid',4,12);
INSERT INTO letter VALUES('e38.u102@desk.invalid',4,12);
INSERT INTO letter VALUES('e38.u103@desk.invalid',4,12);
INSERT INTO letter VALUES('e41.u108@desk.invalid',3,13);
INSERT INTO letter VALUES('e41.u101@desk.invalid',3,13);
INSERT INTO letter VALUES('e41.u103@desk.invalid',3,13);
INSERT INTO letter VALUES('e45.u101@desk.invalid',4,14);
INSERT INTO letter VALUES('e45.u103@desk.invalid',4,14);
INSERT INTO letter VALUES('e47.u104@desk.invalid',4,15);
INSERT INTO letter VALUES('e47.u105@desk.invalid',4,15);
INSERT INTO letter VALUES('e47.u106@desk.invalid',4,15);
INSERT INTO letter VALUES('e47.u101@desk.invalid',4,15);
INSERT INTO letter VALUES('e47.u103@desk.invalid',4,15);
INSERT INTO letter VALUES('e50.u102@desk.invalid',5,16);
INSERT INTO letter VALUES('e53.u105@desk.invalid',6,17);
INSERT INTO letter VALUES('e53.u101@desk.invalid',6,17);
INSERT INTO letter VALUES('e53.u102@desk.invalid',6,17);
INSERT INTO letter VALUES('e53.u103@desk.invalid',6,17);
INSERT INTO letter VALUES('e57.u105@desk.invalid',6,18);
INSERT INTO letter VALUES('e57.u102@desk.invalid',6,18);
INSERT INTO letter VALUES('e57.u103@desk.invalid',6,18);
INSERT INTO letter VALUES('e60.u102@desk.invalid',6,19);
INSERT INTO letter VALUES('e60.u103@desk.invalid',6,19);
INSERT INTO letter VALUES('e62.u104@desk.invalid',4,20);
INSERT INTO letter VALUES('e62.u106@desk.invalid',4,20);
INSERT INTO letter VALUES('e62.u101@desk.invalid',4,20);
INSERT INTO letter VALUES('e62.u102@desk.invalid',4,20);
INSERT INTO letter VALUES('e62.u103@desk.invalid',4,20);
INSERT INTO letter VALUES('e64.u104@desk.invalid',7,21);
INSERT INTO letter VALUES('e64.u101@desk.invalid',7,21);
INSERT INTO letter VALUES('e64.u103@desk.invalid',7,21);
INSERT INTO letter VALUES('e67.u104@desk.invalid',8,22);
INSERT INTO letter VALUES('e67.u105@desk.invalid',8,22);
INSERT INTO letter VALUES('e67.u106@desk.invalid',8,22);
INSERT INTO letter VALUES('e67.u101@desk.invalid',8,22);
INSERT INTO letter VALUES('e67.u102@desk.invalid',8,22);
INSERT INTO letter VALUES('e67.u103@desk.invalid',8,22);
INSERT INTO letter VALUES('e70.u104@desk.invalid',8,23);
INSERT INTO letter VALUES('e70.u105@desk.invalid',8,23);
INSERT INTO letter VALUES('e70.u106@desk.invalid',8,23);
INSERT INTO letter VALUES('e70.u101@desk.invalid',8,23);
INSERT INTO letter VALUES('e70.u102@desk.invalid',8,23);
INSERT INTO letter VALUES('e72.u104@desk.invalid',8,NULL);
INSERT INTO letter VALUES('e72.u105@desk.invalid',8,NULL);
INSERT INTO letter VALUES('e72.u106@desk.invalid',8,NULL);
INSERT INTO letter VALUES('e78.u104@desk.invalid',7,25);
INSERT INTO letter VALUES('e78.u101@desk.invalid',7,25);
INSERT INTO letter VALUES('e81.u103@desk.invalid',7,26);
INSERT INTO letter VALUES('spam.winner@lottery.example',9,27);
INSERT INTO letter VALUES('ticket-9@desk.invalid',9,NULL);
INSERT INTO letter VALUES('e83.u117@desk.invalid',9,27);
INSERT INTO letter VALUES('e83.u101@desk.invalid',9,27);
INSERT INTO letter VALUES('e83.u102@desk.invalid',9,27);
INSERT INTO letter VALUES('e83.u103@desk.invalid',9,27);
INSERT INTO letter VALUES('e86.u101@desk.invalid',10,28);
INSERT INTO letter VALUES('e89.u106@desk.invalid',11,30);
INSERT INTO letter VALUES('e89.u108@desk.invalid',11,30);
INSERT INTO letter VALUES('e89.u109@desk.invalid',11,30);
INSERT INTO letter VALUES('e89.u101@desk.invalid',11,30);
INSERT INTO letter VALUES('e89.u102@desk.invalid',11,30);
INSERT INTO letter VALUES('e89.u103@desk.invalid',11,30);
INSERT INTO letter VALUES('e93.u106@desk.invalid',11,31);
INSERT INTO letter VALUES('e93.u108@desk.invalid',11,31);
INSERT INTO letter VALUES('e93.u109@desk.invalid',11,31);
INSERT INTO letter VALUES('e93.u101@desk.invalid',11,31);
INSERT INTO letter VALUES('e93.u102@desk.invalid',11,31);
INSERT INTO letter VALUES('e97.u106@desk.invalid',12,32);
INSERT INTO letter VALUES('e97.u108@desk.invalid',12,32);
INSERT INTO letter VALUES('e97.u109@desk.invalid',12,32);
INSERT INTO letter VALUES('e97.u101@desk.invalid',12,32);
INSERT INTO letter VALUES('e97.u102@desk.invalid',12,32);
INSERT INTO letter VALUES('e97.u103@desk.invalid',12,32);
INSERT INTO letter VALUES('keyboard.dana@acme.example',13,33);
INSERT INTO letter VALUES('ticket-13@desk.invalid',13,NULL);
INSERT INTO letter VALUES('e100.u104@desk.invalid',13,33);
INSERT INTO letter VALUES('e100.u105@desk.invalid',13,33);
INSERT INTO letter VALUES('e100.u106@desk.invalid',13,33);
INSERT INTO letter VALUES('e100.u118@desk.invalid',13,33);
INSERT INTO letter VALUES('e100.u101@desk.invalid',13,33);
INSERT INTO letter VALUES('e100.u102@desk.invalid',13,33);
INSERT INTO letter VALUES('e100.u103@desk.invalid',13,33);
INSERT INTO letter VALUES('e104.u104@desk.invalid',13,34);
INSERT INTO letter VALUES('e104.u105@desk.invalid',13,34);
INSERT INTO letter VALUES('e104.u106@desk.invalid',13,34);
INSERT INTO letter VALUES('e104.u118@desk.invalid',13,34);
INSERT INTO letter VALUES('e104.u101@desk.invalid',13,34);
INSERT INTO letter VALUES('e104.u103@desk.invalid',13,34);
INSERT INTO letter VALUES('e107.u106@desk.invalid',12,35);
INSERT INTO letter VALUES('e107.u108@desk.invalid',12,35);
INSERT INTO letter VALUES('e107.u109@desk.invalid',12,35);
INSERT INTO letter VALUES('e107.u101@desk.invalid',12,35);
INSERT INTO letter VALUES('e107.u103@desk.invalid',12,35);
INSERT INTO letter VALUES('e111.u106@desk.invalid',14,37);
INSERT INTO letter VALUES('e111.u108@desk.invalid',14,37);
INSERT INTO letter VALUES('e111.u109@desk.invalid',14,37);
INSERT INTO letter VALUES('e111.u101@desk.invalid',14,37);
INSERT INTO letter VALUES('e111.u102@desk.invalid',14,37);
INSERT INTO letter VALUES('e111.u103@desk.invalid',14,37);
INSERT INTO letter VALUES('before@acme.example',15,38);
INSERT INTO letter VALUES('ticket-15@desk.invalid',15,NULL);
INSERT INTO letter VALUES('e114.u104@desk.invalid',15,38);
INSERT INTO letter VALUES('e114.u105@desk.invalid',15,38);
INSERT INTO letter VALUES('e114.u106@desk.invalid',15,38);
INSERT INTO letter VALUES('e114.u118@desk.invalid',15,38);
INSERT INTO letter VALUES('e114.u101@desk.invalid',15,38);
INSERT INTO letter VALUES('e114.u102@desk.invalid',15,38);
INSERT INTO letter VALUES('e114.u103@desk.invalid',15,38);
INSERT INTO letter VALUES('e117.u102@desk.invalid',16,39);
INSERT INTO letter VALUES('e117.u103@desk.invalid',16,39);
CREATE TABLE document (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket  BIGINT NOT NULL REFERENCES ticket (id),
    message BIGINT REFERENCES message (id),
    comment SMALLINT NOT NULL,
    words   TEXT NOT NULL
);
INSERT INTO document VALUES(1,1,NULL,0,' printer on the second floor prints blank pages ');
INSERT INTO document VALUES(2,1,1,0,' printer on the second floor prints blank pages hello since this morning the printer near the kitchen prints blank pages only we changed the toner it made no difference bob ');
INSERT INTO document VALUES(3,1,2,0,' printer on the second floor prints blank pages hello bob could you print its status page hold the green button for five seconds and tell me what stands behind drum ben ');
INSERT INTO document VALUES(4,1,3,0,' printer on the second floor prints blank pages i am next to it drum 0 alice ');
INSERT INTO document VALUES(5,1,4,1,' printer on the second floor prints blank pages drum is at its end there is one left on the shelf i bring it along on thursday ');
INSERT INTO document VALUES(6,1,5,0,' printer on the second floor prints blank pages thank you alice that is the drum i bring a new one tomorrow at ten ');
INSERT INTO document VALUES(7,2,NULL,0,' neue kollegin zugang zum wiki ');
INSERT INTO document VALUES(8,2,6,0,' neue kollegin zugang zum wiki guten tag am montag beginnt frau lindner bei uns bitte geben sie ihr zugang zum wiki lindner borealis example mit freundlichen grüßen petra peters ');
INSERT INTO document VALUES(9,1,7,0,' printer on the second floor prints blank pages the drum is changed and the printer prints again ');
INSERT INTO document VALUES(10,2,8,0,' neue kollegin zugang zum wiki guten tag frau peters der zugang ist eingerichtet frau lindner hat einen brief mit dem ersten passwort carla costa ');
INSERT INTO document VALUES(11,3,NULL,0,' rechnung 2026 0417 falsche umsatzsteuer ');
INSERT INTO document VALUES(12,3,9,0,' rechnung 2026 0417 falsche umsatzsteuer sehr geehrte damen und herren auf der rechnung 2026 0417 stehen 16 statt 19 prozent umsatzsteuer ich bitte um eine berichtigte rechnung jonas jansen ');
INSERT INTO document VALUES(13,3,10,1,' rechnung 2026 0417 falsche umsatzsteuer he is right the tax key of borealis was never changed back ');
INSERT INTO document VALUES(14,3,11,0,' rechnung 2026 0417 falsche umsatzsteuer guten tag herr jansen sie haben recht die berichtigte rechnung liegt bei carla costa ');
INSERT INTO document VALUES(15,4,NULL,0,' vpn does not let me in since monday ');
INSERT INTO document VALUES(16,4,12,0,' vpn does not let me in since monday hi since monday the vpn says authentication failed with the password that opens everything else the log is attached alice ');
INSERT INTO document VALUES(17,3,13,0,' rechnung 2026 0417 falsche umsatzsteuer vielen dank bitte senden sie sie noch an unsere buchhaltung buchhaltung borealis example ');
INSERT INTO document VALUES(18,4,14,1,' vpn does not let me in since monday the log says 93 seconds of skew the time server of acme stopped on sunday see the monitoring ');
INSERT INTO document VALUES(19,4,15,0,' vpn does not let me in since monday hello alice the clock of your laptop is a minute and a half late and the one time code depends on it please switch set time automatically off and on again ');
INSERT INTO document VALUES(20,5,NULL,0,' take the backup tapes to the bank ');
INSERT INTO document VALUES(21,5,16,0,' take the backup tapes to the bank the ones of october before the end of the month ');
INSERT INTO document VALUES(22,6,NULL,0,' my laptop was stolen on the train ');
INSERT INTO document VALUES(23,6,17,0,' my laptop was stolen on the train good morning my laptop was stolen last night i would rather tell my colleagues myself so please keep this between us alice ');
INSERT INTO document VALUES(24,6,18,0,' my laptop was stolen on the train dear alice i am sorry your sessions are ended and the disk is encrypted so nobody reads your files a new laptop is ready on friday anna ');
INSERT INTO document VALUES(25,6,19,1,' my laptop was stolen on the train remote wipe ordered police report to follow keep it off the shared board ');
INSERT INTO document VALUES(26,4,20,0,' vpn does not let me in since monday it let me in once today it is late again ');
INSERT INTO document VALUES(27,7,NULL,0,' contract for next year ');
INSERT INTO document VALUES(28,7,21,0,' contract for next year hello carla our contract ends in december please send an offer for two more years with 40 seats instead of 30 bob ');
INSERT INTO document VALUES(29,8,NULL,0,' how do i change my signature ');
INSERT INTO document VALUES(30,8,22,0,' how do i change my signature the one that stands below my letters still has our old address ruth ');
INSERT INTO document VALUES(31,8,23,0,' how do i change my signature settings then mail then signature it holds for the next letter you write ');
INSERT INTO document VALUES(32,5,24,1,' take the backup tapes to the bank done receipt is in the safe ');
INSERT INTO document VALUES(33,7,25,0,' contract for next year hello bob gladly you get the offer by the end of the week carla ');
INSERT INTO document VALUES(34,7,26,1,' contract for next year up to ten percent off is fine if they take two years ');
INSERT INTO document VALUES(35,9,NULL,0,' you have won ');
INSERT INTO document VALUES(36,9,27,0,' you have won dear winner send us the number of your account to receive your prize ');
INSERT INTO document VALUES(37,10,NULL,0,' who works between the years ');
INSERT INTO document VALUES(38,10,28,0,' who works between the years please write here until friday which days you would rather have off ');
INSERT INTO document VALUES(39,10,29,1,' who works between the years i take the 27th and the 28th then the 31st off ');
INSERT INTO document VALUES(40,11,NULL,0,' the certificate of our shop ends on friday ');
INSERT INTO document VALUES(41,11,30,0,' the certificate of our shop ends on friday hello your monitoring wrote to me that the certificate of shop corvus example ends on friday do you renew it or do we cora ');
INSERT INTO document VALUES(42,11,31,0,' the certificate of our shop ends on friday hello cora we do for that the name must point to 192 0 2 80 again could you ask whoever keeps your dns carla ');
INSERT INTO document VALUES(43,12,NULL,0,' corvus postfach fast voll ');
INSERT INTO document VALUES(44,12,32,0,' corvus postfach fast voll guten tag das postfach von corvus das ich mitbetreue ist zu 95 voll kann es größer werden petra peters ');
INSERT INTO document VALUES(45,13,NULL,0,' new keyboard please ');
INSERT INTO document VALUES(46,13,33,0,' new keyboard please hello three keys of mine are stuck could i get a new keyboard with a british layout thanks dana ');
INSERT INTO document VALUES(47,13,34,0,' new keyboard please hello dana it is on its way and should be with you on monday ben ');
INSERT INTO document VALUES(48,12,35,0,' corvus postfach fast voll good afternoon it can cora as the owner of the contract would have to agree i have put the question to her here ');
INSERT INTO document VALUES(49,10,36,1,' who works between the years any day but the 24th ');
INSERT INTO document VALUES(50,14,NULL,0,' error 502 in the shop since this morning ');
INSERT INTO document VALUES(51,14,37,0,' error 502 in the shop since this morning nobody can order anything the page says 502 bad gateway cora ');
INSERT INTO document VALUES(52,15,NULL,0,' from before ');
INSERT INTO document VALUES(53,15,38,0,' from before a letter of the old days ');
INSERT INTO document VALUES(54,16,NULL,0,' opened by the old program ');
INSERT INTO document VALUES(55,16,39,0,' opened by the old program grüße aus der alten zeit ');
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','document_text','document_text',0,'CREATE VIRTUAL TABLE document_text USING fts5 (words, content = '''', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 categories ''L* N* M*''")');
CREATE TABLE IF NOT EXISTS 'document_text_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO document_text_data VALUES(1,X'37872b');
INSERT INTO document_text_data VALUES(10,X'00000000ff000001020a3700090101012f2f000001020101303000000103010131310000010401013232000001050101333300000106010134340000010701013535000001080101363600000109010137370000010001110102012e00002e');
INSERT INTO document_text_data VALUES(137438953473,X'000000950430616e642f020c010262652f020e03016e2f0213010464616e612f0206010568656c6c6f2f0205010269732f02080201742f02070301732f020a01086b6579626f6172642f020301066d6f6e6461792f021201036e65772f020201026f6e2f04090a0106706c656173652f0204010673686f756c642f020d01037761792f020b02036974682f020f0103796f752f021004080706090a0706060d0b08080b0b0808');
INSERT INTO document_text_data VALUES(274877906945,X'000000ce0a3061667465726e6f6f6e30020702046772656530021402017330020b010363616e30020902076f6e74726163743002100302726130020a04037675733002020104666173743002040104676f6f64300206010468617665300412060202657230021b04016530021c01016930021502017430020801026f6630020e0204776e657230020d0108706f7374666163683002030202757430021701087175657374696f6e300219010374686530060c050b02016f300413090104766f6c6c3002050105776f756c64300211040e0906080c070809090a0706060607090d070d0a0709');
INSERT INTO document_text_data VALUES(412316860417,X'0000005405303234746831020b0103616e7931020701076265747765656e310204020275743102090103646179310208010374686531040507010377686f31020202046f726b73310203010579656172733102060409080c0708090809');
INSERT INTO document_text_data VALUES(549755813889,X'0000004a043035303232020301056572726f723202020102696e32020401076d6f726e696e67320209010473686f703202060204696e636532020701037468653202050302697332020804080a070c090908');
INSERT INTO document_text_data VALUES(687194767361,X'000000a30430353032330403100108616e797468696e6733020d0103626164330212010363616e33020b02036f726133021401056572726f723302020107676174657761793302130102696e33020401076d6f726e696e6733020901066e6f626f647933020a01056f7264657233020c01047061676533020f0104736179733302100203686f703302060204696e636533020701037468653304050b0302697333020804090d0808080a0c070c0b0a0909080909');
INSERT INTO document_text_data VALUES(824633720833,X'0000001807306265666f7265340203010466726f6d340202040b');
INSERT INTO document_text_data VALUES(962072674305,X'0000004802306135020401066265666f7265350203010464617973350209010466726f6d35020201066c657474657235020501026f6635020602026c64350208010374686535020704060b09090b0707');
INSERT INTO document_text_data VALUES(1099511627777,X'000000310330627936020301036f6c64360205020570656e6564360202010770726f6772616d36020601037468653602040407080a0c');
INSERT INTO document_text_data VALUES(1236950581249,X'0000005f0630616c74656e37020a0202757337020801026279370203010364657237020901076772c3bcc39f6537020701036f6c64370205020570656e6564370202010770726f6772616d370206010374686537020401047a65697437020b040a0707080c080a0c08');
INSERT INTO document_text_data VALUES(2336462209025,X'00000e9b02303004021026021602033431370b02040104040e010204010204030204010231360c02120201390c02140301322a02150101322a021702033032360b02030104030e010203010203030203020337746827020a020338746827020d010233301c021a0203317374270210010234301c0216010238302a02180102393312020d0201352c02110101610602130d04120505021c16040f06020663636f756e7424020d03026d6512021502066464726573731e021302046761696e0902120a022807021310021902046c69636504021102020c0a021d03020b04021e01020a03036f6e6705021902016d04020b04020910020c02016e11020e0b020f03016403021906020e0a061406100502120f020b03026e611802230202726518021016020a0202736b2a021c02017405020c010217030674616368656410021c020275660c020c030c7468656e7469636174696f6e100210040a6f6d61746963616c6c7913022401046261636b0d0212050275701402040102040b020403026e6b1402080102080b0208020565666f726515020d030567696e6e7408020b030468696e6403021e03016908020e06021203036c6f771e020c03016e03022003097269636874696774650c021b02020f0305747765656e17021c0e020401020401020402046974746508021004021805020902046c616e6b0102080104080e01020801020801020801020803020802046f61726419021503016202021f01020b19021b05020703067265616c697308021805020e0402120204726965660a021304026e670502170102120404746973682e0214020a75636868616c74756e6711041003030474746f6e03021502017921020d01056361726c610a02180402130e0207050213090221020a6572746966696361746528020301040311010203020568616e67651d020501020501020507016402021807020d04021102046c6f636b13020d02036f646513021c03086c6c65616775657317021603066e74726163741b0202010402090502020102020302726129022101020b04037675732902150202020104020b03037374610a02190402140303756c6403020c27021a04020c010564616d656e0c020903026e612e021704016b1102080301732c0408060302797326020d02036561721802090c0205030663656d6265721c020c03016d0a0215030570656e647313021d0301720a020b02020d020269650e020e030866666572656e636502021e0302736b18021402026e732a022002016f1d02030102030102030a041a0701020d030265730f020301020302020301020307020303026e65200209020372756d03021f01020f01020a01021003020b010465696e650c021a05016e0a021204096765726963687465740a020e02036c736510021802086e6372797074656418021603016405020e10020f0c020f040265641802110401731c020a0c0207010407120102070205727374656e0a02160201732c02140209766572797468696e67100217020678616d706c6508021909021318021601066661696c656410021103056c736368650b0205010205010205010205030205030273742b02040102040204696c657318021b03026e6522020c0302766503021702046c6f6f7201020601020601020601020601020601020603020602056f6c6c6f7719020f0301720302161802030104031003020f02020301020308020e020372617508020c02040908030a65756e646c696368656e08021b0304696461791802220e020b020209010409120102090105676562656e080211030565687274650c020803017421020a0d020e02056c61646c7921020802036f6f6417020902047265656e0302140306c3b6c39f65722c02150405bcc39f656e08021c02047574656e0802070202070402071e02060105686162656e0e020c03026c661302160301731e02100301740a0211030276652302030102030202110201650d020703036c6c6f02020a01020a10020a09020605020608020a01020a040205030272652602090401720e02090502656e0c020b02016910020a02036f6c640302120501731f020e0301771d020201020201020201016904020a01021601021111021101020b05020401020401020408020707020d020263680c021720020d02016622020d0202687208021302016e0f02070102070202070102070704070802020b04020c030573746561641c021802017305040b0701020e03020c04020803021b0302110504150c02021106020b02020b0301740a020d22020f02017402021b02020e0102180e021f06021101040a0805020d0a021d03017303020f02020d01066a616e73656e0c021e02020a02046f6e61730c021d01046b616e6e2c0213020365657017021a0202100501732a021e0301790d020c0405626f6172642d0203010403100401732e0207020669746368656e02021202076f6c6c6567696e07020301020302020301066c6170746f701302100302030104030b0104031d0102030302737417020f030274651302170702120304796f75742e021502036566740502120301740f02050102050202050102050704050804037465721f02120701731e020e0204696567740e021103056e646e657208040d0c02021002026f6710021a02020b01046d61646502021c0302696c1f020a02016503021b0c0206010206020206010206070406080f020f0203696e652e0209040375746513021303017408021a0202140407626574726575652c020e02056f6e6461790f020901040905020209010209070209040769746f72696e6712021b17020c040374616708020a050168150212030272651c021304046e696e6702020d15020a02037573742a02120201791602020106020b0c01020201020204020601040609010206030473656c6617021701046e616d652a021102036561720202100302756507020201020202020203037665720d021003017706021412021d150202010402100302787404020c17020401020403021102020401020402046967687417021002016f02021d0304626f64791802180302636811020d0301740f02040102040202040102040702040205756d62657224020a01076f63746f62657215020c0201660d020d05040f0701020e02040b0707021905021003020b0402040104041101020404020803016613022506021209020a040212010211040265721c021005020c02026c641e021202016e010203010203010203010203010603120901020303020309021701041e0b0302060102060104061d0102060f020801040812010208030263651a020e0301650502110102150d021a0b020904017315020a03026c79020216020470656e7310021602017229021e0305646572656419020b020275721c02080202110a02050102050102050104706167650302110501730102090104090e01020901020901020901020903020903067373776f72641002140801740a02170206657263656e7422020903047465727308021e02020a2202180402726108021d24021702056c6561736513022004021905020d0a020707020401020402046f696e742a021303046c69636519020c03067374666163682b020301040308020472696e7403020e060265720102020104020f010202010202010202010202030402100601730102070104070e0102070102070102070102070304070c04027a6524021103056f7a656e740c021501067261746865721702130f02100204656164731802190501791802200305636569707420020a0602766524020f0405686e756e670b02020106020e10010202010402100302020501740e020d03046d6f746519020903036e657729021c0304706f727419020d0204696768740d020902037574681e021401047361666520020e0302797310020f02020c0204656174731c02170304636f6e640102050102050102050102050102050102050302050701730302180f020e030165120219030268720c020703026e641c020e0802070502656e11020a03047276657212021303067373696f6e7318020f030174130222040574696e67731f0208020568617265641902140303656c6605021503026f70280206010406100102060202696508021206020b03040b030307676e61747572651d02070102070104070703036e636502020b0d02080104080502020801020807020802036b657712021002016f170218010217030372727918020d020574616e647303021d1b020b040274740c02130502757303021003046568656e0c02110303696c6c1e020f03046f6c656e1602050104050b010205010205040470706564120216030375636b2e020b0205756e6461791202180205776974636813022101037461670802080202080402081e020703026b651402020102020b020202020f05020803037065731402050102050b02050301780d020b0203656c6c03021a14021403016e0602181c0208020468616e6b06020a0601732e021604017406020d0a02150e020a0b021001020f0301650102040108040c050a01040411010204010404120104040d030604080704020a03060d080802060a090b01040c0f01040306010a03060407050102070102070104070e0104070e050208010210010603060801060b0505030209010205010205010805060505010202010402110104021004016e1f04090408020e0402726505020f04017922020e0302697302020c15021b03037265652e0206030675727364617905021b0203696d6512021201041b0a02016f04020d10020601020604020e07020602020702020e05020e01021403036461791a020f03066d6f72726f7706021603036e657202021a02047261696e1602080102080102080102080202776f1c02120602100102756d0c0219030a7361747a7374657565720b02060104061201020601020603020602026e640c020a03017308020f040365726511020f030374696c26020a02017022020602017317021d0d020801067669656c656e11020702036f6c6c2b02050104050f03016e2c020a0202706e0f02020104020e02020201020207020201037761730d020f0902040104040b01020401020402016502021727022001020c0302656b21021203047264656e2c0216020368617403021c030369636826020c03016f2502020102020102020404657665722a021d04091507060606150808070807070706110b070b1218080c0914070a07090b07110f090d0d0a0a0909080611130f1c090f11090a091009061616100c09080d150a0f0b0e0a070607070b0b060a09070d07071313071409060e080d0c07100a060e110b160a0907071b0a190c0f160a0a090a08090b0a120a0706060d061d0706070608060c210a0607190a23091c090e09090b06060e060b1219070a0908130806090e0a0907190808090c170f0806070c081b0909080d08101609060907120a0c27120a0738070f060709060a1309190b060b0f0a1909090f091b1a070a0e09060a0719060908090908090a091b0906070a07090b060a0a080e0e13180809080d070709081309080a0a11130e060b09090612740a07060a080b0c1e080b08120a071c0706080806090b0c0614150c070908080c');
INSERT INTO document_text_data VALUES(2336462209026,X'000000e4053077696b690702060104061202020603046e6e65722402060302706519020a030274681002120c021512021202026f6e2302040102040303726b732502030102030102030303756c641702120f020f0204726974651f021407020803036f746529020d0104796561721b02050102050502050102050501731c021406021103020601020601020602026f7503020d03020b19021302020902020201020202020e03021b01021b04017213020f05040e0e0c040c0605020b01021f01027a752c0210030467616e67070204010404120204040a03016d07020501040512020205041009070d0a0e0b0c0812121f140711');
CREATE TABLE IF NOT EXISTS 'document_text_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO document_text_idx VALUES(1,X'',2);
INSERT INTO document_text_idx VALUES(2,X'',2);
INSERT INTO document_text_idx VALUES(3,X'',2);
INSERT INTO document_text_idx VALUES(4,X'',2);
INSERT INTO document_text_idx VALUES(5,X'',2);
INSERT INTO document_text_idx VALUES(6,X'',2);
INSERT INTO document_text_idx VALUES(7,X'',2);
INSERT INTO document_text_idx VALUES(8,X'',2);
INSERT INTO document_text_idx VALUES(9,X'',2);
INSERT INTO document_text_idx VALUES(17,X'',2);
INSERT INTO document_text_idx VALUES(17,X'307769',4);
CREATE TABLE IF NOT EXISTS 'document_text_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);
INSERT INTO document_text_docsize VALUES(1,X'08',1);
INSERT INTO document_text_docsize VALUES(2,X'1e',2);
INSERT INTO document_text_docsize VALUES(3,X'1f',3);
INSERT INTO document_text_docsize VALUES(4,X'10',4);
INSERT INTO document_text_docsize VALUES(5,X'1a',5);
INSERT INTO document_text_docsize VALUES(6,X'17',6);
INSERT INTO document_text_docsize VALUES(7,X'05',7);
INSERT INTO document_text_docsize VALUES(8,X'1d',8);
INSERT INTO document_text_docsize VALUES(9,X'11',9);
INSERT INTO document_text_docsize VALUES(10,X'18',10);
INSERT INTO document_text_docsize VALUES(11,X'05',11);
INSERT INTO document_text_docsize VALUES(12,X'1d',12);
INSERT INTO document_text_docsize VALUES(13,X'11',13);
INSERT INTO document_text_docsize VALUES(14,X'13',14);
INSERT INTO document_text_docsize VALUES(15,X'08',15);
INSERT INTO document_text_docsize VALUES(16,X'1c',16);
INSERT INTO document_text_docsize VALUES(17,X'12',17);
INSERT INTO document_text_docsize VALUES(18,X'1a',18);
INSERT INTO document_text_docsize VALUES(19,X'27',19);
INSERT INTO document_text_docsize VALUES(20,X'07',20);
INSERT INTO document_text_docsize VALUES(21,X'11',21);
INSERT INTO document_text_docsize VALUES(22,X'07',22);
INSERT INTO document_text_docsize VALUES(23,X'1d',23);
INSERT INTO document_text_docsize VALUES(24,X'22',24);
INSERT INTO document_text_docsize VALUES(25,X'14',25);
INSERT INTO document_text_docsize VALUES(26,X'12',26);
INSERT INTO document_text_docsize VALUES(27,X'04',27);
INSERT INTO document_text_docsize VALUES(28,X'1a',28);
INSERT INTO document_text_docsize VALUES(29,X'06',29);
INSERT INTO document_text_docsize VALUES(30,X'13',30);
INSERT INTO document_text_docsize VALUES(31,X'13',31);
INSERT INTO document_text_docsize VALUES(32,X'0d',32);
INSERT INTO document_text_docsize VALUES(33,X'12',33);
INSERT INTO document_text_docsize VALUES(34,X'10',34);
INSERT INTO document_text_docsize VALUES(35,X'03',35);
INSERT INTO document_text_docsize VALUES(36,X'10',36);
INSERT INTO document_text_docsize VALUES(37,X'05',37);
INSERT INTO document_text_docsize VALUES(38,X'11',38);
INSERT INTO document_text_docsize VALUES(39,X'10',39);
INSERT INTO document_text_docsize VALUES(40,X'08',40);
INSERT INTO document_text_docsize VALUES(41,X'20',41);
INSERT INTO document_text_docsize VALUES(42,X'20',42);
INSERT INTO document_text_docsize VALUES(43,X'04',43);
INSERT INTO document_text_docsize VALUES(44,X'17',44);
INSERT INTO document_text_docsize VALUES(45,X'03',45);
INSERT INTO document_text_docsize VALUES(46,X'16',46);
INSERT INTO document_text_docsize VALUES(47,X'12',47);
INSERT INTO document_text_docsize VALUES(48,X'1b',48);
INSERT INTO document_text_docsize VALUES(49,X'0a',49);
INSERT INTO document_text_docsize VALUES(50,X'08',50);
INSERT INTO document_text_docsize VALUES(51,X'13',51);
INSERT INTO document_text_docsize VALUES(52,X'02',52);
INSERT INTO document_text_docsize VALUES(53,X'08',53);
INSERT INTO document_text_docsize VALUES(54,X'05',54);
INSERT INTO document_text_docsize VALUES(55,X'0a',55);
CREATE TABLE IF NOT EXISTS 'document_text_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO document_text_config VALUES('version',4);
CREATE TABLE spool (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    envelope_from TEXT NOT NULL,
    recipient     TEXT NOT NULL,
    queue         TEXT NOT NULL,
    action        TEXT NOT NULL,
    remote        TEXT NOT NULL,
    via           TEXT NOT NULL,
    digest        TEXT NOT NULL REFERENCES blob (digest),
    size          BIGINT NOT NULL,
    at            BIGINT NOT NULL,
    state         TEXT NOT NULL,
    reason        TEXT NOT NULL,
    tries         INTEGER NOT NULL,
    next          BIGINT NOT NULL,
    ticket        BIGINT REFERENCES ticket (id),
    message       BIGINT REFERENCES message (id)
);
INSERT INTO spool VALUES(1,'winner@lottery.example','support@desk.example','','correspond','192.0.2.7','smtp','39c4e4b60a07c7f5f061205cbb7a389a5630b9c1636fabdf77c7029b2b9f458d',292,1795140000000000,'done','',1,1795140000000000,9,NULL);
INSERT INTO spool VALUES(2,'dana@acme.example','support@desk.example','','correspond','192.0.2.7','smtp','829b66c07e63b87e669191e22b99d6ab09e9056575b80e1cad73035a66ccc916',322,1795273200000000,'done','',1,1795273200000000,13,NULL);
INSERT INTO spool VALUES(3,'','','support','correspond','','pipe','671373c1766a7c3cd37e390164f544f06b49940d7ef36a09ad1834c7a7da4bb3',112,1795361447402251,'done','',1,1795361447675893,15,NULL);
CREATE TABLE outbox (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    kind      TEXT NOT NULL,
    ticket    BIGINT REFERENCES ticket (id),
    message   BIGINT REFERENCES message (id),
    event     BIGINT REFERENCES event (id),
    to_user   BIGINT REFERENCES desk_user (id),
    address   TEXT NOT NULL,
    why       TEXT NOT NULL,
    letter_id TEXT NOT NULL,
    subject   TEXT NOT NULL,
    body      TEXT NOT NULL,
    from_name TEXT NOT NULL,
    from_addr TEXT NOT NULL,
    reply_to  TEXT NOT NULL,
    refs      TEXT NOT NULL,
    auto      TEXT NOT NULL,
    state     TEXT NOT NULL,
    reason    TEXT NOT NULL,
    tries     INTEGER NOT NULL,
    at        BIGINT NOT NULL,
    next      BIGINT NOT NULL,
    sent_at   BIGINT NOT NULL,
    digest    TEXT REFERENCES blob (digest)
);
INSERT INTO outbox VALUES(1,'acknowledge',1,1,1,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e1.u104@desk.invalid','[Desk #1] Printer on the second floor prints blank pages',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','auto-replied','sent','',1,1794646800000000,1794647400000000,1794646800000000,NULL);
INSERT INTO outbox VALUES(2,'acknowledge',1,1,1,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e1.u105@desk.invalid','[Desk #1] Printer on the second floor prints blank pages',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','auto-replied','sent','',1,1794646800000000,1794647400000000,1794646800000000,NULL);
INSERT INTO outbox VALUES(3,'acknowledge',1,1,1,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e1.u106@desk.invalid','[Desk #1] Printer on the second floor prints blank pages',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','auto-replied','sent','',1,1794646800000000,1794647400000000,1794646800000000,NULL);
INSERT INTO outbox VALUES(4,'opened',1,1,1,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e1.u101@desk.invalid','[Desk #1] Printer on the second floor prints blank pages',replace('Bob Baker opened a ticket:\n\nHello,\n\nsince this morning the printer near the kitchen prints blank pages only. We changed the toner, it made no difference.\n\nBob\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794646800000000,1794647400000000,1794646800000000,NULL);
INSERT INTO outbox VALUES(5,'opened',1,1,1,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e1.u102@desk.invalid','[Desk #1] Printer on the second floor prints blank pages',replace('Bob Baker opened a ticket:\n\nHello,\n\nsince this morning the printer near the kitchen prints blank pages only. We changed the toner, it made no difference.\n\nBob\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794646800000000,1794647400000000,1794646800000000,NULL);
INSERT INTO outbox VALUES(6,'opened',1,1,1,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e1.u103@desk.invalid','[Desk #1] Printer on the second floor prints blank pages',replace('Bob Baker opened a ticket:\n\nHello,\n\nsince this morning the printer near the kitchen prints blank pages only. We changed the toner, it made no difference.\n\nBob\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794646800000000,1794647400000000,1794646800000000,NULL);
INSERT INTO outbox VALUES(7,'reply',1,2,5,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e5.u104@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nHello Bob,\n\ncould you print its status page (hold the green button for five seconds) and tell me what stands behind “Drum”?\n\nBen\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794649200000000,1794649800000000,1794649200000000,NULL);
INSERT INTO outbox VALUES(8,'reply',1,2,5,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e5.u105@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nHello Bob,\n\ncould you print its status page (hold the green button for five seconds) and tell me what stands behind “Drum”?\n\nBen\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794649200000000,1794649800000000,1794649200000000,NULL);
INSERT INTO outbox VALUES(9,'reply',1,2,5,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e5.u106@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nHello Bob,\n\ncould you print its status page (hold the green button for five seconds) and tell me what stands behind “Drum”?\n\nBen\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794649200000000,1794649800000000,1794649200000000,NULL);
INSERT INTO outbox VALUES(10,'reply',1,2,5,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e5.u101@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nHello Bob,\n\ncould you print its status page (hold the green button for five seconds) and tell me what stands behind “Drum”?\n\nBen\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794649200000000,1794649800000000,1794649200000000,NULL);
INSERT INTO outbox VALUES(11,'reply',1,2,5,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e5.u103@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nHello Bob,\n\ncould you print its status page (hold the green button for five seconds) and tell me what stands behind “Drum”?\n\nBen\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794649200000000,1794649800000000,1794649200000000,NULL);
INSERT INTO outbox VALUES(12,'reply',1,3,8,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e8.u104@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Alice Archer wrote:\n\nI am next to it: Drum 0 %.\n\nAlice\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794656400000000,1794657000000000,1794656400000000,NULL);
INSERT INTO outbox VALUES(13,'reply',1,3,8,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e8.u106@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Alice Archer wrote:\n\nI am next to it: Drum 0 %.\n\nAlice\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794656400000000,1794657000000000,1794656400000000,NULL);
INSERT INTO outbox VALUES(14,'reply',1,3,8,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e8.u101@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Alice Archer wrote:\n\nI am next to it: Drum 0 %.\n\nAlice\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794656400000000,1794657000000000,1794656400000000,NULL);
INSERT INTO outbox VALUES(15,'reply',1,3,8,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""},{"Role":4,"Through":102,"OnQueue":false,"OneTime":false,"AutoText":""}]','e8.u102@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Alice Archer wrote:\n\nI am next to it: Drum 0 %.\n\nAlice\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support, and because you are owner of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794656400000000,1794657000000000,1794656400000000,NULL);
INSERT INTO outbox VALUES(16,'reply',1,3,8,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e8.u103@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Alice Archer wrote:\n\nI am next to it: Drum 0 %.\n\nAlice\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794656400000000,1794657000000000,1794656400000000,NULL);
INSERT INTO outbox VALUES(17,'comment',1,4,10,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e10.u101@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke left a comment, which customers do not see:\n\nDrum is at its end. There is one left on the shelf, I bring it along on Thursday.\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support-comment@desk.example','support-comment+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794657600000000,1794658200000000,1794657600000000,NULL);
INSERT INTO outbox VALUES(18,'comment',1,4,10,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e10.u103@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke left a comment, which customers do not see:\n\nDrum is at its end. There is one left on the shelf, I bring it along on Thursday.\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support-comment@desk.example','support-comment+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794657600000000,1794658200000000,1794657600000000,NULL);
INSERT INTO outbox VALUES(19,'reply',1,5,12,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e12.u104@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThank you, Alice. That is the drum; I bring a new one tomorrow at ten.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794657900000000,1794658500000000,1794657900000000,NULL);
INSERT INTO outbox VALUES(20,'reply',1,5,12,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e12.u105@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThank you, Alice. That is the drum; I bring a new one tomorrow at ten.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794657900000000,1794658500000000,1794657900000000,NULL);
INSERT INTO outbox VALUES(21,'reply',1,5,12,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e12.u106@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThank you, Alice. That is the drum; I bring a new one tomorrow at ten.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794657900000000,1794658500000000,1794657900000000,NULL);
INSERT INTO outbox VALUES(22,'reply',1,5,12,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e12.u101@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThank you, Alice. That is the drum; I bring a new one tomorrow at ten.\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794657900000000,1794658500000000,1794657900000000,NULL);
INSERT INTO outbox VALUES(23,'reply',1,5,12,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e12.u103@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThank you, Alice. That is the drum; I bring a new one tomorrow at ten.\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794657900000000,1794658500000000,1794657900000000,NULL);
INSERT INTO outbox VALUES(24,'acknowledge',2,6,14,107,'jonas@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e14.u107@desk.invalid','[Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Vielen Dank für Ihre Nachricht. Wir haben dafür ein Ticket eröffnet und melden uns bei Ihnen.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #2: Neue Kollegin: Zugang zum Wiki\nhttp://127.0.0.1:8080/portal/tickets/2\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','support@desk.example','support+2-bghuqasmq5@desk.example','["ticket-2@desk.invalid"]','auto-replied','sent','',1,1794729600000000,1794730200000000,1794729600000000,NULL);
INSERT INTO outbox VALUES(25,'acknowledge',2,6,14,108,'petra@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e14.u108@desk.invalid','[Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Vielen Dank für Ihre Nachricht. Wir haben dafür ein Ticket eröffnet und melden uns bei Ihnen.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #2: Neue Kollegin: Zugang zum Wiki\nhttp://127.0.0.1:8080/portal/tickets/2\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','support@desk.example','support+2-bghuqasmq5@desk.example','["ticket-2@desk.invalid"]','auto-replied','sent','',1,1794729600000000,1794730200000000,1794729600000000,NULL);
INSERT INTO outbox VALUES(26,'opened',2,6,14,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e14.u101@desk.invalid','[Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Petra Peters opened a ticket:\n\nGuten Tag,\n\nam Montag beginnt Frau Lindner bei uns. Bitte geben Sie ihr Zugang zum Wiki (lindner@borealis.example).\n\nMit freundlichen Grüßen\n\nPetra Peters\n\n-- \nTicket #2 in support: Neue Kollegin: Zugang zum Wiki\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/2\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+2-bghuqasmq5@desk.example','["ticket-2@desk.invalid"]','','sent','',1,1794729600000000,1794730200000000,1794729600000000,NULL);
INSERT INTO outbox VALUES(27,'opened',2,6,14,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e14.u102@desk.invalid','[Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Petra Peters opened a ticket:\n\nGuten Tag,\n\nam Montag beginnt Frau Lindner bei uns. Bitte geben Sie ihr Zugang zum Wiki (lindner@borealis.example).\n\nMit freundlichen Grüßen\n\nPetra Peters\n\n-- \nTicket #2 in support: Neue Kollegin: Zugang zum Wiki\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/2\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+2-bghuqasmq5@desk.example','["ticket-2@desk.invalid"]','','sent','',1,1794729600000000,1794730200000000,1794729600000000,NULL);
INSERT INTO outbox VALUES(28,'opened',2,6,14,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e14.u103@desk.invalid','[Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Petra Peters opened a ticket:\n\nGuten Tag,\n\nam Montag beginnt Frau Lindner bei uns. Bitte geben Sie ihr Zugang zum Wiki (lindner@borealis.example).\n\nMit freundlichen Grüßen\n\nPetra Peters\n\n-- \nTicket #2 in support: Neue Kollegin: Zugang zum Wiki\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/2\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+2-bghuqasmq5@desk.example','["ticket-2@desk.invalid"]','','sent','',1,1794729600000000,1794730200000000,1794729600000000,NULL);
INSERT INTO outbox VALUES(29,'reply',1,7,17,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e17.u104@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThe drum is changed and the printer prints again.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794737100000000,1794737700000000,1794737100000000,NULL);
INSERT INTO outbox VALUES(30,'reply',1,7,17,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e17.u105@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThe drum is changed and the printer prints again.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794737100000000,1794737700000000,1794737100000000,NULL);
INSERT INTO outbox VALUES(31,'reply',1,7,17,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e17.u106@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThe drum is changed and the printer prints again.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794737100000000,1794737700000000,1794737100000000,NULL);
INSERT INTO outbox VALUES(32,'reply',1,7,17,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e17.u101@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThe drum is changed and the printer prints again.\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794737100000000,1794737700000000,1794737100000000,NULL);
INSERT INTO outbox VALUES(33,'reply',1,7,17,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e17.u103@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThe drum is changed and the printer prints again.\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794737100000000,1794737700000000,1794737100000000,NULL);
INSERT INTO outbox VALUES(34,'resolved',1,NULL,18,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e18.u104@desk.invalid','[Desk #1] Printer on the second floor prints blank pages',replace('Your ticket has been resolved.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','auto-generated','sent','',1,1794737100000000,1794737700000000,1794737100000000,NULL);
INSERT INTO outbox VALUES(35,'resolved',1,NULL,18,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e18.u105@desk.invalid','[Desk #1] Printer on the second floor prints blank pages',replace('Your ticket has been resolved.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','auto-generated','sent','',1,1794737100000000,1794737700000000,1794737100000000,NULL);
INSERT INTO outbox VALUES(36,'resolved',1,NULL,18,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e18.u106@desk.invalid','[Desk #1] Printer on the second floor prints blank pages',replace('Your ticket has been resolved.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+1-3zp6vopnhk@desk.example','["ticket-1@desk.invalid"]','auto-generated','sent','',1,1794737100000000,1794737700000000,1794737100000000,NULL);
INSERT INTO outbox VALUES(37,'reply',2,8,22,107,'jonas@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e22.u107@desk.invalid','Re: [Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Carla Costa schrieb:\n\nGuten Tag Frau Peters,\n\nder Zugang ist eingerichtet; Frau Lindner hat einen Brief mit dem ersten Passwort.\n\nCarla Costa\n\n-- \nTicket #2: Neue Kollegin: Zugang zum Wiki\nhttp://127.0.0.1:8080/portal/tickets/2\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+2-bghuqasmq5@desk.example','["ticket-2@desk.invalid"]','','sent','',1,1794740400000000,1794741000000000,1794740400000000,NULL);
INSERT INTO outbox VALUES(38,'reply',2,8,22,108,'petra@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e22.u108@desk.invalid','Re: [Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Carla Costa schrieb:\n\nGuten Tag Frau Peters,\n\nder Zugang ist eingerichtet; Frau Lindner hat einen Brief mit dem ersten Passwort.\n\nCarla Costa\n\n-- \nTicket #2: Neue Kollegin: Zugang zum Wiki\nhttp://127.0.0.1:8080/portal/tickets/2\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+2-bghuqasmq5@desk.example','["ticket-2@desk.invalid"]','','sent','',1,1794740400000000,1794741000000000,1794740400000000,NULL);
INSERT INTO outbox VALUES(39,'reply',2,8,22,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e22.u101@desk.invalid','Re: [Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Carla Costa wrote:\n\nGuten Tag Frau Peters,\n\nder Zugang ist eingerichtet; Frau Lindner hat einen Brief mit dem ersten Passwort.\n\nCarla Costa\n\n-- \nTicket #2 in support: Neue Kollegin: Zugang zum Wiki\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/2\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+2-bghuqasmq5@desk.example','["ticket-2@desk.invalid"]','','sent','',1,1794740400000000,1794741000000000,1794740400000000,NULL);
INSERT INTO outbox VALUES(40,'reply',2,8,22,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e22.u102@desk.invalid','Re: [Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Carla Costa wrote:\n\nGuten Tag Frau Peters,\n\nder Zugang ist eingerichtet; Frau Lindner hat einen Brief mit dem ersten Passwort.\n\nCarla Costa\n\n-- \nTicket #2 in support: Neue Kollegin: Zugang zum Wiki\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/2\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+2-bghuqasmq5@desk.example','["ticket-2@desk.invalid"]','','sent','',1,1794740400000000,1794741000000000,1794740400000000,NULL);
INSERT INTO outbox VALUES(41,'resolved',2,NULL,24,107,'jonas@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e24.u107@desk.invalid','[Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Ihr Ticket ist erledigt.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #2: Neue Kollegin: Zugang zum Wiki\nhttp://127.0.0.1:8080/portal/tickets/2\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','support@desk.example','support+2-bghuqasmq5@desk.example','["ticket-2@desk.invalid"]','auto-generated','sent','',1,1794740400000000,1794741000000000,1794740400000000,NULL);
INSERT INTO outbox VALUES(42,'resolved',2,NULL,24,108,'petra@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e24.u108@desk.invalid','[Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Ihr Ticket ist erledigt.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #2: Neue Kollegin: Zugang zum Wiki\nhttp://127.0.0.1:8080/portal/tickets/2\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','support@desk.example','support+2-bghuqasmq5@desk.example','["ticket-2@desk.invalid"]','auto-generated','sent','',1,1794740400000000,1794741000000000,1794740400000000,NULL);
INSERT INTO outbox VALUES(43,'acknowledge',3,9,27,107,'jonas@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e27.u107@desk.invalid','[Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Vielen Dank für Ihre Nachricht. Wir haben dafür ein Ticket eröffnet und melden uns bei Ihnen.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #3: Rechnung 2026-0417: falsche Umsatzsteuer\nhttp://127.0.0.1:8080/portal/tickets/3\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','billing@desk.example','billing+3-7nrjhyacni@desk.example','["ticket-3@desk.invalid"]','auto-replied','sent','',1,1794819600000000,1794820200000000,1794819600000000,NULL);
INSERT INTO outbox VALUES(44,'acknowledge',3,9,27,108,'petra@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e27.u108@desk.invalid','[Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Vielen Dank für Ihre Nachricht. Wir haben dafür ein Ticket eröffnet und melden uns bei Ihnen.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #3: Rechnung 2026-0417: falsche Umsatzsteuer\nhttp://127.0.0.1:8080/portal/tickets/3\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','billing@desk.example','billing+3-7nrjhyacni@desk.example','["ticket-3@desk.invalid"]','auto-replied','sent','',1,1794819600000000,1794820200000000,1794819600000000,NULL);
INSERT INTO outbox VALUES(45,'opened',3,9,27,101,'anna@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""}]','e27.u101@desk.invalid','[Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Jonas Jansen opened a ticket:\n\nSehr geehrte Damen und Herren,\n\nauf der Rechnung 2026-0417 stehen 16 statt 19 Prozent Umsatzsteuer. Ich bitte um eine berichtigte Rechnung.\n\nJonas Jansen\n\n-- \nTicket #3 in billing: Rechnung 2026-0417: falsche Umsatzsteuer\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/3\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing.\n','\n',char(10)),'Desk','billing@desk.example','billing+3-7nrjhyacni@desk.example','["ticket-3@desk.invalid"]','','sent','',1,1794819600000000,1794820200000000,1794819600000000,NULL);
INSERT INTO outbox VALUES(46,'opened',3,9,27,103,'carla@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""}]','e27.u103@desk.invalid','[Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Jonas Jansen opened a ticket:\n\nSehr geehrte Damen und Herren,\n\nauf der Rechnung 2026-0417 stehen 16 statt 19 Prozent Umsatzsteuer. Ich bitte um eine berichtigte Rechnung.\n\nJonas Jansen\n\n-- \nTicket #3 in billing: Rechnung 2026-0417: falsche Umsatzsteuer\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/3\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing.\n','\n',char(10)),'Desk','billing@desk.example','billing+3-7nrjhyacni@desk.example','["ticket-3@desk.invalid"]','','sent','',1,1794819600000000,1794820200000000,1794819600000000,NULL);
INSERT INTO outbox VALUES(47,'comment',3,10,31,101,'anna@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""}]','e31.u101@desk.invalid','Re: [Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Carla Costa left a comment, which customers do not see:\n\nHe is right. The tax key of Borealis was never changed back.\n\n-- \nTicket #3 in billing: Rechnung 2026-0417: falsche Umsatzsteuer\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/3\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing.\n','\n',char(10)),'Carla Costa via Desk','billing-comment@desk.example','billing-comment+3-7nrjhyacni@desk.example','["ticket-3@desk.invalid"]','','sent','',1,1794834000000000,1794834600000000,1794834000000000,NULL);
INSERT INTO outbox VALUES(48,'reply',3,11,33,107,'jonas@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e33.u107@desk.invalid','Re: [Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Carla Costa schrieb:\n\nGuten Tag Herr Jansen,\n\nSie haben recht. Die berichtigte Rechnung liegt bei.\n\nCarla Costa\n\n-- \nTicket #3: Rechnung 2026-0417: falsche Umsatzsteuer\nhttp://127.0.0.1:8080/portal/tickets/3\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Carla Costa via Desk','billing@desk.example','billing+3-7nrjhyacni@desk.example','["ticket-3@desk.invalid"]','','sent','',1,1794834600000000,1794835200000000,1794834600000000,NULL);
INSERT INTO outbox VALUES(49,'reply',3,11,33,108,'petra@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e33.u108@desk.invalid','Re: [Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Carla Costa schrieb:\n\nGuten Tag Herr Jansen,\n\nSie haben recht. Die berichtigte Rechnung liegt bei.\n\nCarla Costa\n\n-- \nTicket #3: Rechnung 2026-0417: falsche Umsatzsteuer\nhttp://127.0.0.1:8080/portal/tickets/3\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Carla Costa via Desk','billing@desk.example','billing+3-7nrjhyacni@desk.example','["ticket-3@desk.invalid"]','','sent','',1,1794834600000000,1794835200000000,1794834600000000,NULL);
INSERT INTO outbox VALUES(50,'reply',3,11,33,101,'anna@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""}]','e33.u101@desk.invalid','Re: [Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Carla Costa wrote:\n\nGuten Tag Herr Jansen,\n\nSie haben recht. Die berichtigte Rechnung liegt bei.\n\nCarla Costa\n\n-- \nTicket #3 in billing: Rechnung 2026-0417: falsche Umsatzsteuer\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/3\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing.\n','\n',char(10)),'Carla Costa via Desk','billing@desk.example','billing+3-7nrjhyacni@desk.example','["ticket-3@desk.invalid"]','','sent','',1,1794834600000000,1794835200000000,1794834600000000,NULL);
INSERT INTO outbox VALUES(51,'resolved',3,NULL,35,107,'jonas@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e35.u107@desk.invalid','[Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Ihr Ticket ist erledigt.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #3: Rechnung 2026-0417: falsche Umsatzsteuer\nhttp://127.0.0.1:8080/portal/tickets/3\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','billing@desk.example','billing+3-7nrjhyacni@desk.example','["ticket-3@desk.invalid"]','auto-generated','sent','',1,1794834600000000,1794835200000000,1794834600000000,NULL);
INSERT INTO outbox VALUES(52,'resolved',3,NULL,35,108,'petra@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e35.u108@desk.invalid','[Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Ihr Ticket ist erledigt.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #3: Rechnung 2026-0417: falsche Umsatzsteuer\nhttp://127.0.0.1:8080/portal/tickets/3\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','billing@desk.example','billing+3-7nrjhyacni@desk.example','["ticket-3@desk.invalid"]','auto-generated','sent','',1,1794834600000000,1794835200000000,1794834600000000,NULL);
INSERT INTO outbox VALUES(53,'acknowledge',4,12,38,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e38.u104@desk.invalid','[Desk #4] VPN does not let me in since Monday',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #4: VPN does not let me in since Monday\nhttp://127.0.0.1:8080/portal/tickets/4\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+4-wtrve57wg5@desk.example','["ticket-4@desk.invalid"]','auto-replied','sent','',1,1794906000000000,1794906600000000,1794906000000000,NULL);
INSERT INTO outbox VALUES(54,'acknowledge',4,12,38,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e38.u105@desk.invalid','[Desk #4] VPN does not let me in since Monday',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #4: VPN does not let me in since Monday\nhttp://127.0.0.1:8080/portal/tickets/4\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+4-wtrve57wg5@desk.example','["ticket-4@desk.invalid"]','auto-replied','sent','',1,1794906000000000,1794906600000000,1794906000000000,NULL);
INSERT INTO outbox VALUES(55,'acknowledge',4,12,38,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e38.u106@desk.invalid','[Desk #4] VPN does not let me in since Monday',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #4: VPN does not let me in since Monday\nhttp://127.0.0.1:8080/portal/tickets/4\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+4-wtrve57wg5@desk.example','["ticket-4@desk.invalid"]','auto-replied','sent','',1,1794906000000000,1794906600000000,1794906000000000,NULL);
INSERT INTO outbox VALUES(56,'opened',4,12,38,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e38.u101@desk.invalid','[Desk #4] VPN does not let me in since Monday',replace('Alice Archer opened a ticket:\n\nHi,\n\nsince Monday the VPN says “authentication failed”, with the password that opens everything else. The log is attached.\n\nAlice\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+4-wtrve57wg5@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794906000000000,1794906600000000,1794906000000000,NULL);
INSERT INTO outbox VALUES(57,'opened',4,12,38,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e38.u102@desk.invalid','[Desk #4] VPN does not let me in since Monday',replace('Alice Archer opened a ticket:\n\nHi,\n\nsince Monday the VPN says “authentication failed”, with the password that opens everything else. The log is attached.\n\nAlice\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+4-wtrve57wg5@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794906000000000,1794906600000000,1794906000000000,NULL);
INSERT INTO outbox VALUES(58,'opened',4,12,38,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e38.u103@desk.invalid','[Desk #4] VPN does not let me in since Monday',replace('Alice Archer opened a ticket:\n\nHi,\n\nsince Monday the VPN says “authentication failed”, with the password that opens everything else. The log is attached.\n\nAlice\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+4-wtrve57wg5@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794906000000000,1794906600000000,1794906000000000,NULL);
INSERT INTO outbox VALUES(59,'reply',3,13,41,108,'petra@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e41.u108@desk.invalid','Re: [Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Jonas Jansen schrieb:\n\nVielen Dank. Bitte senden Sie sie noch an unsere Buchhaltung, buchhaltung@borealis.example.\n\n-- \nTicket #3: Rechnung 2026-0417: falsche Umsatzsteuer\nhttp://127.0.0.1:8080/portal/tickets/3\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','billing@desk.example','billing+3-7nrjhyacni@desk.example','["ticket-3@desk.invalid"]','','sent','',1,1794906600000000,1794907200000000,1794906600000000,NULL);
INSERT INTO outbox VALUES(60,'reply',3,13,41,101,'anna@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""}]','e41.u101@desk.invalid','Re: [Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Jonas Jansen wrote:\n\nVielen Dank. Bitte senden Sie sie noch an unsere Buchhaltung, buchhaltung@borealis.example.\n\n-- \nTicket #3 in billing: Rechnung 2026-0417: falsche Umsatzsteuer\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/3\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing.\n','\n',char(10)),'Desk','billing@desk.example','billing+3-7nrjhyacni@desk.example','["ticket-3@desk.invalid"]','','sent','',1,1794906600000000,1794907200000000,1794906600000000,NULL);
INSERT INTO outbox VALUES(61,'reply',3,13,41,103,'carla@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""},{"Role":4,"Through":103,"OnQueue":false,"OneTime":false,"AutoText":""}]','e41.u103@desk.invalid','Re: [Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Jonas Jansen wrote:\n\nVielen Dank. Bitte senden Sie sie noch an unsere Buchhaltung, buchhaltung@borealis.example.\n\n-- \nTicket #3 in billing: Rechnung 2026-0417: falsche Umsatzsteuer\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/3\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing, and because you are owner of this ticket.\n','\n',char(10)),'Desk','billing@desk.example','billing+3-7nrjhyacni@desk.example','["ticket-3@desk.invalid"]','','sent','',1,1794906600000000,1794907200000000,1794906600000000,NULL);
INSERT INTO outbox VALUES(62,'comment',4,14,45,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e45.u101@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Ben Burke left a comment, which customers do not see:\n\nThe log says 93 seconds of skew. The time server of Acme stopped on Sunday, see the monitoring.\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support-comment@desk.example','support-comment+4-wtrve57wg5@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794909600000000,1794910200000000,1794909600000000,NULL);
INSERT INTO outbox VALUES(63,'comment',4,14,45,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e45.u103@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Ben Burke left a comment, which customers do not see:\n\nThe log says 93 seconds of skew. The time server of Acme stopped on Sunday, see the monitoring.\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support-comment@desk.example','support-comment+4-wtrve57wg5@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794909600000000,1794910200000000,1794909600000000,NULL);
INSERT INTO outbox VALUES(64,'reply',4,15,47,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e47.u104@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Ben Burke wrote:\n\nHello Alice,\n\nthe clock of your laptop is a minute and a half late, and the one-time code depends on it. Please switch “set time automatically” off and on again.\n\n-- \nTicket #4: VPN does not let me in since Monday\nhttp://127.0.0.1:8080/portal/tickets/4\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+4-wtrve57wg5@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794910200000000,1794910800000000,1794910200000000,NULL);
INSERT INTO outbox VALUES(65,'reply',4,15,47,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e47.u105@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Ben Burke wrote:\n\nHello Alice,\n\nthe clock of your laptop is a minute and a half late, and the one-time code depends on it. Please switch “set time automatically” off and on again.\n\n-- \nTicket #4: VPN does not let me in since Monday\nhttp://127.0.0.1:8080/portal/tickets/4\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+4-wtrve57wg5@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794910200000000,1794910800000000,1794910200000000,NULL);
INSERT INTO outbox VALUES(66,'reply',4,15,47,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e47.u106@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Ben Burke wrote:\n\nHello Alice,\n\nthe clock of your laptop is a minute and a half late, and the one-time code depends on it. Please switch “set time automatically” off and on again.\n\n-- \nTicket #4: VPN does not let me in since Monday\nhttp://127.0.0.1:8080/portal/tickets/4\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+4-wtrve57wg5@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794910200000000,1794910800000000,1794910200000000,NULL);
INSERT INTO outbox VALUES(67,'reply',4,15,47,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e47.u101@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Ben Burke wrote:\n\nHello Alice,\n\nthe clock of your laptop is a minute and a half late, and the one-time code depends on it. Please switch “set time automatically” off and on again.\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+4-wtrve57wg5@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794910200000000,1794910800000000,1794910200000000,NULL);
INSERT INTO outbox VALUES(68,'reply',4,15,47,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e47.u103@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Ben Burke wrote:\n\nHello Alice,\n\nthe clock of your laptop is a minute and a half late, and the one-time code depends on it. Please switch “set time automatically” off and on again.\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+4-wtrve57wg5@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794910200000000,1794910800000000,1794910200000000,NULL);
INSERT INTO outbox VALUES(69,'acknowledge',5,16,50,102,'ben@desk.example','[{"Role":1,"Through":102,"OnQueue":false,"OneTime":false,"AutoText":""}]','e50.u102@desk.invalid','[Desk #5] Take the backup tapes to the bank',replace('Ben Burke has opened a ticket for you.\n\nThe ones of October, before the end of the month.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #5 in internal: Take the backup tapes to the bank\nFor: Ben Burke\nhttp://127.0.0.1:8080/agent/tickets/5\n\nYou get this letter because you are requestor of this ticket.\n','\n',char(10)),'Desk','desk@desk.invalid','','["ticket-5@desk.invalid"]','auto-replied','sent','',1,1794920400000000,1794921000000000,1794920400000000,NULL);
INSERT INTO outbox VALUES(70,'acknowledge',6,17,53,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e53.u105@desk.invalid','[Desk #6] My laptop was stolen on the train',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #6: My laptop was stolen on the train\nhttp://127.0.0.1:8080/portal/tickets/6\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+6-hwszkqx4ys@desk.example','["ticket-6@desk.invalid"]','auto-replied','sent','',1,1794985200000000,1794985800000000,1794985200000000,NULL);
INSERT INTO outbox VALUES(71,'opened',6,17,53,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e53.u101@desk.invalid','[Desk #6] My laptop was stolen on the train',replace('Alice Archer opened a ticket:\n\nGood morning,\n\nmy laptop was stolen last night. I would rather tell my colleagues myself, so please keep this between us.\n\nAlice\n\n-- \nTicket #6 in support: My laptop was stolen on the train\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/6\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+6-hwszkqx4ys@desk.example','["ticket-6@desk.invalid"]','','sent','',1,1794985200000000,1794985800000000,1794985200000000,NULL);
INSERT INTO outbox VALUES(72,'opened',6,17,53,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e53.u102@desk.invalid','[Desk #6] My laptop was stolen on the train',replace('Alice Archer opened a ticket:\n\nGood morning,\n\nmy laptop was stolen last night. I would rather tell my colleagues myself, so please keep this between us.\n\nAlice\n\n-- \nTicket #6 in support: My laptop was stolen on the train\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/6\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+6-hwszkqx4ys@desk.example','["ticket-6@desk.invalid"]','','sent','',1,1794985200000000,1794985800000000,1794985200000000,NULL);
INSERT INTO outbox VALUES(73,'opened',6,17,53,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e53.u103@desk.invalid','[Desk #6] My laptop was stolen on the train',replace('Alice Archer opened a ticket:\n\nGood morning,\n\nmy laptop was stolen last night. I would rather tell my colleagues myself, so please keep this between us.\n\nAlice\n\n-- \nTicket #6 in support: My laptop was stolen on the train\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/6\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+6-hwszkqx4ys@desk.example','["ticket-6@desk.invalid"]','','sent','',1,1794985200000000,1794985800000000,1794985200000000,NULL);
INSERT INTO outbox VALUES(74,'reply',6,18,57,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e57.u105@desk.invalid','Re: [Desk #6] My laptop was stolen on the train',replace('Anna Abel wrote:\n\nDear Alice,\n\nI am sorry. Your sessions are ended and the disk is encrypted, so nobody reads your files. A new laptop is ready on Friday.\n\nAnna\n\n-- \nTicket #6: My laptop was stolen on the train\nhttp://127.0.0.1:8080/portal/tickets/6\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Anna Abel via Desk','support@desk.example','support+6-hwszkqx4ys@desk.example','["ticket-6@desk.invalid"]','','sent','',1,1794986100000000,1794986700000000,1794986100000000,NULL);
INSERT INTO outbox VALUES(75,'reply',6,18,57,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e57.u102@desk.invalid','Re: [Desk #6] My laptop was stolen on the train',replace('Anna Abel wrote:\n\nDear Alice,\n\nI am sorry. Your sessions are ended and the disk is encrypted, so nobody reads your files. A new laptop is ready on Friday.\n\nAnna\n\n-- \nTicket #6 in support: My laptop was stolen on the train\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/6\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Anna Abel via Desk','support@desk.example','support+6-hwszkqx4ys@desk.example','["ticket-6@desk.invalid"]','','sent','',1,1794986100000000,1794986700000000,1794986100000000,NULL);
INSERT INTO outbox VALUES(76,'reply',6,18,57,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e57.u103@desk.invalid','Re: [Desk #6] My laptop was stolen on the train',replace('Anna Abel wrote:\n\nDear Alice,\n\nI am sorry. Your sessions are ended and the disk is encrypted, so nobody reads your files. A new laptop is ready on Friday.\n\nAnna\n\n-- \nTicket #6 in support: My laptop was stolen on the train\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/6\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Anna Abel via Desk','support@desk.example','support+6-hwszkqx4ys@desk.example','["ticket-6@desk.invalid"]','','sent','',1,1794986100000000,1794986700000000,1794986100000000,NULL);
INSERT INTO outbox VALUES(77,'comment',6,19,60,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e60.u102@desk.invalid','Re: [Desk #6] My laptop was stolen on the train',replace('Anna Abel left a comment, which customers do not see:\n\nRemote wipe ordered. Police report to follow; keep it off the shared board.\n\n-- \nTicket #6 in support: My laptop was stolen on the train\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/6\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Anna Abel via Desk','support-comment@desk.example','support-comment+6-hwszkqx4ys@desk.example','["ticket-6@desk.invalid"]','','sent','',1,1794986400000000,1794987000000000,1794986400000000,NULL);
INSERT INTO outbox VALUES(78,'comment',6,19,60,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e60.u103@desk.invalid','Re: [Desk #6] My laptop was stolen on the train',replace('Anna Abel left a comment, which customers do not see:\n\nRemote wipe ordered. Police report to follow; keep it off the shared board.\n\n-- \nTicket #6 in support: My laptop was stolen on the train\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/6\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Anna Abel via Desk','support-comment@desk.example','support-comment+6-hwszkqx4ys@desk.example','["ticket-6@desk.invalid"]','','sent','',1,1794986400000000,1794987000000000,1794986400000000,NULL);
INSERT INTO outbox VALUES(79,'reply',4,20,62,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e62.u104@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Alice Archer wrote:\n\nIt let me in once, today it is late again.\n\n-- \nTicket #4: VPN does not let me in since Monday\nhttp://127.0.0.1:8080/portal/tickets/4\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+4-wtrve57wg5@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794996600000000,1794997200000000,1794996600000000,NULL);
INSERT INTO outbox VALUES(80,'reply',4,20,62,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e62.u106@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Alice Archer wrote:\n\nIt let me in once, today it is late again.\n\n-- \nTicket #4: VPN does not let me in since Monday\nhttp://127.0.0.1:8080/portal/tickets/4\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+4-wtrve57wg5@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794996600000000,1794997200000000,1794996600000000,NULL);
INSERT INTO outbox VALUES(81,'reply',4,20,62,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e62.u101@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Alice Archer wrote:\n\nIt let me in once, today it is late again.\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+4-wtrve57wg5@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794996600000000,1794997200000000,1794996600000000,NULL);
INSERT INTO outbox VALUES(82,'reply',4,20,62,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""},{"Role":4,"Through":102,"OnQueue":false,"OneTime":false,"AutoText":""}]','e62.u102@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Alice Archer wrote:\n\nIt let me in once, today it is late again.\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support, and because you are owner of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+4-wtrve57wg5@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794996600000000,1794997200000000,1794996600000000,NULL);
INSERT INTO outbox VALUES(83,'reply',4,20,62,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e62.u103@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Alice Archer wrote:\n\nIt let me in once, today it is late again.\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+4-wtrve57wg5@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794996600000000,1794997200000000,1794996600000000,NULL);
INSERT INTO outbox VALUES(84,'acknowledge',7,21,64,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e64.u104@desk.invalid','[Desk #7] Contract for next year',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #7: Contract for next year\nhttp://127.0.0.1:8080/portal/tickets/7\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','billing@desk.example','billing+7-lna6xeyoug@desk.example','["ticket-7@desk.invalid"]','auto-replied','sent','',1,1795078800000000,1795079400000000,1795078800000000,NULL);
INSERT INTO outbox VALUES(85,'opened',7,21,64,101,'anna@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""}]','e64.u101@desk.invalid','[Desk #7] Contract for next year',replace('Bob Baker opened a ticket:\n\nHello Carla,\n\nour contract ends in December. Please send an offer for two more years, with 40 seats instead of 30.\n\nBob\n\n-- \nTicket #7 in billing: Contract for next year\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/7\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing.\n','\n',char(10)),'Desk','billing@desk.example','billing+7-lna6xeyoug@desk.example','["ticket-7@desk.invalid"]','','sent','',1,1795078800000000,1795079400000000,1795078800000000,NULL);
INSERT INTO outbox VALUES(86,'opened',7,21,64,103,'carla@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""}]','e64.u103@desk.invalid','[Desk #7] Contract for next year',replace('Bob Baker opened a ticket:\n\nHello Carla,\n\nour contract ends in December. Please send an offer for two more years, with 40 seats instead of 30.\n\nBob\n\n-- \nTicket #7 in billing: Contract for next year\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/7\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing.\n','\n',char(10)),'Desk','billing@desk.example','billing+7-lna6xeyoug@desk.example','["ticket-7@desk.invalid"]','','sent','',1,1795078800000000,1795079400000000,1795078800000000,NULL);
INSERT INTO outbox VALUES(87,'acknowledge',8,22,67,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e67.u104@desk.invalid','[Desk #8] How do I change my signature?',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #8: How do I change my signature?\nhttp://127.0.0.1:8080/portal/tickets/8\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+8-ebjqxomffd@desk.example','["ticket-8@desk.invalid"]','auto-replied','sent','',1,1795082400000000,1795083000000000,1795082400000000,NULL);
INSERT INTO outbox VALUES(88,'acknowledge',8,22,67,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e67.u105@desk.invalid','[Desk #8] How do I change my signature?',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #8: How do I change my signature?\nhttp://127.0.0.1:8080/portal/tickets/8\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+8-ebjqxomffd@desk.example','["ticket-8@desk.invalid"]','auto-replied','sent','',1,1795082400000000,1795083000000000,1795082400000000,NULL);
INSERT INTO outbox VALUES(89,'acknowledge',8,22,67,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e67.u106@desk.invalid','[Desk #8] How do I change my signature?',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #8: How do I change my signature?\nhttp://127.0.0.1:8080/portal/tickets/8\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+8-ebjqxomffd@desk.example','["ticket-8@desk.invalid"]','auto-replied','sent','',1,1795082400000000,1795083000000000,1795082400000000,NULL);
INSERT INTO outbox VALUES(90,'opened',8,22,67,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e67.u101@desk.invalid','[Desk #8] How do I change my signature?',replace('Ruth Reed opened a ticket:\n\nThe one that stands below my letters still has our old address.\n\nRuth\n\n-- \nTicket #8 in support: How do I change my signature?\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/8\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+8-ebjqxomffd@desk.example','["ticket-8@desk.invalid"]','','sent','',1,1795082400000000,1795083000000000,1795082400000000,NULL);
INSERT INTO outbox VALUES(91,'opened',8,22,67,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e67.u102@desk.invalid','[Desk #8] How do I change my signature?',replace('Ruth Reed opened a ticket:\n\nThe one that stands below my letters still has our old address.\n\nRuth\n\n-- \nTicket #8 in support: How do I change my signature?\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/8\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+8-ebjqxomffd@desk.example','["ticket-8@desk.invalid"]','','sent','',1,1795082400000000,1795083000000000,1795082400000000,NULL);
INSERT INTO outbox VALUES(92,'opened',8,22,67,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e67.u103@desk.invalid','[Desk #8] How do I change my signature?',replace('Ruth Reed opened a ticket:\n\nThe one that stands below my letters still has our old address.\n\nRuth\n\n-- \nTicket #8 in support: How do I change my signature?\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/8\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+8-ebjqxomffd@desk.example','["ticket-8@desk.invalid"]','','sent','',1,1795082400000000,1795083000000000,1795082400000000,NULL);
INSERT INTO outbox VALUES(93,'reply',8,23,70,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e70.u104@desk.invalid','Re: [Desk #8] How do I change my signature?',replace('Carla Costa wrote:\n\nSettings, then Mail, then Signature. It holds for the next letter you write.\n\n-- \nTicket #8: How do I change my signature?\nhttp://127.0.0.1:8080/portal/tickets/8\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+8-ebjqxomffd@desk.example','["ticket-8@desk.invalid"]','','sent','',1,1795087800000000,1795088400000000,1795087800000000,NULL);
INSERT INTO outbox VALUES(94,'reply',8,23,70,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e70.u105@desk.invalid','Re: [Desk #8] How do I change my signature?',replace('Carla Costa wrote:\n\nSettings, then Mail, then Signature. It holds for the next letter you write.\n\n-- \nTicket #8: How do I change my signature?\nhttp://127.0.0.1:8080/portal/tickets/8\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+8-ebjqxomffd@desk.example','["ticket-8@desk.invalid"]','','sent','',1,1795087800000000,1795088400000000,1795087800000000,NULL);
INSERT INTO outbox VALUES(95,'reply',8,23,70,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e70.u106@desk.invalid','Re: [Desk #8] How do I change my signature?',replace('Carla Costa wrote:\n\nSettings, then Mail, then Signature. It holds for the next letter you write.\n\n-- \nTicket #8: How do I change my signature?\nhttp://127.0.0.1:8080/portal/tickets/8\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+8-ebjqxomffd@desk.example','["ticket-8@desk.invalid"]','','sent','',1,1795087800000000,1795088400000000,1795087800000000,NULL);
INSERT INTO outbox VALUES(96,'reply',8,23,70,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e70.u101@desk.invalid','Re: [Desk #8] How do I change my signature?',replace('Carla Costa wrote:\n\nSettings, then Mail, then Signature. It holds for the next letter you write.\n\n-- \nTicket #8 in support: How do I change my signature?\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/8\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+8-ebjqxomffd@desk.example','["ticket-8@desk.invalid"]','','sent','',1,1795087800000000,1795088400000000,1795087800000000,NULL);
INSERT INTO outbox VALUES(97,'reply',8,23,70,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e70.u102@desk.invalid','Re: [Desk #8] How do I change my signature?',replace('Carla Costa wrote:\n\nSettings, then Mail, then Signature. It holds for the next letter you write.\n\n-- \nTicket #8 in support: How do I change my signature?\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/8\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+8-ebjqxomffd@desk.example','["ticket-8@desk.invalid"]','','sent','',1,1795087800000000,1795088400000000,1795087800000000,NULL);
INSERT INTO outbox VALUES(98,'resolved',8,NULL,72,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e72.u104@desk.invalid','[Desk #8] How do I change my signature?',replace('Your ticket has been resolved.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #8: How do I change my signature?\nhttp://127.0.0.1:8080/portal/tickets/8\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+8-ebjqxomffd@desk.example','["ticket-8@desk.invalid"]','auto-generated','sent','',1,1795087800000000,1795088400000000,1795087800000000,NULL);
INSERT INTO outbox VALUES(99,'resolved',8,NULL,72,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e72.u105@desk.invalid','[Desk #8] How do I change my signature?',replace('Your ticket has been resolved.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #8: How do I change my signature?\nhttp://127.0.0.1:8080/portal/tickets/8\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+8-ebjqxomffd@desk.example','["ticket-8@desk.invalid"]','auto-generated','sent','',1,1795087800000000,1795088400000000,1795087800000000,NULL);
INSERT INTO outbox VALUES(100,'resolved',8,NULL,72,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e72.u106@desk.invalid','[Desk #8] How do I change my signature?',replace('Your ticket has been resolved.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #8: How do I change my signature?\nhttp://127.0.0.1:8080/portal/tickets/8\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+8-ebjqxomffd@desk.example','["ticket-8@desk.invalid"]','auto-generated','sent','',1,1795087800000000,1795088400000000,1795087800000000,NULL);
INSERT INTO outbox VALUES(101,'reply',7,25,78,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e78.u104@desk.invalid','Re: [Desk #7] Contract for next year',replace('Carla Costa wrote:\n\nHello Bob,\n\ngladly. You get the offer by the end of the week.\n\nCarla\n\n-- \nTicket #7: Contract for next year\nhttp://127.0.0.1:8080/portal/tickets/7\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Carla Costa via Desk','billing@desk.example','billing+7-lna6xeyoug@desk.example','["ticket-7@desk.invalid"]','','sent','',1,1795100400000000,1795101000000000,1795100400000000,NULL);
INSERT INTO outbox VALUES(102,'reply',7,25,78,101,'anna@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""}]','e78.u101@desk.invalid','Re: [Desk #7] Contract for next year',replace('Carla Costa wrote:\n\nHello Bob,\n\ngladly. You get the offer by the end of the week.\n\nCarla\n\n-- \nTicket #7 in billing: Contract for next year\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/7\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing.\n','\n',char(10)),'Carla Costa via Desk','billing@desk.example','billing+7-lna6xeyoug@desk.example','["ticket-7@desk.invalid"]','','sent','',1,1795100400000000,1795101000000000,1795100400000000,NULL);
INSERT INTO outbox VALUES(103,'comment',7,26,81,103,'carla@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""}]','e81.u103@desk.invalid','Re: [Desk #7] Contract for next year',replace('Anna Abel left a comment, which customers do not see:\n\nUp to ten percent off is fine if they take two years.\n\n-- \nTicket #7 in billing: Contract for next year\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/7\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing.\n','\n',char(10)),'Anna Abel via Desk','billing-comment@desk.example','billing-comment+7-lna6xeyoug@desk.example','["ticket-7@desk.invalid"]','','sent','',1,1795104000000000,1795104600000000,1795104000000000,NULL);
INSERT INTO outbox VALUES(104,'acknowledge',9,27,83,117,'winner@lottery.example','[{"Role":1,"Through":117,"OnQueue":false,"OneTime":false,"AutoText":""}]','e83.u117@desk.invalid','[Desk #9] You have WON',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #9: You have WON\nhttp://127.0.0.1:8080/portal/tickets/9\n\nYou get this letter because you are requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+9-d565sa75rr@desk.example','["spam.winner@lottery.example","ticket-9@desk.invalid"]','auto-replied','sent','',1,1795140000000000,1795140600000000,1795140000000000,NULL);
INSERT INTO outbox VALUES(105,'opened',9,27,83,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e83.u101@desk.invalid','[Desk #9] You have WON',replace('Prize Office opened a ticket:\n\nDear winner,\n\nsend us the number of your account to receive your prize.\n\n-- \nTicket #9 in support: You have WON\nFor: Prize Office\nhttp://127.0.0.1:8080/agent/tickets/9\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+9-d565sa75rr@desk.example','["spam.winner@lottery.example","ticket-9@desk.invalid"]','','sent','',1,1795140000000000,1795140600000000,1795140000000000,NULL);
INSERT INTO outbox VALUES(106,'opened',9,27,83,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e83.u102@desk.invalid','[Desk #9] You have WON',replace('Prize Office opened a ticket:\n\nDear winner,\n\nsend us the number of your account to receive your prize.\n\n-- \nTicket #9 in support: You have WON\nFor: Prize Office\nhttp://127.0.0.1:8080/agent/tickets/9\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+9-d565sa75rr@desk.example','["spam.winner@lottery.example","ticket-9@desk.invalid"]','','sent','',1,1795140000000000,1795140600000000,1795140000000000,NULL);
INSERT INTO outbox VALUES(107,'opened',9,27,83,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e83.u103@desk.invalid','[Desk #9] You have WON',replace('Prize Office opened a ticket:\n\nDear winner,\n\nsend us the number of your account to receive your prize.\n\n-- \nTicket #9 in support: You have WON\nFor: Prize Office\nhttp://127.0.0.1:8080/agent/tickets/9\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+9-d565sa75rr@desk.example','["spam.winner@lottery.example","ticket-9@desk.invalid"]','','sent','',1,1795140000000000,1795140600000000,1795140000000000,NULL);
INSERT INTO outbox VALUES(108,'acknowledge',10,28,86,101,'anna@desk.example','[{"Role":1,"Through":101,"OnQueue":false,"OneTime":false,"AutoText":""}]','e86.u101@desk.invalid','[Desk #10] Who works between the years?',replace('Anna Abel has opened a ticket for you.\n\nPlease write here until Friday which days you would rather have off.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #10 in internal: Who works between the years?\nFor: Anna Abel\nhttp://127.0.0.1:8080/agent/tickets/10\n\nYou get this letter because you are requestor of this ticket.\n','\n',char(10)),'Desk','desk@desk.invalid','','["ticket-10@desk.invalid"]','auto-replied','sent','',1,1795183200000000,1795183800000000,1795183200000000,NULL);
INSERT INTO outbox VALUES(109,'acknowledge',11,30,89,106,'ruth@acme.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e89.u106@desk.invalid','[Desk #11] The certificate of our shop ends on Friday',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #11: The certificate of our shop ends on Friday\nhttp://127.0.0.1:8080/portal/tickets/11\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+11-4btxvp7sy4@desk.example','["ticket-11@desk.invalid"]','auto-replied','sent','',1,1795248000000000,1795248600000000,1795248000000000,NULL);
INSERT INTO outbox VALUES(110,'acknowledge',11,30,89,108,'petra@borealis.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e89.u108@desk.invalid','[Desk #11] The certificate of our shop ends on Friday',replace('Vielen Dank für Ihre Nachricht. Wir haben dafür ein Ticket eröffnet und melden uns bei Ihnen.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #11: The certificate of our shop ends on Friday\nhttp://127.0.0.1:8080/portal/tickets/11\n\nSie erhalten diese Nachricht, weil Sie zu Corvus gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','support@desk.example','support+11-4btxvp7sy4@desk.example','["ticket-11@desk.invalid"]','auto-replied','sent','',1,1795248000000000,1795248600000000,1795248000000000,NULL);
INSERT INTO outbox VALUES(111,'acknowledge',11,30,89,109,'cora@corvus.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e89.u109@desk.invalid','[Desk #11] The certificate of our shop ends on Friday',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #11: The certificate of our shop ends on Friday\nhttp://127.0.0.1:8080/portal/tickets/11\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+11-4btxvp7sy4@desk.example','["ticket-11@desk.invalid"]','auto-replied','sent','',1,1795248000000000,1795248600000000,1795248000000000,NULL);
INSERT INTO outbox VALUES(112,'opened',11,30,89,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e89.u101@desk.invalid','[Desk #11] The certificate of our shop ends on Friday',replace('Cora Crane opened a ticket:\n\nHello,\n\nyour monitoring wrote to me that the certificate of shop.corvus.example ends on Friday. Do you renew it, or do we?\n\nCora\n\n-- \nTicket #11 in support: The certificate of our shop ends on Friday\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/11\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+11-4btxvp7sy4@desk.example','["ticket-11@desk.invalid"]','','sent','',1,1795248000000000,1795248600000000,1795248000000000,NULL);
INSERT INTO outbox VALUES(113,'opened',11,30,89,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e89.u102@desk.invalid','[Desk #11] The certificate of our shop ends on Friday',replace('Cora Crane opened a ticket:\n\nHello,\n\nyour monitoring wrote to me that the certificate of shop.corvus.example ends on Friday. Do you renew it, or do we?\n\nCora\n\n-- \nTicket #11 in support: The certificate of our shop ends on Friday\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/11\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+11-4btxvp7sy4@desk.example','["ticket-11@desk.invalid"]','','sent','',1,1795248000000000,1795248600000000,1795248000000000,NULL);
INSERT INTO outbox VALUES(114,'opened',11,30,89,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e89.u103@desk.invalid','[Desk #11] The certificate of our shop ends on Friday',replace('Cora Crane opened a ticket:\n\nHello,\n\nyour monitoring wrote to me that the certificate of shop.corvus.example ends on Friday. Do you renew it, or do we?\n\nCora\n\n-- \nTicket #11 in support: The certificate of our shop ends on Friday\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/11\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+11-4btxvp7sy4@desk.example','["ticket-11@desk.invalid"]','','sent','',1,1795248000000000,1795248600000000,1795248000000000,NULL);
INSERT INTO outbox VALUES(115,'reply',11,31,93,106,'ruth@acme.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e93.u106@desk.invalid','Re: [Desk #11] The certificate of our shop ends on Friday',replace('Carla Costa wrote:\n\nHello Cora,\n\nwe do. For that the name must point to 192.0.2.80 again; could you ask whoever keeps your DNS?\n\nCarla\n\n-- \nTicket #11: The certificate of our shop ends on Friday\nhttp://127.0.0.1:8080/portal/tickets/11\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+11-4btxvp7sy4@desk.example','["ticket-11@desk.invalid"]','','sent','',1,1795249800000000,1795250400000000,1795249800000000,NULL);
INSERT INTO outbox VALUES(116,'reply',11,31,93,108,'petra@borealis.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e93.u108@desk.invalid','Re: [Desk #11] The certificate of our shop ends on Friday',replace('Carla Costa schrieb:\n\nHello Cora,\n\nwe do. For that the name must point to 192.0.2.80 again; could you ask whoever keeps your DNS?\n\nCarla\n\n-- \nTicket #11: The certificate of our shop ends on Friday\nhttp://127.0.0.1:8080/portal/tickets/11\n\nSie erhalten diese Nachricht, weil Sie zu Corvus gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+11-4btxvp7sy4@desk.example','["ticket-11@desk.invalid"]','','sent','',1,1795249800000000,1795250400000000,1795249800000000,NULL);
INSERT INTO outbox VALUES(117,'reply',11,31,93,109,'cora@corvus.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e93.u109@desk.invalid','Re: [Desk #11] The certificate of our shop ends on Friday',replace('Carla Costa wrote:\n\nHello Cora,\n\nwe do. For that the name must point to 192.0.2.80 again; could you ask whoever keeps your DNS?\n\nCarla\n\n-- \nTicket #11: The certificate of our shop ends on Friday\nhttp://127.0.0.1:8080/portal/tickets/11\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+11-4btxvp7sy4@desk.example','["ticket-11@desk.invalid"]','','sent','',1,1795249800000000,1795250400000000,1795249800000000,NULL);
INSERT INTO outbox VALUES(118,'reply',11,31,93,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e93.u101@desk.invalid','Re: [Desk #11] The certificate of our shop ends on Friday',replace('Carla Costa wrote:\n\nHello Cora,\n\nwe do. For that the name must point to 192.0.2.80 again; could you ask whoever keeps your DNS?\n\nCarla\n\n-- \nTicket #11 in support: The certificate of our shop ends on Friday\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/11\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+11-4btxvp7sy4@desk.example','["ticket-11@desk.invalid"]','','sent','',1,1795249800000000,1795250400000000,1795249800000000,NULL);
INSERT INTO outbox VALUES(119,'reply',11,31,93,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e93.u102@desk.invalid','Re: [Desk #11] The certificate of our shop ends on Friday',replace('Carla Costa wrote:\n\nHello Cora,\n\nwe do. For that the name must point to 192.0.2.80 again; could you ask whoever keeps your DNS?\n\nCarla\n\n-- \nTicket #11 in support: The certificate of our shop ends on Friday\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/11\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+11-4btxvp7sy4@desk.example','["ticket-11@desk.invalid"]','','sent','',1,1795249800000000,1795250400000000,1795249800000000,NULL);
INSERT INTO outbox VALUES(120,'acknowledge',12,32,97,106,'ruth@acme.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e97.u106@desk.invalid','[Desk #12] Corvus: Postfach fast voll',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #12: Corvus: Postfach fast voll\nhttp://127.0.0.1:8080/portal/tickets/12\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+12-bclz4wg5tu@desk.example','["ticket-12@desk.invalid"]','auto-replied','sent','',1,1795269600000000,1795270200000000,1795269600000000,NULL);
INSERT INTO outbox VALUES(121,'acknowledge',12,32,97,108,'petra@borealis.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e97.u108@desk.invalid','[Desk #12] Corvus: Postfach fast voll',replace('Vielen Dank für Ihre Nachricht. Wir haben dafür ein Ticket eröffnet und melden uns bei Ihnen.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #12: Corvus: Postfach fast voll\nhttp://127.0.0.1:8080/portal/tickets/12\n\nSie erhalten diese Nachricht, weil Sie zu Corvus gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','support@desk.example','support+12-bclz4wg5tu@desk.example','["ticket-12@desk.invalid"]','auto-replied','sent','',1,1795269600000000,1795270200000000,1795269600000000,NULL);
INSERT INTO outbox VALUES(122,'acknowledge',12,32,97,109,'cora@corvus.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e97.u109@desk.invalid','[Desk #12] Corvus: Postfach fast voll',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #12: Corvus: Postfach fast voll\nhttp://127.0.0.1:8080/portal/tickets/12\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+12-bclz4wg5tu@desk.example','["ticket-12@desk.invalid"]','auto-replied','sent','',1,1795269600000000,1795270200000000,1795269600000000,NULL);
INSERT INTO outbox VALUES(123,'opened',12,32,97,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e97.u101@desk.invalid','[Desk #12] Corvus: Postfach fast voll',replace('Petra Peters opened a ticket:\n\nGuten Tag,\n\ndas Postfach von Corvus, das ich mitbetreue, ist zu 95 % voll. Kann es größer werden?\n\nPetra Peters\n\n-- \nTicket #12 in support: Corvus: Postfach fast voll\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/12\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+12-bclz4wg5tu@desk.example','["ticket-12@desk.invalid"]','','sent','',1,1795269600000000,1795270200000000,1795269600000000,NULL);
INSERT INTO outbox VALUES(124,'opened',12,32,97,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e97.u102@desk.invalid','[Desk #12] Corvus: Postfach fast voll',replace('Petra Peters opened a ticket:\n\nGuten Tag,\n\ndas Postfach von Corvus, das ich mitbetreue, ist zu 95 % voll. Kann es größer werden?\n\nPetra Peters\n\n-- \nTicket #12 in support: Corvus: Postfach fast voll\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/12\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+12-bclz4wg5tu@desk.example','["ticket-12@desk.invalid"]','','sent','',1,1795269600000000,1795270200000000,1795269600000000,NULL);
INSERT INTO outbox VALUES(125,'opened',12,32,97,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e97.u103@desk.invalid','[Desk #12] Corvus: Postfach fast voll',replace('Petra Peters opened a ticket:\n\nGuten Tag,\n\ndas Postfach von Corvus, das ich mitbetreue, ist zu 95 % voll. Kann es größer werden?\n\nPetra Peters\n\n-- \nTicket #12 in support: Corvus: Postfach fast voll\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/12\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+12-bclz4wg5tu@desk.example','["ticket-12@desk.invalid"]','','sent','',1,1795269600000000,1795270200000000,1795269600000000,NULL);
INSERT INTO outbox VALUES(126,'acknowledge',13,33,100,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e100.u104@desk.invalid','[Desk #13] New keyboard, please',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #13: New keyboard, please\nhttp://127.0.0.1:8080/portal/tickets/13\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+13-azenv6sxjy@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','auto-replied','sent','',1,1795273200000000,1795273800000000,1795273200000000,NULL);
INSERT INTO outbox VALUES(127,'acknowledge',13,33,100,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e100.u105@desk.invalid','[Desk #13] New keyboard, please',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #13: New keyboard, please\nhttp://127.0.0.1:8080/portal/tickets/13\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+13-azenv6sxjy@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','auto-replied','sent','',1,1795273200000000,1795273800000000,1795273200000000,NULL);
INSERT INTO outbox VALUES(128,'acknowledge',13,33,100,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e100.u106@desk.invalid','[Desk #13] New keyboard, please',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #13: New keyboard, please\nhttp://127.0.0.1:8080/portal/tickets/13\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+13-azenv6sxjy@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','auto-replied','sent','',1,1795273200000000,1795273800000000,1795273200000000,NULL);
INSERT INTO outbox VALUES(129,'acknowledge',13,33,100,118,'dana@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e100.u118@desk.invalid','[Desk #13] New keyboard, please',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #13: New keyboard, please\nhttp://127.0.0.1:8080/portal/tickets/13\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+13-azenv6sxjy@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','auto-replied','sent','',1,1795273200000000,1795273800000000,1795273200000000,NULL);
INSERT INTO outbox VALUES(130,'opened',13,33,100,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e100.u101@desk.invalid','[Desk #13] New keyboard, please',replace('Dana Dorn opened a ticket:\n\nHello,\n\nthree keys of mine are stuck. Could I get a new keyboard, with a British layout?\n\nThanks\n\nDana\n\n-- \nTicket #13 in support: New keyboard, please\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/13\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+13-azenv6sxjy@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','','sent','',1,1795273200000000,1795273800000000,1795273200000000,NULL);
INSERT INTO outbox VALUES(131,'opened',13,33,100,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e100.u102@desk.invalid','[Desk #13] New keyboard, please',replace('Dana Dorn opened a ticket:\n\nHello,\n\nthree keys of mine are stuck. Could I get a new keyboard, with a British layout?\n\nThanks\n\nDana\n\n-- \nTicket #13 in support: New keyboard, please\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/13\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+13-azenv6sxjy@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','','sent','',1,1795273200000000,1795273800000000,1795273200000000,NULL);
INSERT INTO outbox VALUES(132,'opened',13,33,100,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e100.u103@desk.invalid','[Desk #13] New keyboard, please',replace('Dana Dorn opened a ticket:\n\nHello,\n\nthree keys of mine are stuck. Could I get a new keyboard, with a British layout?\n\nThanks\n\nDana\n\n-- \nTicket #13 in support: New keyboard, please\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/13\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+13-azenv6sxjy@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','','sent','',1,1795273200000000,1795273800000000,1795273200000000,NULL);
INSERT INTO outbox VALUES(133,'reply',13,34,104,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e104.u104@desk.invalid','Re: [Desk #13] New keyboard, please',replace('Ben Burke wrote:\n\nHello Dana,\n\nit is on its way and should be with you on Monday.\n\nBen\n\n-- \nTicket #13: New keyboard, please\nhttp://127.0.0.1:8080/portal/tickets/13\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+13-azenv6sxjy@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','','sent','',1,1795276200000000,1795276800000000,1795276200000000,NULL);
INSERT INTO outbox VALUES(134,'reply',13,34,104,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e104.u105@desk.invalid','Re: [Desk #13] New keyboard, please',replace('Ben Burke wrote:\n\nHello Dana,\n\nit is on its way and should be with you on Monday.\n\nBen\n\n-- \nTicket #13: New keyboard, please\nhttp://127.0.0.1:8080/portal/tickets/13\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+13-azenv6sxjy@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','','sent','',1,1795276200000000,1795276800000000,1795276200000000,NULL);
INSERT INTO outbox VALUES(135,'reply',13,34,104,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e104.u106@desk.invalid','Re: [Desk #13] New keyboard, please',replace('Ben Burke wrote:\n\nHello Dana,\n\nit is on its way and should be with you on Monday.\n\nBen\n\n-- \nTicket #13: New keyboard, please\nhttp://127.0.0.1:8080/portal/tickets/13\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+13-azenv6sxjy@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','','sent','',1,1795276200000000,1795276800000000,1795276200000000,NULL);
INSERT INTO outbox VALUES(136,'reply',13,34,104,118,'dana@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e104.u118@desk.invalid','Re: [Desk #13] New keyboard, please',replace('Ben Burke wrote:\n\nHello Dana,\n\nit is on its way and should be with you on Monday.\n\nBen\n\n-- \nTicket #13: New keyboard, please\nhttp://127.0.0.1:8080/portal/tickets/13\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+13-azenv6sxjy@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','','sent','',1,1795276200000000,1795276800000000,1795276200000000,NULL);
INSERT INTO outbox VALUES(137,'reply',13,34,104,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e104.u101@desk.invalid','Re: [Desk #13] New keyboard, please',replace('Ben Burke wrote:\n\nHello Dana,\n\nit is on its way and should be with you on Monday.\n\nBen\n\n-- \nTicket #13 in support: New keyboard, please\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/13\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+13-azenv6sxjy@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','','sent','',1,1795276200000000,1795276800000000,1795276200000000,NULL);
INSERT INTO outbox VALUES(138,'reply',13,34,104,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e104.u103@desk.invalid','Re: [Desk #13] New keyboard, please',replace('Ben Burke wrote:\n\nHello Dana,\n\nit is on its way and should be with you on Monday.\n\nBen\n\n-- \nTicket #13 in support: New keyboard, please\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/13\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+13-azenv6sxjy@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','','sent','',1,1795276200000000,1795276800000000,1795276200000000,NULL);
INSERT INTO outbox VALUES(139,'reply',12,35,107,106,'ruth@acme.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e107.u106@desk.invalid','Re: [Desk #12] Corvus: Postfach fast voll',replace('Ben Burke wrote:\n\nGood afternoon,\n\nit can. Cora as the owner of the contract would have to agree; I have put the question to her here.\n\n-- \nTicket #12: Corvus: Postfach fast voll\nhttp://127.0.0.1:8080/portal/tickets/12\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+12-bclz4wg5tu@desk.example','["ticket-12@desk.invalid"]','','sent','',1,1795276800000000,1795277400000000,1795276800000000,NULL);
INSERT INTO outbox VALUES(140,'reply',12,35,107,108,'petra@borealis.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e107.u108@desk.invalid','Re: [Desk #12] Corvus: Postfach fast voll',replace('Ben Burke schrieb:\n\nGood afternoon,\n\nit can. Cora as the owner of the contract would have to agree; I have put the question to her here.\n\n-- \nTicket #12: Corvus: Postfach fast voll\nhttp://127.0.0.1:8080/portal/tickets/12\n\nSie erhalten diese Nachricht, weil Sie zu Corvus gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+12-bclz4wg5tu@desk.example','["ticket-12@desk.invalid"]','','sent','',1,1795276800000000,1795277400000000,1795276800000000,NULL);
INSERT INTO outbox VALUES(141,'reply',12,35,107,109,'cora@corvus.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e107.u109@desk.invalid','Re: [Desk #12] Corvus: Postfach fast voll',replace('Ben Burke wrote:\n\nGood afternoon,\n\nit can. Cora as the owner of the contract would have to agree; I have put the question to her here.\n\n-- \nTicket #12: Corvus: Postfach fast voll\nhttp://127.0.0.1:8080/portal/tickets/12\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+12-bclz4wg5tu@desk.example','["ticket-12@desk.invalid"]','','sent','',1,1795276800000000,1795277400000000,1795276800000000,NULL);
INSERT INTO outbox VALUES(142,'reply',12,35,107,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e107.u101@desk.invalid','Re: [Desk #12] Corvus: Postfach fast voll',replace('Ben Burke wrote:\n\nGood afternoon,\n\nit can. Cora as the owner of the contract would have to agree; I have put the question to her here.\n\n-- \nTicket #12 in support: Corvus: Postfach fast voll\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/12\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+12-bclz4wg5tu@desk.example','["ticket-12@desk.invalid"]','','sent','',1,1795276800000000,1795277400000000,1795276800000000,NULL);
INSERT INTO outbox VALUES(143,'reply',12,35,107,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e107.u103@desk.invalid','Re: [Desk #12] Corvus: Postfach fast voll',replace('Ben Burke wrote:\n\nGood afternoon,\n\nit can. Cora as the owner of the contract would have to agree; I have put the question to her here.\n\n-- \nTicket #12 in support: Corvus: Postfach fast voll\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/12\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+12-bclz4wg5tu@desk.example','["ticket-12@desk.invalid"]','','sent','',1,1795276800000000,1795277400000000,1795276800000000,NULL);
INSERT INTO outbox VALUES(144,'acknowledge',14,37,111,106,'ruth@acme.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e111.u106@desk.invalid','[Desk #14] Error 502 in the shop since this morning',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #14: Error 502 in the shop since this morning\nhttp://127.0.0.1:8080/portal/tickets/14\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+14-izb7yurxpj@desk.example','["ticket-14@desk.invalid"]','auto-replied','sent','',1,1795327200000000,1795327800000000,1795327200000000,NULL);
INSERT INTO outbox VALUES(145,'acknowledge',14,37,111,108,'petra@borealis.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e111.u108@desk.invalid','[Desk #14] Error 502 in the shop since this morning',replace('Vielen Dank für Ihre Nachricht. Wir haben dafür ein Ticket eröffnet und melden uns bei Ihnen.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #14: Error 502 in the shop since this morning\nhttp://127.0.0.1:8080/portal/tickets/14\n\nSie erhalten diese Nachricht, weil Sie zu Corvus gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','support@desk.example','support+14-izb7yurxpj@desk.example','["ticket-14@desk.invalid"]','auto-replied','sent','',1,1795327200000000,1795327800000000,1795327200000000,NULL);
INSERT INTO outbox VALUES(146,'acknowledge',14,37,111,109,'cora@corvus.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e111.u109@desk.invalid','[Desk #14] Error 502 in the shop since this morning',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #14: Error 502 in the shop since this morning\nhttp://127.0.0.1:8080/portal/tickets/14\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+14-izb7yurxpj@desk.example','["ticket-14@desk.invalid"]','auto-replied','sent','',1,1795327200000000,1795327800000000,1795327200000000,NULL);
INSERT INTO outbox VALUES(147,'opened',14,37,111,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e111.u101@desk.invalid','[Desk #14] Error 502 in the shop since this morning',replace('Cora Crane opened a ticket:\n\nNobody can order anything. The page says “502 Bad Gateway”.\n\nCora\n\n-- \nTicket #14 in support: Error 502 in the shop since this morning\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/14\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+14-izb7yurxpj@desk.example','["ticket-14@desk.invalid"]','','sent','',1,1795327200000000,1795327800000000,1795327200000000,NULL);
INSERT INTO outbox VALUES(148,'opened',14,37,111,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e111.u102@desk.invalid','[Desk #14] Error 502 in the shop since this morning',replace('Cora Crane opened a ticket:\n\nNobody can order anything. The page says “502 Bad Gateway”.\n\nCora\n\n-- \nTicket #14 in support: Error 502 in the shop since this morning\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/14\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+14-izb7yurxpj@desk.example','["ticket-14@desk.invalid"]','','sent','',1,1795327200000000,1795327800000000,1795327200000000,NULL);
INSERT INTO outbox VALUES(149,'opened',14,37,111,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e111.u103@desk.invalid','[Desk #14] Error 502 in the shop since this morning',replace('Cora Crane opened a ticket:\n\nNobody can order anything. The page says “502 Bad Gateway”.\n\nCora\n\n-- \nTicket #14 in support: Error 502 in the shop since this morning\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/14\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+14-izb7yurxpj@desk.example','["ticket-14@desk.invalid"]','','sent','',1,1795327200000000,1795327800000000,1795327200000000,NULL);
INSERT INTO outbox VALUES(150,'acknowledge',15,38,114,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e114.u104@desk.invalid','[Desk #15] From before',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #15: From before\nhttp://127.0.0.1:18761/portal/tickets/15\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+15-l6todazuir@desk.example','["before@acme.example","ticket-15@desk.invalid"]','auto-replied','waiting','',0,1795361447696220,1795361447696220,0,NULL);
INSERT INTO outbox VALUES(151,'acknowledge',15,38,114,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e114.u105@desk.invalid','[Desk #15] From before',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #15: From before\nhttp://127.0.0.1:18761/portal/tickets/15\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+15-l6todazuir@desk.example','["before@acme.example","ticket-15@desk.invalid"]','auto-replied','waiting','',0,1795361447696377,1795361447696378,0,NULL);
INSERT INTO outbox VALUES(152,'acknowledge',15,38,114,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e114.u106@desk.invalid','[Desk #15] From before',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #15: From before\nhttp://127.0.0.1:18761/portal/tickets/15\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+15-l6todazuir@desk.example','["before@acme.example","ticket-15@desk.invalid"]','auto-replied','waiting','',0,1795361447696404,1795361447696404,0,NULL);
INSERT INTO outbox VALUES(153,'acknowledge',15,38,114,118,'dana@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e114.u118@desk.invalid','[Desk #15] From before',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #15: From before\nhttp://127.0.0.1:18761/portal/tickets/15\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+15-l6todazuir@desk.example','["before@acme.example","ticket-15@desk.invalid"]','auto-replied','waiting','',0,1795361447696425,1795361447696425,0,NULL);
INSERT INTO outbox VALUES(154,'opened',15,38,114,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e114.u101@desk.invalid','[Desk #15] From before',replace('Alice Archer opened a ticket:\n\nA letter of the old days.\n\n-- \nTicket #15 in support: From before\nFor: Acme Ltd\nhttp://127.0.0.1:18761/agent/tickets/15\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+15-l6todazuir@desk.example','["before@acme.example","ticket-15@desk.invalid"]','','waiting','',0,1795361447696447,1795361447696447,0,NULL);
INSERT INTO outbox VALUES(155,'opened',15,38,114,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e114.u102@desk.invalid','[Desk #15] From before',replace('Alice Archer opened a ticket:\n\nA letter of the old days.\n\n-- \nTicket #15 in support: From before\nFor: Acme Ltd\nhttp://127.0.0.1:18761/agent/tickets/15\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+15-l6todazuir@desk.example','["before@acme.example","ticket-15@desk.invalid"]','','waiting','',0,1795361447696469,1795361447696470,0,NULL);
INSERT INTO outbox VALUES(156,'opened',15,38,114,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e114.u103@desk.invalid','[Desk #15] From before',replace('Alice Archer opened a ticket:\n\nA letter of the old days.\n\n-- \nTicket #15 in support: From before\nFor: Acme Ltd\nhttp://127.0.0.1:18761/agent/tickets/15\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+15-l6todazuir@desk.example','["before@acme.example","ticket-15@desk.invalid"]','','waiting','',0,1795361447696495,1795361447696495,0,NULL);
INSERT INTO outbox VALUES(157,'opened',16,39,117,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e117.u102@desk.invalid','[Desk #16] Opened by the old program',replace('Anna Abel opened a ticket:\n\nGrüße aus der alten Zeit\n\n-- \nTicket #16 in support: Opened by the old program\nhttp://127.0.0.1:18761/agent/tickets/16\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Anna Abel via Desk','support@desk.example','support+16-k6qsilyb74@desk.example','["ticket-16@desk.invalid"]','','waiting','',0,1795361448676579,1795361448676579,0,NULL);
INSERT INTO outbox VALUES(158,'opened',16,39,117,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e117.u103@desk.invalid','[Desk #16] Opened by the old program',replace('Anna Abel opened a ticket:\n\nGrüße aus der alten Zeit\n\n-- \nTicket #16 in support: Opened by the old program\nhttp://127.0.0.1:18761/agent/tickets/16\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Anna Abel via Desk','support@desk.example','support+16-k6qsilyb74@desk.example','["ticket-16@desk.invalid"]','','waiting','',0,1795361448676758,1795361448676758,0,NULL);
CREATE TABLE job (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    kind   TEXT NOT NULL,
    data   TEXT NOT NULL,
    tries  INTEGER NOT NULL,
    next   BIGINT NOT NULL,
    reason TEXT NOT NULL,
    parked SMALLINT NOT NULL
);
CREATE TABLE session (
    digest  TEXT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES desk_user (id),
    created BIGINT NOT NULL,
    seen    BIGINT NOT NULL,
    agent   TEXT NOT NULL,
    address TEXT NOT NULL
);
INSERT INTO session VALUES('206201a38cad5403ca7560838f8f4fa500f304c686d0a6c76a8866b273468a40',102,1795361448021997,1795361448021997,'curl/7.88.1','127.0.0.1');
CREATE TABLE token (
    digest    TEXT NOT NULL PRIMARY KEY,
    kind      TEXT NOT NULL,
    user_id   BIGINT NOT NULL REFERENCES desk_user (id),
    name      TEXT NOT NULL,
    created   BIGINT NOT NULL,
    until     BIGINT NOT NULL,
    last_used BIGINT NOT NULL
);
INSERT INTO token VALUES('73cc738a2f915d0fc8b3e67588a20ea31542a049753f04164dc47ad8df06e500','api',101,'old',1795361447350118,0,0);
CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
INSERT INTO setting VALUES('customers_on_tickets','replace off off');
CREATE TABLE secret (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
INSERT INTO secret VALUES('reply-address','508a27548add75caf8664936998be6ed3174db502fbecf31e35d8412cd44f355');
CREATE TABLE audit (
    id          BIGINT NOT NULL PRIMARY KEY,
    at          BIGINT NOT NULL,
    by_user     BIGINT NOT NULL,
    via         TEXT NOT NULL,
    action      TEXT NOT NULL,
    object      TEXT NOT NULL,
    before_json TEXT NOT NULL,
    after_json  TEXT NOT NULL,
    hash        TEXT NOT NULL
);
INSERT INTO audit VALUES(1,1794614400000000,0,'cli','user.create','user:anna','','login: anna; name: Anna Abel; kind: agent; disabled: false; addresses: anna@desk.example','f2432d426692b462bdc756327b91bf74f5930f90710f2d793b91703f6e6cd5ec');
INSERT INTO audit VALUES(2,1794614400000000,0,'cli','user.password','user:anna','','','84b298fe4ea7e997f212c775810dbc7f20278fee708beeee93793f69ba7c9315');
INSERT INTO audit VALUES(3,1794614400000000,0,'cli','user.create','user:ben','','login: ben; name: Ben Burke; kind: agent; disabled: false; addresses: ben@desk.example','858f1474a8f0abbb231637f6f9c753e5710c9f7ee39f3f1a6dd6cb233fc38725');
INSERT INTO audit VALUES(4,1794614400000000,0,'cli','user.password','user:ben','','','aa65fd6994c3cdabf90214ee3f097158c5a5e7e2f66490df91041dda17d0a60a');
INSERT INTO audit VALUES(5,1794614400000000,0,'cli','user.create','user:carla','','login: carla; name: Carla Costa; kind: agent; disabled: false; addresses: carla@desk.example','5063c874ad916831451beb88e5734cf8b46483b76d998a522c0e7f2e418fa1b5');
INSERT INTO audit VALUES(6,1794614400000000,0,'cli','user.password','user:carla','','','28bba72323ff7de140229bd2429b9216ec85bf6c4dbf332957ec0b28def2ab86');
INSERT INTO audit VALUES(7,1794614400000000,0,'cli','user.create','user:bob','','login: bob; name: Bob Baker; kind: contact; disabled: false; addresses: bob@acme.example','ce1af98cdd4bf36e0bf69dfdbbfca42e9ff01e0f824e6aa8295dd9bf91dacbe7');
INSERT INTO audit VALUES(8,1794614400000000,0,'cli','user.password','user:bob','','','b091e20b6d775d6c2673eb44eabdf21e8d9672f0b856c716f61a02d4eb2dff38');
INSERT INTO audit VALUES(9,1794614400000000,0,'cli','user.create','user:alice','','login: alice; name: Alice Archer; kind: contact; disabled: false; addresses: alice@acme.example','53d27b60766690dba19322d2c5d5c6328974bb8d885e2c726c4c513b8eab6f67');
INSERT INTO audit VALUES(10,1794614400000000,0,'cli','user.password','user:alice','','','606e63d857479fb8519e6fd422b61f528e3a997e7cc2f316aa3e44047326357a');
INSERT INTO audit VALUES(11,1794614400000000,0,'cli','user.create','user:ruth','','login: ruth; name: Ruth Reed; kind: contact; disabled: false; addresses: ruth@acme.example','5205d411d7ca0addc8ecfa879714ad7a32dd64bd54bb08230b3e54e00c9e4175');
INSERT INTO audit VALUES(12,1794614400000000,0,'cli','user.password','user:ruth','','','e534355643f31ae0b5e48138288156d7f623df9e197063e5d3ba5a9085707405');
INSERT INTO audit VALUES(13,1794614400000000,0,'cli','user.create','user:jonas','','login: jonas; name: Jonas Jansen; kind: contact; disabled: false; addresses: jonas@borealis.example','6edca7bd2ce82df71f4b44883c4ca0d624ebb2c13d91725340a748e16d135d98');
INSERT INTO audit VALUES(14,1794614400000000,0,'cli','user.password','user:jonas','','','b43f437102ab1a29caea6e52eb7490b9294db009e69383058f87b82d643f15c9');
INSERT INTO audit VALUES(15,1794614400000000,0,'cli','user.create','user:petra','','login: petra; name: Petra Peters; kind: contact; disabled: false; addresses: petra@borealis.example','0976dd0b197484e59bc42d9ea4c43314f10c812b2723657a76b58735bf23ec54');
INSERT INTO audit VALUES(16,1794614400000000,0,'cli','user.password','user:petra','','','a56d7bcc00e8186c9913d4730f23ee9f21c8e130004427629d29e9ea5ad5cbf6');
INSERT INTO audit VALUES(17,1794614400000000,0,'cli','user.create','user:cora','','login: cora; name: Cora Crane; kind: contact; disabled: false; addresses: cora@corvus.example','3733fee287d8d9ff35a9b7171fc20439794be3c2ef466b02469314011ca1167f');
INSERT INTO audit VALUES(18,1794614400000000,0,'cli','user.password','user:cora','','','3a1a77bca6d015e715ed227eaa1b552dd0f64a1b74ae3345baed81ddccfe04e0');
INSERT INTO audit VALUES(19,1794614400000000,0,'cli','group.create','group:Staff','','name: Staff; disabled: false','fb26be93467a316a7a0bd32c0408ff6c6f9dfbf365597accf36c6b0119ab01f6');
INSERT INTO audit VALUES(20,1794614400000000,0,'cli','group.create','group:Support','','name: Support; disabled: false','8671c04c27b376252484412a46c81093104f436b28483ab6ef4a4c97238dff12');
INSERT INTO audit VALUES(21,1794614400000000,0,'cli','group.create','group:Billing','','name: Billing; disabled: false','891364348656a57912c501de4b6451fd31739a7eb37b2437b3800639b9d146bd');
INSERT INTO audit VALUES(22,1794614400000000,0,'cli','group.create','group:Managers','','name: Managers; disabled: false','5dd8a18375e10013a1b90c0f6b73c86ace6a1a5c219b6a7489c86f88fcbb1302');
INSERT INTO audit VALUES(23,1794614400000000,0,'cli','customer.create','customer:acme','','key: acme; name: Acme Ltd; disabled: false; domains: acme.example; auto_join: true','6b5f0d12ead3ea7055a9847c528200256a0765ae1732e00ee4ae64c7a2d1b656');
INSERT INTO audit VALUES(24,1794614400000000,0,'cli','customer.create','customer:borealis','','key: borealis; name: Borealis GmbH; disabled: false; domains: borealis.example; auto_join: false','2e353c0a4d5bb31feb712065b9abb6eed5e9f089d00b880772537e2dd749fd93');
INSERT INTO audit VALUES(25,1794614400000000,0,'cli','customer.create','customer:corvus','','key: corvus; name: Corvus; disabled: false; domains: corvus.example; auto_join: false','e19375c0f85a1ac9d57d04ce0ca09d9904fc58a17f8bb6a808cb5b6f70e96af8');
INSERT INTO audit VALUES(26,1794614400000000,0,'cli','setting.set','customers_on_tickets','','replace off off','407ddb0f8206e09e6a97df4927cd51018aa88a7de0dcb8833fcc1d841ee6a50b');
INSERT INTO audit VALUES(27,1794614400000000,0,'cli','member.add','group:Staff','','member: 111','09178c205ae16c9d05cfbe93122547276ca6e778c8ba9200ccb7eda0787980e8');
INSERT INTO audit VALUES(28,1794614400000000,0,'cli','member.add','group:Staff','','member: 112','ef9f10d1a3e40920eba642fcddec9c7e6c6d51af461a6a5a959f5abffa267dfd');
INSERT INTO audit VALUES(29,1794614400000000,0,'cli','member.add','group:Support','','member: 113','f3e9eff615822294754d08c1b8df6a8086dc446314b50485110078c0cfeafd62');
INSERT INTO audit VALUES(30,1794614400000000,0,'cli','member.add','group:Billing','','member: 113','cf75425fedc73b3fa7c3af92074d2c8fcc1bcda82a30ce73de14c61bc584b2d1');
INSERT INTO audit VALUES(31,1794614400000000,0,'cli','member.add','group:Managers','','member: 101','9904db84d8c240b9c0ee5fbc78f487fb869a0d79a66e9997f68600f60727f7b1');
INSERT INTO audit VALUES(32,1794614400000000,0,'cli','member.add','group:Support','','member: 102','780ed6e2e84076940338c24664fa912e79780f16972bce19bbd2a195e92af3c9');
INSERT INTO audit VALUES(33,1794614400000000,0,'cli','member.add','group:Support','','member: 103','2492bfc4422f12db75e77599892b1b7892bbcb0e5b9bac5bcfe0c22f5764c1e2');
INSERT INTO audit VALUES(34,1794614400000000,0,'cli','member.add','group:Billing','','member: 103','3ab283a92d883ce2728e68a6228089f7ef737245fbb4783bc00606f62eb45d16');
INSERT INTO audit VALUES(35,1794614400000000,0,'cli','member.add','customer:acme','','member: 104; part: manager; primary: true','7f91bc5cdd4091f881d39bbb68253f8d6c4a396b117370a9495f441677622eb5');
INSERT INTO audit VALUES(36,1794614400000000,0,'cli','member.add','customer:acme','','member: 105; part: member; primary: true','902113763779a57b3b787c2b07fc4bd05bad893cac88939e8d5d40fcaf13e5a1');
INSERT INTO audit VALUES(37,1794614400000000,0,'cli','member.add','customer:acme','','member: 106; part: reader; primary: true','38ec2598ea581ed6734cfd291e050106f21a30600d530731c9f49b37f693cf77');
INSERT INTO audit VALUES(38,1794614400000000,0,'cli','member.add','customer:borealis','','member: 107; part: manager; primary: true','8af54072bd1a69e67f8087437f5035ec53c6de50862e1f9dcd0bd787a9c3e525');
INSERT INTO audit VALUES(39,1794614400000000,0,'cli','member.add','customer:borealis','','member: 108; part: member; primary: true','61a3d58fdf84a40816f79308bc5002d7e91eca5f802fc3da47eb3a2316ca245e');
INSERT INTO audit VALUES(40,1794614400000000,0,'cli','member.add','customer:corvus','','member: 109; part: member; primary: true','1a7a580af897a8f1a355d5e45ecd9280193ecae555149866300646d35c72f4f8');
INSERT INTO audit VALUES(41,1794614400000000,0,'cli','member.add','customer:corvus','','member: 108; part: member; primary: false','19f16f10716b1feb8631444a5b402459368be83b682c6069ab6094d3ea58e52a');
INSERT INTO audit VALUES(42,1794614400000000,0,'cli','member.add','customer:corvus','','member: 106; part: reader; primary: false','fdfc9f188cb7c8a0bc15ee4906feb39ba04e4629d2434101a5f2b07d4d385fc1');
INSERT INTO audit VALUES(43,1794614400000000,0,'cli','queue.create','queue:support','','name: support; disabled: false; access_group: 111; address: support@desk.example; comment_address: support-comment@desk.example','dc664e3155c2974e80626bc6c90ed49adacccbaf00a551fd87d6555d10971a1e');
INSERT INTO audit VALUES(44,1794614400000000,0,'cli','queue.create','queue:billing','','name: billing; disabled: false; access_group: 112; address: billing@desk.example; comment_address: billing-comment@desk.example','c9d1020d04cbb9a7beeac45a2cb135eef831e3ced1d7392c394f47c391e0a4dc');
INSERT INTO audit VALUES(45,1794614400000000,0,'cli','queue.create','queue:internal','','name: internal; disabled: false; access_group: 110; address: ; comment_address: ','8a8a41565253413cbfd32c77138c9d0e08aeae61a0f788adc387741df5140f72');
INSERT INTO audit VALUES(46,1794614400000000,0,'cli','watcher.add','queue:1 role:3','','111','e46547ba2420f727484973d72506259b8ea00fe9fefebda2d64bfc28b0862c04');
INSERT INTO audit VALUES(47,1794614400000000,0,'cli','watcher.add','queue:2 role:3','','112','ae6b2076528e8b077f5f624420a7136a689610a2d589d7c96dd457d4d3c0dfec');
INSERT INTO audit VALUES(48,1794614400000000,0,'cli','grant.add','system','','who: 101; what: SuperUser; where: system','dc2d8e475f03a48672d34b96f6c7b8bd7cf871d4026a9b26e8876b045e917301');
INSERT INTO audit VALUES(49,1794614400000000,0,'cli','grant.add','queue:support','','who: 1; what: CreateTicket; where: queue:support','2fec40beac6533d813359e69481200a29a1080655a9f7fc7311846a30f371e39');
INSERT INTO audit VALUES(50,1794614400000000,0,'cli','grant.add','queue:support','','who: 1; what: SeeQueue; where: queue:support','90264eaa3395bfacc5f102d2a31b3cfffa562cb01becb8c5525197ca88533477');
INSERT INTO audit VALUES(51,1794614400000000,0,'cli','grant.add','queue:support','','who: 1; what: ShowTicket; where: queue:support; as: 1,2,5','368978419e989b834e96cd963afe2eba7d854cd7b161ab02e28de7cdf8d54b9f');
INSERT INTO audit VALUES(52,1794614400000000,0,'cli','grant.add','queue:support','','who: 1; what: ReplyToTicket; where: queue:support; as: 1,2,5','cb760423d9e28726cadab2b7409a542c0c70770b5ee98c82394de2b64eb211f8');
INSERT INTO audit VALUES(53,1794614400000000,0,'cli','grant.add','group:Billing','','who: 3; what: rw; where: group:Billing; as: 1,5','5f034af127c2e792f144f3dbc59f2a96978152097b3b69715d46db55b6d7ad98');
INSERT INTO audit VALUES(54,1794614400000000,0,'cli','grant.add','group:Support','','who: 111; what: rw; where: group:Support','f4904c227cb7eae6e2a2526bec85bf633eaf3d0c1ccbea1f9657609e50f50204');
INSERT INTO audit VALUES(55,1794614400000000,0,'cli','grant.add','group:Billing','','who: 112; what: rw; where: group:Billing','212e04a40ef2182e09a19d93aaa43317dcdeeb8673d5c307c393ca1d82cc1e88');
INSERT INTO audit VALUES(56,1794614400000000,0,'cli','grant.add','group:Staff','','who: 110; what: rw; where: group:Staff','24885d425066afec96026a7efd518bb5ecfa63e51c1ef4dd715f0e62d7897579');
INSERT INTO audit VALUES(57,1794614400000000,0,'cli','grant.add','system','','who: 1; what: ModifySelf; where: system','ff40c97cb8e71110727c69fa27d8417b7731d9322b9dfb4c6326ac1e76c43aa5');
INSERT INTO audit VALUES(58,1794614400000000,0,'cli','grant.add','system','','who: 2; what: SeeCustomer; where: system','1930ed561ff1cbb78f7bd4716474be04fcdd61a63ab96bbb8fa219202a8393fa');
INSERT INTO audit VALUES(59,1794614400000000,0,'cli','grant.add','system','','who: 2; what: SeeGroup; where: system','e9a4243730374c0904fc4c91028a71f26a66e6a88718ea386c6e47f9f94bd63f');
INSERT INTO audit VALUES(60,1794614400000000,0,'cli','grant.add','system','','who: 2; what: ManageAuthTokens; where: system','2333f2169f00d8f83034ab8f246508c4b62f2eff319018230d1d7d6c8a8932e0');
INSERT INTO audit VALUES(61,1794614400000000,0,'cli','grant.add','system','','who: 113; what: ShowConfigTab; where: system','6ee5248054c642ea6a4042bcd43e476cf843b0faa2a21cfb41b0523a4d6be22f');
INSERT INTO audit VALUES(62,1794614400000000,0,'cli','grant.add','system','','who: 113; what: AdminCustomers; where: system','fed2204faa9a9fd3db67ac702658c599b95571933a7c2c5b425bddeb5c0080c2');
INSERT INTO audit VALUES(63,1794614400000000,0,'cli','grant.add','system','','who: 113; what: ShowACL; where: system','d987e97738cdd7d32cf74b6bd5123f4302710e824fff57d0bb88604e9ca89d58');
INSERT INTO audit VALUES(64,1794614400000000,0,'cli','grant.add','system','','who: 113; what: DeleteTicket; where: system','fe7eb0c2f3e733a8d7f0c49b9f32a4d761d582214a7a61d6cae6d7273c39c29d');
INSERT INTO audit VALUES(65,1795140000000000,0,'mail','user.create','user:winner@lottery.example','','login: winner@lottery.example; name: Prize Office; kind: contact; disabled: false; addresses: winner@lottery.example','75d624a184beaaff29dc07032af0575f24d7d61b343aed584e87098b7c567f2a');
INSERT INTO audit VALUES(66,1795273200000000,0,'mail','user.create','user:dana@acme.example','','login: dana@acme.example; name: Dana Dorn; kind: contact; disabled: false; addresses: dana@acme.example','ca452ea14177edf0cb8996e24e0a6b608fc5716165419197ef4ccbd6f957f335');
INSERT INTO audit VALUES(67,1795273200000000,0,'mail','member.add','customer:acme','','member: 118; part: member; primary: true; by mail domain: acme.example','6f0a6f2261c0b49bffd6dabbc6e46b4052fa0e38b16b9f70ac88c8bce9405abd');
INSERT INTO audit VALUES(68,1795361447350206,0,'cli','token.create','user:anna','','name: old','9e5242567d005cf43b814d1da7ed350ca72299d7c32d71f2ca3a22807700fb1f');
INSERT INTO audit VALUES(69,1795361448022356,102,'web','session.start','user:ben','','from: 127.0.0.1','a13af35bff708472041c391319c00d3551fc4860ffc01ef36fbf3f70aadfcdee');
CREATE TABLE audit_head (
    id   SMALLINT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_head VALUES(1,69,'a13af35bff708472041c391319c00d3551fc4860ffc01ef36fbf3f70aadfcdee');
CREATE TABLE form_token (
    token  TEXT NOT NULL PRIMARY KEY,
    result TEXT NOT NULL,
    at     BIGINT NOT NULL
);
INSERT INTO form_token VALUES('101 api 101 ticket once','16',1795361448053666);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('goose_db_version',3);
INSERT INTO sqlite_sequence VALUES('principal',118);
INSERT INTO sqlite_sequence VALUES('permission',100);
INSERT INTO sqlite_sequence VALUES('queue',3);
INSERT INTO sqlite_sequence VALUES('desk_grant',17);
INSERT INTO sqlite_sequence VALUES('ticket',16);
INSERT INTO sqlite_sequence VALUES('document',55);
INSERT INTO sqlite_sequence VALUES('message',39);
INSERT INTO sqlite_sequence VALUES('event',119);
INSERT INTO sqlite_sequence VALUES('job',53);
INSERT INTO sqlite_sequence VALUES('outbox',158);
INSERT INTO sqlite_sequence VALUES('attachment',3);
INSERT INTO sqlite_sequence VALUES('spool',3);
CREATE UNIQUE INDEX user_address_user ON user_address (user_id, place);
CREATE UNIQUE INDEX desk_group_name ON desk_group (coalesce(personal, 0), folded);
CREATE INDEX customer_domain_customer ON customer_domain (customer, place);
CREATE INDEX membership_member ON membership (member);
CREATE UNIQUE INDEX membership_primary ON membership (member) WHERE is_primary = 1;
CREATE INDEX queue_address_queue ON queue_address (queue);
CREATE UNIQUE INDEX queue_watcher_once ON queue_watcher (coalesce(queue, 0), role, who);
CREATE INDEX queue_watcher_who ON queue_watcher (who);
CREATE UNIQUE INDEX desk_grant_once ON desk_grant
    (who, place_kind, place_id, as_roles, right_name, coalesce(permission, 0), coalesce(source, 0), coalesce(delegator, 0));
CREATE INDEX desk_grant_place ON desk_grant (place_kind, place_id);
CREATE INDEX desk_grant_source ON desk_grant (source) WHERE source IS NOT NULL;
CREATE INDEX desk_grant_permission ON desk_grant (permission) WHERE permission IS NOT NULL;
CREATE INDEX ticket_active ON ticket (id DESC, queue, sharing, reporter) WHERE state = 2;
CREATE INDEX ticket_active_queue ON ticket (queue, id DESC, sharing, reporter) WHERE state = 2;
CREATE INDEX ticket_queue ON ticket (queue, id DESC) WHERE state > 0;
CREATE INDEX ticket_reporter ON ticket (reporter, state, id DESC);
CREATE INDEX ticket_merged ON ticket (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX holder_who ON holder (who, state, ticket DESC, role, queue, sharing);
CREATE INDEX message_ticket ON message (ticket, id);
CREATE INDEX attachment_message ON attachment (message, id);
CREATE INDEX event_ticket ON event (ticket, id);
CREATE INDEX link_target ON link (target);
CREATE UNIQUE INDEX document_ticket ON document (ticket, coalesce(message, 0), comment);
CREATE INDEX spool_due ON spool (next, id) WHERE state = 'waiting';
CREATE INDEX spool_state ON spool (state, id);
CREATE INDEX spool_digest ON spool (digest);
CREATE INDEX outbox_due ON outbox (next, id) WHERE state = 'waiting';
CREATE INDEX outbox_state ON outbox (state, id);
CREATE INDEX outbox_ticket ON outbox (ticket, id);
CREATE INDEX outbox_to ON outbox (to_user, id);
CREATE INDEX job_due ON job (next, id) WHERE parked = 0;
CREATE INDEX session_by_user ON session (user_id);
CREATE INDEX token_by_user ON token (user_id);
CREATE INDEX audit_object ON audit (object, id);
CREATE INDEX audit_action ON audit (action, id);
CREATE INDEX audit_by ON audit (by_user, id);
CREATE INDEX form_token_at ON form_token (at);
PRAGMA writable_schema=OFF;
COMMIT;
