PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO goose_db_version VALUES(1,0,1,'2026-11-22 15:30:52');
INSERT INTO goose_db_version VALUES(2,1,1,'2026-11-22 15:30:52');
INSERT INTO goose_db_version VALUES(3,2,1,'2026-11-22 15:30:52');
INSERT INTO goose_db_version VALUES(4,20,1,'2026-11-22 15:30:52');
INSERT INTO goose_db_version VALUES(5,40,1,'2026-11-22 15:30:52');
INSERT INTO goose_db_version VALUES(6,50,1,'2026-11-22 15:30:52');
INSERT INTO goose_db_version VALUES(7,51,1,'2026-11-22 15:30:52');
INSERT INTO goose_db_version VALUES(8,52,1,'2026-11-22 15:30:52');
INSERT INTO goose_db_version VALUES(9,60,1,'2026-11-22 15:30:52');
INSERT INTO goose_db_version VALUES(10,61,1,'2026-11-22 15:30:52');
INSERT INTO goose_db_version VALUES(11,70,1,'2026-11-22 15:30:52');
INSERT INTO goose_db_version VALUES(12,90,1,'2026-11-22 15:30:52');
INSERT INTO goose_db_version VALUES(13,140,1,'2026-11-22 15:30:52');
INSERT INTO goose_db_version VALUES(14,150,1,'2026-11-22 15:30:52');
INSERT INTO goose_db_version VALUES(15,180,1,'2026-11-22 15:30:52');
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
INSERT INTO desk_user VALUES(101,'anna','anna','Anna Abel','anna abel',1,0,'en','Europe/Berlin',0,'$argon2id$v=19$m=65536,t=1,p=4$N5fOwmfZOfSr5J/FjiI7ww$erHh9Emf+RRkXmCB5Wqpnifsw6nIf9g2QKelL1q2AYs',1794614400000000);
INSERT INTO desk_user VALUES(102,'ben','ben','Ben Burke','ben burke',1,0,'en','Europe/London',0,'$argon2id$v=19$m=65536,t=1,p=4$BMQECWXI8PYgRU5ZH6FOGQ$+dctRRq+ztvSrZjhDo3PIEzlQj3+4EpKSuSVgYyR4CM',1794614400000000);
INSERT INTO desk_user VALUES(103,'carla','carla','Carla Costa','carla costa',1,0,'en','Europe/Lisbon',0,'$argon2id$v=19$m=65536,t=1,p=4$Akv20Kr50Aq8c4AC8cWFMQ$HsXrP4zDe1H550YJAm8In2T+MVh5MUSZwBJ6/zp2/B4',1794614400000000);
INSERT INTO desk_user VALUES(104,'bob','bob','Bob Baker','bob baker',2,0,'en','Europe/London',0,'$argon2id$v=19$m=65536,t=1,p=4$aqdrWSU51uo7KZWpOZwtpA$Krd8DWV1VA4r0XF951HB2VM+WHzU72AG36m6dY8W1hY',1794614400000000);
INSERT INTO desk_user VALUES(105,'alice','alice','Alice Archer','alice archer',2,0,'en','Europe/London',0,'$argon2id$v=19$m=65536,t=1,p=4$POQcCucVGlMZS98Zx9oP5g$0pija7FbtcTSbmkHrIqx4epLiTp7RJrFeKOpn4KS0hs',1794614400000000);
INSERT INTO desk_user VALUES(106,'ruth','ruth','Ruth Reed','ruth reed',2,0,'en','Europe/London',0,'$argon2id$v=19$m=65536,t=1,p=4$IP+cWwgyl6ONyLxnuGbUqg$b5ZlMFWLSdoFzSCEiAwlQeoGw8uXww5WaPXGRr60GKU',1794614400000000);
INSERT INTO desk_user VALUES(107,'jonas','jonas','Jonas Jansen','jonas jansen',2,0,'de','Europe/Berlin',0,'$argon2id$v=19$m=65536,t=1,p=4$uprUUMnt2XuFAVaPKVwMBA$rTIB48H2BytlEAIShFne/Wze14K9cPQ3GuEBHRv7ods',1794614400000000);
INSERT INTO desk_user VALUES(108,'petra','petra','Petra Peters','petra peters',2,0,'de','Europe/Berlin',0,'$argon2id$v=19$m=65536,t=1,p=4$kUyliUnLjh43yqoHG9C+jQ$PiCcVt+MFG2Qe3hhhSYvGzM9dgVr4Y1Mz1d4PdFsdcQ',1794614400000000);
INSERT INTO desk_user VALUES(109,'cora','cora','Cora Crane','cora crane',2,0,'en','Europe/Dublin',0,'$argon2id$v=19$m=65536,t=1,p=4$500QO2zIdULEg5CBPm6HLw$473lzRxYwo4+UQd0x0q9/NGBkKj16A/famv3deEc2zw',1794614400000000);
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
, ask_first SMALLINT NOT NULL DEFAULT 0, own_only SMALLINT NOT NULL DEFAULT 0, created BIGINT NOT NULL DEFAULT 0);
INSERT INTO customer VALUES(114,'acme','acme','Acme Ltd','acme ltd',0,'','1 Quay Street','Bristol','United Kingdom',1,0,0,0,NULL,'null',0,0,1794614400000000);
INSERT INTO customer VALUES(115,'borealis','borealis','Borealis GmbH','borealis gmbh',0,'','Nordwall 7','Kiel','Germany',0,0,0,0,NULL,'null',0,0,1794614400000000);
INSERT INTO customer VALUES(116,'corvus','corvus','Corvus','corvus',0,'','','Cork','Ireland',0,0,0,0,NULL,'null',0,0,1794614400000000);
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
INSERT INTO queue_watcher VALUES(2,3,112);
INSERT INTO queue_watcher VALUES(1,3,111);
CREATE TABLE permission (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT NOT NULL,
    folded   TEXT NOT NULL UNIQUE,
    agents   TEXT NOT NULL,
    contacts TEXT NOT NULL
, disabled SMALLINT NOT NULL DEFAULT 0);
INSERT INTO permission VALUES(1,'ro','ro','["SeeCustomField","SeeQueue","ShowTicket","ShowTicketComments","Watch"]','["SeeCustomField","SeeQueue","ShowTicket"]',0);
INSERT INTO permission VALUES(2,'move_into','move_into','["MoveIntoQueue","SeeQueue"]','[]',0);
INSERT INTO permission VALUES(3,'create','create','["CreateTicket","SeeQueue"]','["CreateTicket","SeeQueue"]',0);
INSERT INTO permission VALUES(4,'note','note','["CommentOnTicket","ShowTicketComments"]','[]',0);
INSERT INTO permission VALUES(5,'owner','owner','["ReassignTicket"]','[]',0);
INSERT INTO permission VALUES(6,'priority','priority','["SetPriority"]','[]',0);
INSERT INTO permission VALUES(7,'rw','rw','["CommentOnTicket","CreateTicket","ForwardMessage","ModifyQueueWatchers","ModifyTicket","MoveIntoQueue","OwnTicket","ReassignTicket","ReplyToTicket","SeeCustomField","SeeQueue","SetCustomer","SetPriority","ShowOutgoingEmail","ShowTicket","ShowTicketComments","StealTicket","TakeTicket","Watch","WatchAsAdminCc"]','["CreateTicket","ReplyToTicket","SeeCustomField","SeeQueue","ShowTicket","Watch"]',0);
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
INSERT INTO access_change VALUES(39,0,4,0,1,0);
INSERT INTO access_change VALUES(40,0,4,0,2,0);
INSERT INTO access_change VALUES(41,0,4,0,3,0);
INSERT INTO access_change VALUES(42,0,4,0,4,0);
INSERT INTO access_change VALUES(43,0,4,0,5,0);
INSERT INTO access_change VALUES(44,0,4,0,6,0);
INSERT INTO access_change VALUES(45,0,4,0,7,0);
INSERT INTO access_change VALUES(46,0,4,0,8,0);
INSERT INTO access_change VALUES(47,0,4,0,9,0);
INSERT INTO access_change VALUES(48,0,4,0,10,0);
INSERT INTO access_change VALUES(49,0,4,0,11,0);
INSERT INTO access_change VALUES(50,0,4,0,12,0);
INSERT INTO access_change VALUES(51,0,4,0,13,0);
INSERT INTO access_change VALUES(52,0,4,0,14,0);
INSERT INTO access_change VALUES(53,0,4,0,15,0);
INSERT INTO access_change VALUES(54,0,4,0,16,0);
INSERT INTO access_change VALUES(55,0,4,0,17,0);
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
, initial_priority INTEGER NOT NULL DEFAULT 0, final_priority INTEGER NOT NULL DEFAULT 0, starts BIGINT NOT NULL DEFAULT 0, started BIGINT NOT NULL DEFAULT 0, due BIGINT NOT NULL DEFAULT 0, time_worked INTEGER NOT NULL DEFAULT 0, time_left INTEGER NOT NULL DEFAULT 0, time_estimated INTEGER NOT NULL DEFAULT 0, subject_folded TEXT NOT NULL DEFAULT '', asked BIGINT NOT NULL DEFAULT 0);
INSERT INTO ticket VALUES(1,1,'Printer on the second floor prints blank pages','resolved',1,0,0,104,102,1794646800000000,1794737100000000,1794737100000000,1794737100000000,1794737100000000,NULL,7,0,0,0,1794649200000000,0,0,0,0,'printer on the second floor prints blank pages',0);
INSERT INTO ticket VALUES(2,1,'Neue Kollegin: Zugang zum Wiki','resolved',1,0,0,108,103,1794729600000000,1794740400000000,1794740400000000,1794740400000000,1794740400000000,NULL,3,0,0,0,1794740400000000,0,0,0,0,'neue kollegin: zugang zum wiki',0);
INSERT INTO ticket VALUES(3,2,'Rechnung 2026-0417: falsche Umsatzsteuer','open',2,0,0,107,103,1794819600000000,1794906600000000,1794834600000000,0,1794906600000000,NULL,5,0,0,0,1794834600000000,0,0,0,0,'rechnung 2026-0417: falsche umsatzsteuer',1794906600000000);
INSERT INTO ticket VALUES(4,1,'VPN does not let me in since Monday','open',2,40,0,105,102,1794906000000000,1794996600000000,1794910200000000,0,1794996600000000,NULL,5,40,0,0,1794910200000000,0,0,0,0,'vpn does not let me in since monday',1794996600000000);
INSERT INTO ticket VALUES(5,3,'Take the backup tapes to the bank','resolved',1,0,0,102,102,1794920400000000,1795093500000000,0,1795093500000000,1795093500000000,NULL,3,0,0,0,1795093500000000,0,0,0,0,'take the backup tapes to the bank',0);
INSERT INTO ticket VALUES(6,1,'My laptop was stolen on the train','open',2,80,2,105,101,1794985200000000,1794986400000000,1794986100000000,0,1794986100000000,NULL,4,80,0,0,1794986100000000,0,0,0,0,'my laptop was stolen on the train',0);
INSERT INTO ticket VALUES(7,2,'Contract for next year','open',2,0,1,104,103,1795078800000000,1795104000000000,1795100400000000,0,1795100400000000,NULL,4,0,0,0,1795100400000000,0,0,0,0,'contract for next year',0);
INSERT INTO ticket VALUES(8,1,'How do I change my signature?','resolved',1,0,0,106,NULL,1795082400000000,1795087800000000,1795087800000000,1795087800000000,1795087800000000,NULL,2,0,0,0,1795087800000000,0,0,0,0,'how do i change my signature?',0);
INSERT INTO ticket VALUES(9,1,'You have WON','rejected',1,0,0,117,NULL,1795140000000000,1795165200000000,0,0,1795165200000000,NULL,2,0,0,0,1795165200000000,0,0,0,0,'you have won',0);
INSERT INTO ticket VALUES(10,3,'Who works between the years?','new',2,0,0,101,NULL,1795183200000000,1795280400000000,0,0,1795183200000000,NULL,3,0,0,0,0,0,0,0,0,'who works between the years?',1795183200000000);
INSERT INTO ticket VALUES(11,1,'The certificate of our shop ends on Friday','stalled',2,60,0,109,103,1795248000000000,1795249800000000,1795249800000000,0,1795249800000000,NULL,3,60,0,0,1795249800000000,0,0,0,0,'the certificate of our shop ends on friday',0);
INSERT INTO ticket VALUES(12,1,'Corvus: Postfach fast voll','open',2,0,0,108,NULL,1795269600000000,1795276800000000,1795276800000000,0,1795276800000000,NULL,2,0,0,0,1795276800000000,0,0,0,0,'corvus: postfach fast voll',0);
INSERT INTO ticket VALUES(13,1,'New keyboard, please','open',2,0,0,118,102,1795273200000000,1795276200000000,1795276200000000,0,1795276200000000,NULL,3,0,0,0,1795276200000000,0,0,0,0,'new keyboard, please',0);
INSERT INTO ticket VALUES(14,1,'Error 502 in the shop since this morning','new',2,90,0,109,NULL,1795327200000000,1795327200000000,0,0,1795327200000000,NULL,1,90,0,0,0,0,0,0,0,'error 502 in the shop since this morning',1795327200000000);
INSERT INTO ticket VALUES(15,1,'From before','new',2,0,0,105,NULL,1795361454871999,1795361454871999,0,0,1795361454871999,NULL,1,0,0,0,0,0,0,0,0,'from before',1795361454871999);
INSERT INTO ticket VALUES(16,1,'Opened by the old program','new',2,0,0,101,NULL,1795361455193107,1795361455193107,0,0,1795361455193107,NULL,1,0,0,0,0,0,0,0,0,'opened by the old program',1795361455193107);
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
INSERT INTO message VALUES(38,15,1,105,1795361454871999,'From before',replace('A letter of the old days.\n','\n',char(10)),'','before@acme.example',3,'mail');
INSERT INTO message VALUES(39,16,1,101,1795361455193107,'Opened by the old program','Grüße aus der alten Zeit','','',0,'api');
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
INSERT INTO event VALUES(114,15,'created',105,'mail',1795361454874284,38,'{"subject":"From before"}');
INSERT INTO event VALUES(115,15,'customer',105,'mail',1795361454874378,NULL,'{"for":"105","how":"replace","role":"1","who":"114","why":"membership"}');
INSERT INTO event VALUES(116,15,'sent',NULL,'job',1795361454876676,38,'{"kind":"acknowledge","to":"bob@acme.example,alice@acme.example,ruth@acme.example,dana@acme.example,anna@desk.example,ben@desk.example,carla@desk.example"}');
INSERT INTO event VALUES(117,16,'created',101,'api',1795361455193353,39,'{"subject":"Opened by the old program"}');
INSERT INTO event VALUES(118,12,'squelched',101,'api',1795361455286736,NULL,'{"change":"added","who":"101"}');
INSERT INTO event VALUES(119,16,'sent',NULL,'job',1795361455901790,39,'{"kind":"opened","to":"ben@desk.example,carla@desk.example"}');
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
, released SMALLINT NOT NULL DEFAULT 0);
INSERT INTO spool VALUES(1,'winner@lottery.example','support@desk.example','','correspond','192.0.2.7','smtp','39c4e4b60a07c7f5f061205cbb7a389a5630b9c1636fabdf77c7029b2b9f458d',292,1795140000000000,'done','',1,1795140000000000,9,NULL,0);
INSERT INTO spool VALUES(2,'dana@acme.example','support@desk.example','','correspond','192.0.2.7','smtp','829b66c07e63b87e669191e22b99d6ab09e9056575b80e1cad73035a66ccc916',322,1795273200000000,'done','',1,1795273200000000,13,NULL,0);
INSERT INTO spool VALUES(3,'','','support','correspond','','pipe','671373c1766a7c3cd37e390164f544f06b49940d7ef36a09ad1834c7a7da4bb3',112,1795361454455082,'done','',1,1795361454874498,15,NULL,0);
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
INSERT INTO outbox VALUES(1,'acknowledge',1,1,1,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e1.u104@desk.invalid','[Desk #1] Printer on the second floor prints blank pages',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+1.104-xjga2jp6og@desk.example','["ticket-1@desk.invalid"]','auto-replied','sent','',1,1794646800000000,1794647400000000,1794646800000000,NULL);
INSERT INTO outbox VALUES(2,'acknowledge',1,1,1,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e1.u105@desk.invalid','[Desk #1] Printer on the second floor prints blank pages',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+1.105-36e2m75pvp@desk.example','["ticket-1@desk.invalid"]','auto-replied','sent','',1,1794646800000000,1794647400000000,1794646800000000,NULL);
INSERT INTO outbox VALUES(3,'acknowledge',1,1,1,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e1.u106@desk.invalid','[Desk #1] Printer on the second floor prints blank pages',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+1.106-xokequmd2t@desk.example','["ticket-1@desk.invalid"]','auto-replied','sent','',1,1794646800000000,1794647400000000,1794646800000000,NULL);
INSERT INTO outbox VALUES(4,'opened',1,1,1,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e1.u101@desk.invalid','[Desk #1] Printer on the second floor prints blank pages',replace('Bob Baker opened a ticket:\n\nHello,\n\nsince this morning the printer near the kitchen prints blank pages only. We changed the toner, it made no difference.\n\nBob\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+1.101-yx7c2pvsl4@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794646800000000,1794647400000000,1794646800000000,NULL);
INSERT INTO outbox VALUES(5,'opened',1,1,1,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e1.u102@desk.invalid','[Desk #1] Printer on the second floor prints blank pages',replace('Bob Baker opened a ticket:\n\nHello,\n\nsince this morning the printer near the kitchen prints blank pages only. We changed the toner, it made no difference.\n\nBob\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+1.102-yaq5hm7nm6@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794646800000000,1794647400000000,1794646800000000,NULL);
INSERT INTO outbox VALUES(6,'opened',1,1,1,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e1.u103@desk.invalid','[Desk #1] Printer on the second floor prints blank pages',replace('Bob Baker opened a ticket:\n\nHello,\n\nsince this morning the printer near the kitchen prints blank pages only. We changed the toner, it made no difference.\n\nBob\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+1.103-ue7wdleemu@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794646800000000,1794647400000000,1794646800000000,NULL);
INSERT INTO outbox VALUES(7,'reply',1,2,5,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e5.u104@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nHello Bob,\n\ncould you print its status page (hold the green button for five seconds) and tell me what stands behind “Drum”?\n\nBen\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1.104-xjga2jp6og@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794649200000000,1794649800000000,1794649200000000,NULL);
INSERT INTO outbox VALUES(8,'reply',1,2,5,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e5.u105@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nHello Bob,\n\ncould you print its status page (hold the green button for five seconds) and tell me what stands behind “Drum”?\n\nBen\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1.105-36e2m75pvp@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794649200000000,1794649800000000,1794649200000000,NULL);
INSERT INTO outbox VALUES(9,'reply',1,2,5,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e5.u106@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nHello Bob,\n\ncould you print its status page (hold the green button for five seconds) and tell me what stands behind “Drum”?\n\nBen\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1.106-xokequmd2t@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794649200000000,1794649800000000,1794649200000000,NULL);
INSERT INTO outbox VALUES(10,'reply',1,2,5,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e5.u101@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nHello Bob,\n\ncould you print its status page (hold the green button for five seconds) and tell me what stands behind “Drum”?\n\nBen\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1.101-yx7c2pvsl4@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794649200000000,1794649800000000,1794649200000000,NULL);
INSERT INTO outbox VALUES(11,'reply',1,2,5,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e5.u103@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nHello Bob,\n\ncould you print its status page (hold the green button for five seconds) and tell me what stands behind “Drum”?\n\nBen\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1.103-ue7wdleemu@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794649200000000,1794649800000000,1794649200000000,NULL);
INSERT INTO outbox VALUES(12,'reply',1,3,8,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e8.u104@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Alice Archer wrote:\n\nI am next to it: Drum 0 %.\n\nAlice\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+1.104-xjga2jp6og@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794656400000000,1794657000000000,1794656400000000,NULL);
INSERT INTO outbox VALUES(13,'reply',1,3,8,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e8.u106@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Alice Archer wrote:\n\nI am next to it: Drum 0 %.\n\nAlice\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+1.106-xokequmd2t@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794656400000000,1794657000000000,1794656400000000,NULL);
INSERT INTO outbox VALUES(14,'reply',1,3,8,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e8.u101@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Alice Archer wrote:\n\nI am next to it: Drum 0 %.\n\nAlice\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+1.101-yx7c2pvsl4@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794656400000000,1794657000000000,1794656400000000,NULL);
INSERT INTO outbox VALUES(15,'reply',1,3,8,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""},{"Role":4,"Through":102,"OnQueue":false,"OneTime":false,"AutoText":""}]','e8.u102@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Alice Archer wrote:\n\nI am next to it: Drum 0 %.\n\nAlice\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support, and because you are owner of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+1.102-yaq5hm7nm6@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794656400000000,1794657000000000,1794656400000000,NULL);
INSERT INTO outbox VALUES(16,'reply',1,3,8,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e8.u103@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Alice Archer wrote:\n\nI am next to it: Drum 0 %.\n\nAlice\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+1.103-ue7wdleemu@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794656400000000,1794657000000000,1794656400000000,NULL);
INSERT INTO outbox VALUES(17,'comment',1,4,10,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e10.u101@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke left a comment, which customers do not see:\n\nDrum is at its end. There is one left on the shelf, I bring it along on Thursday.\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support-comment@desk.example','support-comment+1.101-yx7c2pvsl4@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794657600000000,1794658200000000,1794657600000000,NULL);
INSERT INTO outbox VALUES(18,'comment',1,4,10,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e10.u103@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke left a comment, which customers do not see:\n\nDrum is at its end. There is one left on the shelf, I bring it along on Thursday.\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support-comment@desk.example','support-comment+1.103-ue7wdleemu@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794657600000000,1794658200000000,1794657600000000,NULL);
INSERT INTO outbox VALUES(19,'reply',1,5,12,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e12.u104@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThank you, Alice. That is the drum; I bring a new one tomorrow at ten.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1.104-xjga2jp6og@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794657900000000,1794658500000000,1794657900000000,NULL);
INSERT INTO outbox VALUES(20,'reply',1,5,12,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e12.u105@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThank you, Alice. That is the drum; I bring a new one tomorrow at ten.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1.105-36e2m75pvp@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794657900000000,1794658500000000,1794657900000000,NULL);
INSERT INTO outbox VALUES(21,'reply',1,5,12,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e12.u106@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThank you, Alice. That is the drum; I bring a new one tomorrow at ten.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1.106-xokequmd2t@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794657900000000,1794658500000000,1794657900000000,NULL);
INSERT INTO outbox VALUES(22,'reply',1,5,12,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e12.u101@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThank you, Alice. That is the drum; I bring a new one tomorrow at ten.\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1.101-yx7c2pvsl4@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794657900000000,1794658500000000,1794657900000000,NULL);
INSERT INTO outbox VALUES(23,'reply',1,5,12,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e12.u103@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThank you, Alice. That is the drum; I bring a new one tomorrow at ten.\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1.103-ue7wdleemu@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794657900000000,1794658500000000,1794657900000000,NULL);
INSERT INTO outbox VALUES(24,'acknowledge',2,6,14,107,'jonas@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e14.u107@desk.invalid','[Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Vielen Dank für Ihre Nachricht. Wir haben dafür ein Ticket eröffnet und melden uns bei Ihnen.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #2: Neue Kollegin: Zugang zum Wiki\nhttp://127.0.0.1:8080/portal/tickets/2\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','support@desk.example','support+2.107-kh3n4r2egx@desk.example','["ticket-2@desk.invalid"]','auto-replied','sent','',1,1794729600000000,1794730200000000,1794729600000000,NULL);
INSERT INTO outbox VALUES(25,'acknowledge',2,6,14,108,'petra@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e14.u108@desk.invalid','[Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Vielen Dank für Ihre Nachricht. Wir haben dafür ein Ticket eröffnet und melden uns bei Ihnen.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #2: Neue Kollegin: Zugang zum Wiki\nhttp://127.0.0.1:8080/portal/tickets/2\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','support@desk.example','support+2.108-6ybw6iddkv@desk.example','["ticket-2@desk.invalid"]','auto-replied','sent','',1,1794729600000000,1794730200000000,1794729600000000,NULL);
INSERT INTO outbox VALUES(26,'opened',2,6,14,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e14.u101@desk.invalid','[Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Petra Peters opened a ticket:\n\nGuten Tag,\n\nam Montag beginnt Frau Lindner bei uns. Bitte geben Sie ihr Zugang zum Wiki (lindner@borealis.example).\n\nMit freundlichen Grüßen\n\nPetra Peters\n\n-- \nTicket #2 in support: Neue Kollegin: Zugang zum Wiki\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/2\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+2.101-4fdkvo4kte@desk.example','["ticket-2@desk.invalid"]','','sent','',1,1794729600000000,1794730200000000,1794729600000000,NULL);
INSERT INTO outbox VALUES(27,'opened',2,6,14,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e14.u102@desk.invalid','[Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Petra Peters opened a ticket:\n\nGuten Tag,\n\nam Montag beginnt Frau Lindner bei uns. Bitte geben Sie ihr Zugang zum Wiki (lindner@borealis.example).\n\nMit freundlichen Grüßen\n\nPetra Peters\n\n-- \nTicket #2 in support: Neue Kollegin: Zugang zum Wiki\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/2\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+2.102-6umurkrro2@desk.example','["ticket-2@desk.invalid"]','','sent','',1,1794729600000000,1794730200000000,1794729600000000,NULL);
INSERT INTO outbox VALUES(28,'opened',2,6,14,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e14.u103@desk.invalid','[Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Petra Peters opened a ticket:\n\nGuten Tag,\n\nam Montag beginnt Frau Lindner bei uns. Bitte geben Sie ihr Zugang zum Wiki (lindner@borealis.example).\n\nMit freundlichen Grüßen\n\nPetra Peters\n\n-- \nTicket #2 in support: Neue Kollegin: Zugang zum Wiki\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/2\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+2.103-v6e72czfz4@desk.example','["ticket-2@desk.invalid"]','','sent','',1,1794729600000000,1794730200000000,1794729600000000,NULL);
INSERT INTO outbox VALUES(29,'reply',1,7,17,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e17.u104@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThe drum is changed and the printer prints again.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1.104-xjga2jp6og@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794737100000000,1794737700000000,1794737100000000,NULL);
INSERT INTO outbox VALUES(30,'reply',1,7,17,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e17.u105@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThe drum is changed and the printer prints again.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1.105-36e2m75pvp@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794737100000000,1794737700000000,1794737100000000,NULL);
INSERT INTO outbox VALUES(31,'reply',1,7,17,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e17.u106@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThe drum is changed and the printer prints again.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1.106-xokequmd2t@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794737100000000,1794737700000000,1794737100000000,NULL);
INSERT INTO outbox VALUES(32,'reply',1,7,17,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e17.u101@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThe drum is changed and the printer prints again.\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1.101-yx7c2pvsl4@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794737100000000,1794737700000000,1794737100000000,NULL);
INSERT INTO outbox VALUES(33,'reply',1,7,17,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e17.u103@desk.invalid','Re: [Desk #1] Printer on the second floor prints blank pages',replace('Ben Burke wrote:\n\nThe drum is changed and the printer prints again.\n\n-- \nTicket #1 in support: Printer on the second floor prints blank pages\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/1\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+1.103-ue7wdleemu@desk.example','["ticket-1@desk.invalid"]','','sent','',1,1794737100000000,1794737700000000,1794737100000000,NULL);
INSERT INTO outbox VALUES(34,'resolved',1,NULL,18,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e18.u104@desk.invalid','[Desk #1] Printer on the second floor prints blank pages',replace('Your ticket has been resolved.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+1.104-xjga2jp6og@desk.example','["ticket-1@desk.invalid"]','auto-generated','sent','',1,1794737100000000,1794737700000000,1794737100000000,NULL);
INSERT INTO outbox VALUES(35,'resolved',1,NULL,18,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e18.u105@desk.invalid','[Desk #1] Printer on the second floor prints blank pages',replace('Your ticket has been resolved.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+1.105-36e2m75pvp@desk.example','["ticket-1@desk.invalid"]','auto-generated','sent','',1,1794737100000000,1794737700000000,1794737100000000,NULL);
INSERT INTO outbox VALUES(36,'resolved',1,NULL,18,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e18.u106@desk.invalid','[Desk #1] Printer on the second floor prints blank pages',replace('Your ticket has been resolved.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #1: Printer on the second floor prints blank pages\nhttp://127.0.0.1:8080/portal/tickets/1\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+1.106-xokequmd2t@desk.example','["ticket-1@desk.invalid"]','auto-generated','sent','',1,1794737100000000,1794737700000000,1794737100000000,NULL);
INSERT INTO outbox VALUES(37,'reply',2,8,22,107,'jonas@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e22.u107@desk.invalid','Re: [Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Carla Costa schrieb:\n\nGuten Tag Frau Peters,\n\nder Zugang ist eingerichtet; Frau Lindner hat einen Brief mit dem ersten Passwort.\n\nCarla Costa\n\n-- \nTicket #2: Neue Kollegin: Zugang zum Wiki\nhttp://127.0.0.1:8080/portal/tickets/2\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+2.107-kh3n4r2egx@desk.example','["ticket-2@desk.invalid"]','','sent','',1,1794740400000000,1794741000000000,1794740400000000,NULL);
INSERT INTO outbox VALUES(38,'reply',2,8,22,108,'petra@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e22.u108@desk.invalid','Re: [Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Carla Costa schrieb:\n\nGuten Tag Frau Peters,\n\nder Zugang ist eingerichtet; Frau Lindner hat einen Brief mit dem ersten Passwort.\n\nCarla Costa\n\n-- \nTicket #2: Neue Kollegin: Zugang zum Wiki\nhttp://127.0.0.1:8080/portal/tickets/2\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+2.108-6ybw6iddkv@desk.example','["ticket-2@desk.invalid"]','','sent','',1,1794740400000000,1794741000000000,1794740400000000,NULL);
INSERT INTO outbox VALUES(39,'reply',2,8,22,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e22.u101@desk.invalid','Re: [Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Carla Costa wrote:\n\nGuten Tag Frau Peters,\n\nder Zugang ist eingerichtet; Frau Lindner hat einen Brief mit dem ersten Passwort.\n\nCarla Costa\n\n-- \nTicket #2 in support: Neue Kollegin: Zugang zum Wiki\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/2\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+2.101-4fdkvo4kte@desk.example','["ticket-2@desk.invalid"]','','sent','',1,1794740400000000,1794741000000000,1794740400000000,NULL);
INSERT INTO outbox VALUES(40,'reply',2,8,22,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e22.u102@desk.invalid','Re: [Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Carla Costa wrote:\n\nGuten Tag Frau Peters,\n\nder Zugang ist eingerichtet; Frau Lindner hat einen Brief mit dem ersten Passwort.\n\nCarla Costa\n\n-- \nTicket #2 in support: Neue Kollegin: Zugang zum Wiki\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/2\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+2.102-6umurkrro2@desk.example','["ticket-2@desk.invalid"]','','sent','',1,1794740400000000,1794741000000000,1794740400000000,NULL);
INSERT INTO outbox VALUES(41,'resolved',2,NULL,24,107,'jonas@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e24.u107@desk.invalid','[Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Ihr Ticket ist erledigt.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #2: Neue Kollegin: Zugang zum Wiki\nhttp://127.0.0.1:8080/portal/tickets/2\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','support@desk.example','support+2.107-kh3n4r2egx@desk.example','["ticket-2@desk.invalid"]','auto-generated','sent','',1,1794740400000000,1794741000000000,1794740400000000,NULL);
INSERT INTO outbox VALUES(42,'resolved',2,NULL,24,108,'petra@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e24.u108@desk.invalid','[Desk #2] Neue Kollegin: Zugang zum Wiki',replace('Ihr Ticket ist erledigt.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #2: Neue Kollegin: Zugang zum Wiki\nhttp://127.0.0.1:8080/portal/tickets/2\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','support@desk.example','support+2.108-6ybw6iddkv@desk.example','["ticket-2@desk.invalid"]','auto-generated','sent','',1,1794740400000000,1794741000000000,1794740400000000,NULL);
INSERT INTO outbox VALUES(43,'acknowledge',3,9,27,107,'jonas@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e27.u107@desk.invalid','[Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Vielen Dank für Ihre Nachricht. Wir haben dafür ein Ticket eröffnet und melden uns bei Ihnen.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #3: Rechnung 2026-0417: falsche Umsatzsteuer\nhttp://127.0.0.1:8080/portal/tickets/3\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','billing@desk.example','billing+3.107-gis43tc6wb@desk.example','["ticket-3@desk.invalid"]','auto-replied','sent','',1,1794819600000000,1794820200000000,1794819600000000,NULL);
INSERT INTO outbox VALUES(44,'acknowledge',3,9,27,108,'petra@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e27.u108@desk.invalid','[Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Vielen Dank für Ihre Nachricht. Wir haben dafür ein Ticket eröffnet und melden uns bei Ihnen.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #3: Rechnung 2026-0417: falsche Umsatzsteuer\nhttp://127.0.0.1:8080/portal/tickets/3\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','billing@desk.example','billing+3.108-gppeajksgc@desk.example','["ticket-3@desk.invalid"]','auto-replied','sent','',1,1794819600000000,1794820200000000,1794819600000000,NULL);
INSERT INTO outbox VALUES(45,'opened',3,9,27,101,'anna@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""}]','e27.u101@desk.invalid','[Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Jonas Jansen opened a ticket:\n\nSehr geehrte Damen und Herren,\n\nauf der Rechnung 2026-0417 stehen 16 statt 19 Prozent Umsatzsteuer. Ich bitte um eine berichtigte Rechnung.\n\nJonas Jansen\n\n-- \nTicket #3 in billing: Rechnung 2026-0417: falsche Umsatzsteuer\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/3\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing.\n','\n',char(10)),'Desk','billing@desk.example','billing+3.101-v2th7qrdz3@desk.example','["ticket-3@desk.invalid"]','','sent','',1,1794819600000000,1794820200000000,1794819600000000,NULL);
INSERT INTO outbox VALUES(46,'opened',3,9,27,103,'carla@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""}]','e27.u103@desk.invalid','[Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Jonas Jansen opened a ticket:\n\nSehr geehrte Damen und Herren,\n\nauf der Rechnung 2026-0417 stehen 16 statt 19 Prozent Umsatzsteuer. Ich bitte um eine berichtigte Rechnung.\n\nJonas Jansen\n\n-- \nTicket #3 in billing: Rechnung 2026-0417: falsche Umsatzsteuer\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/3\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing.\n','\n',char(10)),'Desk','billing@desk.example','billing+3.103-a6p3dauqnp@desk.example','["ticket-3@desk.invalid"]','','sent','',1,1794819600000000,1794820200000000,1794819600000000,NULL);
INSERT INTO outbox VALUES(47,'comment',3,10,31,101,'anna@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""}]','e31.u101@desk.invalid','Re: [Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Carla Costa left a comment, which customers do not see:\n\nHe is right. The tax key of Borealis was never changed back.\n\n-- \nTicket #3 in billing: Rechnung 2026-0417: falsche Umsatzsteuer\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/3\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing.\n','\n',char(10)),'Carla Costa via Desk','billing-comment@desk.example','billing-comment+3.101-v2th7qrdz3@desk.example','["ticket-3@desk.invalid"]','','sent','',1,1794834000000000,1794834600000000,1794834000000000,NULL);
INSERT INTO outbox VALUES(48,'reply',3,11,33,107,'jonas@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e33.u107@desk.invalid','Re: [Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Carla Costa schrieb:\n\nGuten Tag Herr Jansen,\n\nSie haben recht. Die berichtigte Rechnung liegt bei.\n\nCarla Costa\n\n-- \nTicket #3: Rechnung 2026-0417: falsche Umsatzsteuer\nhttp://127.0.0.1:8080/portal/tickets/3\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Carla Costa via Desk','billing@desk.example','billing+3.107-gis43tc6wb@desk.example','["ticket-3@desk.invalid"]','','sent','',1,1794834600000000,1794835200000000,1794834600000000,NULL);
INSERT INTO outbox VALUES(49,'reply',3,11,33,108,'petra@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e33.u108@desk.invalid','Re: [Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Carla Costa schrieb:\n\nGuten Tag Herr Jansen,\n\nSie haben recht. Die berichtigte Rechnung liegt bei.\n\nCarla Costa\n\n-- \nTicket #3: Rechnung 2026-0417: falsche Umsatzsteuer\nhttp://127.0.0.1:8080/portal/tickets/3\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Carla Costa via Desk','billing@desk.example','billing+3.108-gppeajksgc@desk.example','["ticket-3@desk.invalid"]','','sent','',1,1794834600000000,1794835200000000,1794834600000000,NULL);
INSERT INTO outbox VALUES(50,'reply',3,11,33,101,'anna@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""}]','e33.u101@desk.invalid','Re: [Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Carla Costa wrote:\n\nGuten Tag Herr Jansen,\n\nSie haben recht. Die berichtigte Rechnung liegt bei.\n\nCarla Costa\n\n-- \nTicket #3 in billing: Rechnung 2026-0417: falsche Umsatzsteuer\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/3\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing.\n','\n',char(10)),'Carla Costa via Desk','billing@desk.example','billing+3.101-v2th7qrdz3@desk.example','["ticket-3@desk.invalid"]','','sent','',1,1794834600000000,1794835200000000,1794834600000000,NULL);
INSERT INTO outbox VALUES(51,'resolved',3,NULL,35,107,'jonas@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e35.u107@desk.invalid','[Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Ihr Ticket ist erledigt.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #3: Rechnung 2026-0417: falsche Umsatzsteuer\nhttp://127.0.0.1:8080/portal/tickets/3\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','billing@desk.example','billing+3.107-gis43tc6wb@desk.example','["ticket-3@desk.invalid"]','auto-generated','sent','',1,1794834600000000,1794835200000000,1794834600000000,NULL);
INSERT INTO outbox VALUES(52,'resolved',3,NULL,35,108,'petra@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e35.u108@desk.invalid','[Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Ihr Ticket ist erledigt.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #3: Rechnung 2026-0417: falsche Umsatzsteuer\nhttp://127.0.0.1:8080/portal/tickets/3\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','billing@desk.example','billing+3.108-gppeajksgc@desk.example','["ticket-3@desk.invalid"]','auto-generated','sent','',1,1794834600000000,1794835200000000,1794834600000000,NULL);
INSERT INTO outbox VALUES(53,'acknowledge',4,12,38,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e38.u104@desk.invalid','[Desk #4] VPN does not let me in since Monday',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #4: VPN does not let me in since Monday\nhttp://127.0.0.1:8080/portal/tickets/4\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+4.104-m2yldxdhw7@desk.example','["ticket-4@desk.invalid"]','auto-replied','sent','',1,1794906000000000,1794906600000000,1794906000000000,NULL);
INSERT INTO outbox VALUES(54,'acknowledge',4,12,38,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e38.u105@desk.invalid','[Desk #4] VPN does not let me in since Monday',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #4: VPN does not let me in since Monday\nhttp://127.0.0.1:8080/portal/tickets/4\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+4.105-hzwm3z76w7@desk.example','["ticket-4@desk.invalid"]','auto-replied','sent','',1,1794906000000000,1794906600000000,1794906000000000,NULL);
INSERT INTO outbox VALUES(55,'acknowledge',4,12,38,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e38.u106@desk.invalid','[Desk #4] VPN does not let me in since Monday',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #4: VPN does not let me in since Monday\nhttp://127.0.0.1:8080/portal/tickets/4\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+4.106-3js5hychqz@desk.example','["ticket-4@desk.invalid"]','auto-replied','sent','',1,1794906000000000,1794906600000000,1794906000000000,NULL);
INSERT INTO outbox VALUES(56,'opened',4,12,38,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e38.u101@desk.invalid','[Desk #4] VPN does not let me in since Monday',replace('Alice Archer opened a ticket:\n\nHi,\n\nsince Monday the VPN says “authentication failed”, with the password that opens everything else. The log is attached.\n\nAlice\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+4.101-bhzrbxwbf5@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794906000000000,1794906600000000,1794906000000000,NULL);
INSERT INTO outbox VALUES(57,'opened',4,12,38,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e38.u102@desk.invalid','[Desk #4] VPN does not let me in since Monday',replace('Alice Archer opened a ticket:\n\nHi,\n\nsince Monday the VPN says “authentication failed”, with the password that opens everything else. The log is attached.\n\nAlice\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+4.102-pbenuv2lqp@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794906000000000,1794906600000000,1794906000000000,NULL);
INSERT INTO outbox VALUES(58,'opened',4,12,38,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e38.u103@desk.invalid','[Desk #4] VPN does not let me in since Monday',replace('Alice Archer opened a ticket:\n\nHi,\n\nsince Monday the VPN says “authentication failed”, with the password that opens everything else. The log is attached.\n\nAlice\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+4.103-4mbmbstrvm@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794906000000000,1794906600000000,1794906000000000,NULL);
INSERT INTO outbox VALUES(59,'reply',3,13,41,108,'petra@borealis.example','[{"Role":1,"Through":115,"OnQueue":false,"OneTime":false,"AutoText":""}]','e41.u108@desk.invalid','Re: [Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Jonas Jansen schrieb:\n\nVielen Dank. Bitte senden Sie sie noch an unsere Buchhaltung, buchhaltung@borealis.example.\n\n-- \nTicket #3: Rechnung 2026-0417: falsche Umsatzsteuer\nhttp://127.0.0.1:8080/portal/tickets/3\n\nSie erhalten diese Nachricht, weil Sie zu Borealis GmbH gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','billing@desk.example','billing+3.108-gppeajksgc@desk.example','["ticket-3@desk.invalid"]','','sent','',1,1794906600000000,1794907200000000,1794906600000000,NULL);
INSERT INTO outbox VALUES(60,'reply',3,13,41,101,'anna@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""}]','e41.u101@desk.invalid','Re: [Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Jonas Jansen wrote:\n\nVielen Dank. Bitte senden Sie sie noch an unsere Buchhaltung, buchhaltung@borealis.example.\n\n-- \nTicket #3 in billing: Rechnung 2026-0417: falsche Umsatzsteuer\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/3\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing.\n','\n',char(10)),'Desk','billing@desk.example','billing+3.101-v2th7qrdz3@desk.example','["ticket-3@desk.invalid"]','','sent','',1,1794906600000000,1794907200000000,1794906600000000,NULL);
INSERT INTO outbox VALUES(61,'reply',3,13,41,103,'carla@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""},{"Role":4,"Through":103,"OnQueue":false,"OneTime":false,"AutoText":""}]','e41.u103@desk.invalid','Re: [Desk #3] Rechnung 2026-0417: falsche Umsatzsteuer',replace('Jonas Jansen wrote:\n\nVielen Dank. Bitte senden Sie sie noch an unsere Buchhaltung, buchhaltung@borealis.example.\n\n-- \nTicket #3 in billing: Rechnung 2026-0417: falsche Umsatzsteuer\nFor: Borealis GmbH\nhttp://127.0.0.1:8080/agent/tickets/3\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing, and because you are owner of this ticket.\n','\n',char(10)),'Desk','billing@desk.example','billing+3.103-a6p3dauqnp@desk.example','["ticket-3@desk.invalid"]','','sent','',1,1794906600000000,1794907200000000,1794906600000000,NULL);
INSERT INTO outbox VALUES(62,'comment',4,14,45,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e45.u101@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Ben Burke left a comment, which customers do not see:\n\nThe log says 93 seconds of skew. The time server of Acme stopped on Sunday, see the monitoring.\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support-comment@desk.example','support-comment+4.101-bhzrbxwbf5@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794909600000000,1794910200000000,1794909600000000,NULL);
INSERT INTO outbox VALUES(63,'comment',4,14,45,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e45.u103@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Ben Burke left a comment, which customers do not see:\n\nThe log says 93 seconds of skew. The time server of Acme stopped on Sunday, see the monitoring.\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support-comment@desk.example','support-comment+4.103-4mbmbstrvm@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794909600000000,1794910200000000,1794909600000000,NULL);
INSERT INTO outbox VALUES(64,'reply',4,15,47,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e47.u104@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Ben Burke wrote:\n\nHello Alice,\n\nthe clock of your laptop is a minute and a half late, and the one-time code depends on it. Please switch “set time automatically” off and on again.\n\n-- \nTicket #4: VPN does not let me in since Monday\nhttp://127.0.0.1:8080/portal/tickets/4\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+4.104-m2yldxdhw7@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794910200000000,1794910800000000,1794910200000000,NULL);
INSERT INTO outbox VALUES(65,'reply',4,15,47,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e47.u105@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Ben Burke wrote:\n\nHello Alice,\n\nthe clock of your laptop is a minute and a half late, and the one-time code depends on it. Please switch “set time automatically” off and on again.\n\n-- \nTicket #4: VPN does not let me in since Monday\nhttp://127.0.0.1:8080/portal/tickets/4\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+4.105-hzwm3z76w7@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794910200000000,1794910800000000,1794910200000000,NULL);
INSERT INTO outbox VALUES(66,'reply',4,15,47,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e47.u106@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Ben Burke wrote:\n\nHello Alice,\n\nthe clock of your laptop is a minute and a half late, and the one-time code depends on it. Please switch “set time automatically” off and on again.\n\n-- \nTicket #4: VPN does not let me in since Monday\nhttp://127.0.0.1:8080/portal/tickets/4\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+4.106-3js5hychqz@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794910200000000,1794910800000000,1794910200000000,NULL);
INSERT INTO outbox VALUES(67,'reply',4,15,47,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e47.u101@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Ben Burke wrote:\n\nHello Alice,\n\nthe clock of your laptop is a minute and a half late, and the one-time code depends on it. Please switch “set time automatically” off and on again.\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+4.101-bhzrbxwbf5@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794910200000000,1794910800000000,1794910200000000,NULL);
INSERT INTO outbox VALUES(68,'reply',4,15,47,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e47.u103@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Ben Burke wrote:\n\nHello Alice,\n\nthe clock of your laptop is a minute and a half late, and the one-time code depends on it. Please switch “set time automatically” off and on again.\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+4.103-4mbmbstrvm@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794910200000000,1794910800000000,1794910200000000,NULL);
INSERT INTO outbox VALUES(69,'acknowledge',5,16,50,102,'ben@desk.example','[{"Role":1,"Through":102,"OnQueue":false,"OneTime":false,"AutoText":""}]','e50.u102@desk.invalid','[Desk #5] Take the backup tapes to the bank',replace('Ben Burke has opened a ticket for you.\n\nThe ones of October, before the end of the month.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #5 in internal: Take the backup tapes to the bank\nFor: Ben Burke\nhttp://127.0.0.1:8080/agent/tickets/5\n\nYou get this letter because you are requestor of this ticket.\n','\n',char(10)),'Desk','desk@desk.invalid','','["ticket-5@desk.invalid"]','auto-replied','sent','',1,1794920400000000,1794921000000000,1794920400000000,NULL);
INSERT INTO outbox VALUES(70,'acknowledge',6,17,53,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e53.u105@desk.invalid','[Desk #6] My laptop was stolen on the train',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #6: My laptop was stolen on the train\nhttp://127.0.0.1:8080/portal/tickets/6\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+6.105-dn2vxnhzsk@desk.example','["ticket-6@desk.invalid"]','auto-replied','sent','',1,1794985200000000,1794985800000000,1794985200000000,NULL);
INSERT INTO outbox VALUES(71,'opened',6,17,53,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e53.u101@desk.invalid','[Desk #6] My laptop was stolen on the train',replace('Alice Archer opened a ticket:\n\nGood morning,\n\nmy laptop was stolen last night. I would rather tell my colleagues myself, so please keep this between us.\n\nAlice\n\n-- \nTicket #6 in support: My laptop was stolen on the train\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/6\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+6.101-4h3bkkvysl@desk.example','["ticket-6@desk.invalid"]','','sent','',1,1794985200000000,1794985800000000,1794985200000000,NULL);
INSERT INTO outbox VALUES(72,'opened',6,17,53,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e53.u102@desk.invalid','[Desk #6] My laptop was stolen on the train',replace('Alice Archer opened a ticket:\n\nGood morning,\n\nmy laptop was stolen last night. I would rather tell my colleagues myself, so please keep this between us.\n\nAlice\n\n-- \nTicket #6 in support: My laptop was stolen on the train\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/6\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+6.102-ghsne7ercp@desk.example','["ticket-6@desk.invalid"]','','sent','',1,1794985200000000,1794985800000000,1794985200000000,NULL);
INSERT INTO outbox VALUES(73,'opened',6,17,53,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e53.u103@desk.invalid','[Desk #6] My laptop was stolen on the train',replace('Alice Archer opened a ticket:\n\nGood morning,\n\nmy laptop was stolen last night. I would rather tell my colleagues myself, so please keep this between us.\n\nAlice\n\n-- \nTicket #6 in support: My laptop was stolen on the train\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/6\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+6.103-g5hp5xvgv5@desk.example','["ticket-6@desk.invalid"]','','sent','',1,1794985200000000,1794985800000000,1794985200000000,NULL);
INSERT INTO outbox VALUES(74,'reply',6,18,57,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e57.u105@desk.invalid','Re: [Desk #6] My laptop was stolen on the train',replace('Anna Abel wrote:\n\nDear Alice,\n\nI am sorry. Your sessions are ended and the disk is encrypted, so nobody reads your files. A new laptop is ready on Friday.\n\nAnna\n\n-- \nTicket #6: My laptop was stolen on the train\nhttp://127.0.0.1:8080/portal/tickets/6\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Anna Abel via Desk','support@desk.example','support+6.105-dn2vxnhzsk@desk.example','["ticket-6@desk.invalid"]','','sent','',1,1794986100000000,1794986700000000,1794986100000000,NULL);
INSERT INTO outbox VALUES(75,'reply',6,18,57,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e57.u102@desk.invalid','Re: [Desk #6] My laptop was stolen on the train',replace('Anna Abel wrote:\n\nDear Alice,\n\nI am sorry. Your sessions are ended and the disk is encrypted, so nobody reads your files. A new laptop is ready on Friday.\n\nAnna\n\n-- \nTicket #6 in support: My laptop was stolen on the train\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/6\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Anna Abel via Desk','support@desk.example','support+6.102-ghsne7ercp@desk.example','["ticket-6@desk.invalid"]','','sent','',1,1794986100000000,1794986700000000,1794986100000000,NULL);
INSERT INTO outbox VALUES(76,'reply',6,18,57,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e57.u103@desk.invalid','Re: [Desk #6] My laptop was stolen on the train',replace('Anna Abel wrote:\n\nDear Alice,\n\nI am sorry. Your sessions are ended and the disk is encrypted, so nobody reads your files. A new laptop is ready on Friday.\n\nAnna\n\n-- \nTicket #6 in support: My laptop was stolen on the train\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/6\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Anna Abel via Desk','support@desk.example','support+6.103-g5hp5xvgv5@desk.example','["ticket-6@desk.invalid"]','','sent','',1,1794986100000000,1794986700000000,1794986100000000,NULL);
INSERT INTO outbox VALUES(77,'comment',6,19,60,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e60.u102@desk.invalid','Re: [Desk #6] My laptop was stolen on the train',replace('Anna Abel left a comment, which customers do not see:\n\nRemote wipe ordered. Police report to follow; keep it off the shared board.\n\n-- \nTicket #6 in support: My laptop was stolen on the train\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/6\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Anna Abel via Desk','support-comment@desk.example','support-comment+6.102-ghsne7ercp@desk.example','["ticket-6@desk.invalid"]','','sent','',1,1794986400000000,1794987000000000,1794986400000000,NULL);
INSERT INTO outbox VALUES(78,'comment',6,19,60,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e60.u103@desk.invalid','Re: [Desk #6] My laptop was stolen on the train',replace('Anna Abel left a comment, which customers do not see:\n\nRemote wipe ordered. Police report to follow; keep it off the shared board.\n\n-- \nTicket #6 in support: My laptop was stolen on the train\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/6\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Anna Abel via Desk','support-comment@desk.example','support-comment+6.103-g5hp5xvgv5@desk.example','["ticket-6@desk.invalid"]','','sent','',1,1794986400000000,1794987000000000,1794986400000000,NULL);
INSERT INTO outbox VALUES(79,'reply',4,20,62,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e62.u104@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Alice Archer wrote:\n\nIt let me in once, today it is late again.\n\n-- \nTicket #4: VPN does not let me in since Monday\nhttp://127.0.0.1:8080/portal/tickets/4\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+4.104-m2yldxdhw7@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794996600000000,1794997200000000,1794996600000000,NULL);
INSERT INTO outbox VALUES(80,'reply',4,20,62,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e62.u106@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Alice Archer wrote:\n\nIt let me in once, today it is late again.\n\n-- \nTicket #4: VPN does not let me in since Monday\nhttp://127.0.0.1:8080/portal/tickets/4\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+4.106-3js5hychqz@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794996600000000,1794997200000000,1794996600000000,NULL);
INSERT INTO outbox VALUES(81,'reply',4,20,62,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e62.u101@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Alice Archer wrote:\n\nIt let me in once, today it is late again.\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+4.101-bhzrbxwbf5@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794996600000000,1794997200000000,1794996600000000,NULL);
INSERT INTO outbox VALUES(82,'reply',4,20,62,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""},{"Role":4,"Through":102,"OnQueue":false,"OneTime":false,"AutoText":""}]','e62.u102@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Alice Archer wrote:\n\nIt let me in once, today it is late again.\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support, and because you are owner of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+4.102-pbenuv2lqp@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794996600000000,1794997200000000,1794996600000000,NULL);
INSERT INTO outbox VALUES(83,'reply',4,20,62,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e62.u103@desk.invalid','Re: [Desk #4] VPN does not let me in since Monday',replace('Alice Archer wrote:\n\nIt let me in once, today it is late again.\n\n-- \nTicket #4 in support: VPN does not let me in since Monday\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/4\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+4.103-4mbmbstrvm@desk.example','["ticket-4@desk.invalid"]','','sent','',1,1794996600000000,1794997200000000,1794996600000000,NULL);
INSERT INTO outbox VALUES(84,'acknowledge',7,21,64,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e64.u104@desk.invalid','[Desk #7] Contract for next year',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #7: Contract for next year\nhttp://127.0.0.1:8080/portal/tickets/7\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','billing@desk.example','billing+7.104-cbba3tzesk@desk.example','["ticket-7@desk.invalid"]','auto-replied','sent','',1,1795078800000000,1795079400000000,1795078800000000,NULL);
INSERT INTO outbox VALUES(85,'opened',7,21,64,101,'anna@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""}]','e64.u101@desk.invalid','[Desk #7] Contract for next year',replace('Bob Baker opened a ticket:\n\nHello Carla,\n\nour contract ends in December. Please send an offer for two more years, with 40 seats instead of 30.\n\nBob\n\n-- \nTicket #7 in billing: Contract for next year\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/7\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing.\n','\n',char(10)),'Desk','billing@desk.example','billing+7.101-ucnd556jy3@desk.example','["ticket-7@desk.invalid"]','','sent','',1,1795078800000000,1795079400000000,1795078800000000,NULL);
INSERT INTO outbox VALUES(86,'opened',7,21,64,103,'carla@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""}]','e64.u103@desk.invalid','[Desk #7] Contract for next year',replace('Bob Baker opened a ticket:\n\nHello Carla,\n\nour contract ends in December. Please send an offer for two more years, with 40 seats instead of 30.\n\nBob\n\n-- \nTicket #7 in billing: Contract for next year\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/7\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing.\n','\n',char(10)),'Desk','billing@desk.example','billing+7.103-43526bm2ac@desk.example','["ticket-7@desk.invalid"]','','sent','',1,1795078800000000,1795079400000000,1795078800000000,NULL);
INSERT INTO outbox VALUES(87,'acknowledge',8,22,67,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e67.u104@desk.invalid','[Desk #8] How do I change my signature?',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #8: How do I change my signature?\nhttp://127.0.0.1:8080/portal/tickets/8\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+8.104-helhasd7ir@desk.example','["ticket-8@desk.invalid"]','auto-replied','sent','',1,1795082400000000,1795083000000000,1795082400000000,NULL);
INSERT INTO outbox VALUES(88,'acknowledge',8,22,67,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e67.u105@desk.invalid','[Desk #8] How do I change my signature?',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #8: How do I change my signature?\nhttp://127.0.0.1:8080/portal/tickets/8\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+8.105-jpxqv7iaq2@desk.example','["ticket-8@desk.invalid"]','auto-replied','sent','',1,1795082400000000,1795083000000000,1795082400000000,NULL);
INSERT INTO outbox VALUES(89,'acknowledge',8,22,67,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e67.u106@desk.invalid','[Desk #8] How do I change my signature?',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #8: How do I change my signature?\nhttp://127.0.0.1:8080/portal/tickets/8\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+8.106-ccxfjy5tb3@desk.example','["ticket-8@desk.invalid"]','auto-replied','sent','',1,1795082400000000,1795083000000000,1795082400000000,NULL);
INSERT INTO outbox VALUES(90,'opened',8,22,67,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e67.u101@desk.invalid','[Desk #8] How do I change my signature?',replace('Ruth Reed opened a ticket:\n\nThe one that stands below my letters still has our old address.\n\nRuth\n\n-- \nTicket #8 in support: How do I change my signature?\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/8\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+8.101-x4lmuebgj6@desk.example','["ticket-8@desk.invalid"]','','sent','',1,1795082400000000,1795083000000000,1795082400000000,NULL);
INSERT INTO outbox VALUES(91,'opened',8,22,67,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e67.u102@desk.invalid','[Desk #8] How do I change my signature?',replace('Ruth Reed opened a ticket:\n\nThe one that stands below my letters still has our old address.\n\nRuth\n\n-- \nTicket #8 in support: How do I change my signature?\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/8\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+8.102-y4sns3vv6c@desk.example','["ticket-8@desk.invalid"]','','sent','',1,1795082400000000,1795083000000000,1795082400000000,NULL);
INSERT INTO outbox VALUES(92,'opened',8,22,67,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e67.u103@desk.invalid','[Desk #8] How do I change my signature?',replace('Ruth Reed opened a ticket:\n\nThe one that stands below my letters still has our old address.\n\nRuth\n\n-- \nTicket #8 in support: How do I change my signature?\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/8\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+8.103-jtmoo7a4it@desk.example','["ticket-8@desk.invalid"]','','sent','',1,1795082400000000,1795083000000000,1795082400000000,NULL);
INSERT INTO outbox VALUES(93,'reply',8,23,70,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e70.u104@desk.invalid','Re: [Desk #8] How do I change my signature?',replace('Carla Costa wrote:\n\nSettings, then Mail, then Signature. It holds for the next letter you write.\n\n-- \nTicket #8: How do I change my signature?\nhttp://127.0.0.1:8080/portal/tickets/8\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+8.104-helhasd7ir@desk.example','["ticket-8@desk.invalid"]','','sent','',1,1795087800000000,1795088400000000,1795087800000000,NULL);
INSERT INTO outbox VALUES(94,'reply',8,23,70,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e70.u105@desk.invalid','Re: [Desk #8] How do I change my signature?',replace('Carla Costa wrote:\n\nSettings, then Mail, then Signature. It holds for the next letter you write.\n\n-- \nTicket #8: How do I change my signature?\nhttp://127.0.0.1:8080/portal/tickets/8\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+8.105-jpxqv7iaq2@desk.example','["ticket-8@desk.invalid"]','','sent','',1,1795087800000000,1795088400000000,1795087800000000,NULL);
INSERT INTO outbox VALUES(95,'reply',8,23,70,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e70.u106@desk.invalid','Re: [Desk #8] How do I change my signature?',replace('Carla Costa wrote:\n\nSettings, then Mail, then Signature. It holds for the next letter you write.\n\n-- \nTicket #8: How do I change my signature?\nhttp://127.0.0.1:8080/portal/tickets/8\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+8.106-ccxfjy5tb3@desk.example','["ticket-8@desk.invalid"]','','sent','',1,1795087800000000,1795088400000000,1795087800000000,NULL);
INSERT INTO outbox VALUES(96,'reply',8,23,70,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e70.u101@desk.invalid','Re: [Desk #8] How do I change my signature?',replace('Carla Costa wrote:\n\nSettings, then Mail, then Signature. It holds for the next letter you write.\n\n-- \nTicket #8 in support: How do I change my signature?\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/8\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+8.101-x4lmuebgj6@desk.example','["ticket-8@desk.invalid"]','','sent','',1,1795087800000000,1795088400000000,1795087800000000,NULL);
INSERT INTO outbox VALUES(97,'reply',8,23,70,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e70.u102@desk.invalid','Re: [Desk #8] How do I change my signature?',replace('Carla Costa wrote:\n\nSettings, then Mail, then Signature. It holds for the next letter you write.\n\n-- \nTicket #8 in support: How do I change my signature?\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/8\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+8.102-y4sns3vv6c@desk.example','["ticket-8@desk.invalid"]','','sent','',1,1795087800000000,1795088400000000,1795087800000000,NULL);
INSERT INTO outbox VALUES(98,'resolved',8,NULL,72,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e72.u104@desk.invalid','[Desk #8] How do I change my signature?',replace('Your ticket has been resolved.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #8: How do I change my signature?\nhttp://127.0.0.1:8080/portal/tickets/8\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+8.104-helhasd7ir@desk.example','["ticket-8@desk.invalid"]','auto-generated','sent','',1,1795087800000000,1795088400000000,1795087800000000,NULL);
INSERT INTO outbox VALUES(99,'resolved',8,NULL,72,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e72.u105@desk.invalid','[Desk #8] How do I change my signature?',replace('Your ticket has been resolved.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #8: How do I change my signature?\nhttp://127.0.0.1:8080/portal/tickets/8\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+8.105-jpxqv7iaq2@desk.example','["ticket-8@desk.invalid"]','auto-generated','sent','',1,1795087800000000,1795088400000000,1795087800000000,NULL);
INSERT INTO outbox VALUES(100,'resolved',8,NULL,72,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e72.u106@desk.invalid','[Desk #8] How do I change my signature?',replace('Your ticket has been resolved.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #8: How do I change my signature?\nhttp://127.0.0.1:8080/portal/tickets/8\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+8.106-ccxfjy5tb3@desk.example','["ticket-8@desk.invalid"]','auto-generated','sent','',1,1795087800000000,1795088400000000,1795087800000000,NULL);
INSERT INTO outbox VALUES(101,'reply',7,25,78,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e78.u104@desk.invalid','Re: [Desk #7] Contract for next year',replace('Carla Costa wrote:\n\nHello Bob,\n\ngladly. You get the offer by the end of the week.\n\nCarla\n\n-- \nTicket #7: Contract for next year\nhttp://127.0.0.1:8080/portal/tickets/7\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Carla Costa via Desk','billing@desk.example','billing+7.104-cbba3tzesk@desk.example','["ticket-7@desk.invalid"]','','sent','',1,1795100400000000,1795101000000000,1795100400000000,NULL);
INSERT INTO outbox VALUES(102,'reply',7,25,78,101,'anna@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""}]','e78.u101@desk.invalid','Re: [Desk #7] Contract for next year',replace('Carla Costa wrote:\n\nHello Bob,\n\ngladly. You get the offer by the end of the week.\n\nCarla\n\n-- \nTicket #7 in billing: Contract for next year\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/7\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing.\n','\n',char(10)),'Carla Costa via Desk','billing@desk.example','billing+7.101-ucnd556jy3@desk.example','["ticket-7@desk.invalid"]','','sent','',1,1795100400000000,1795101000000000,1795100400000000,NULL);
INSERT INTO outbox VALUES(103,'comment',7,26,81,103,'carla@desk.example','[{"Role":3,"Through":112,"OnQueue":true,"OneTime":false,"AutoText":""}]','e81.u103@desk.invalid','Re: [Desk #7] Contract for next year',replace('Anna Abel left a comment, which customers do not see:\n\nUp to ten percent off is fine if they take two years.\n\n-- \nTicket #7 in billing: Contract for next year\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/7\n\nYou get this letter because you belong to Billing, which is in AdminCc of the queue billing.\n','\n',char(10)),'Anna Abel via Desk','billing-comment@desk.example','billing-comment+7.103-43526bm2ac@desk.example','["ticket-7@desk.invalid"]','','sent','',1,1795104000000000,1795104600000000,1795104000000000,NULL);
INSERT INTO outbox VALUES(104,'acknowledge',9,27,83,117,'winner@lottery.example','[{"Role":1,"Through":117,"OnQueue":false,"OneTime":false,"AutoText":""}]','e83.u117@desk.invalid','[Desk #9] You have WON',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #9: You have WON\nhttp://127.0.0.1:8080/portal/tickets/9\n\nYou get this letter because you are requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+9.117-6qdgekkhdz@desk.example','["spam.winner@lottery.example","ticket-9@desk.invalid"]','auto-replied','sent','',1,1795140000000000,1795140600000000,1795140000000000,NULL);
INSERT INTO outbox VALUES(105,'opened',9,27,83,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e83.u101@desk.invalid','[Desk #9] You have WON',replace('Prize Office opened a ticket:\n\nDear winner,\n\nsend us the number of your account to receive your prize.\n\n-- \nTicket #9 in support: You have WON\nFor: Prize Office\nhttp://127.0.0.1:8080/agent/tickets/9\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+9.101-rcwuj7tenv@desk.example','["spam.winner@lottery.example","ticket-9@desk.invalid"]','','sent','',1,1795140000000000,1795140600000000,1795140000000000,NULL);
INSERT INTO outbox VALUES(106,'opened',9,27,83,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e83.u102@desk.invalid','[Desk #9] You have WON',replace('Prize Office opened a ticket:\n\nDear winner,\n\nsend us the number of your account to receive your prize.\n\n-- \nTicket #9 in support: You have WON\nFor: Prize Office\nhttp://127.0.0.1:8080/agent/tickets/9\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+9.102-og4bkquaop@desk.example','["spam.winner@lottery.example","ticket-9@desk.invalid"]','','sent','',1,1795140000000000,1795140600000000,1795140000000000,NULL);
INSERT INTO outbox VALUES(107,'opened',9,27,83,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e83.u103@desk.invalid','[Desk #9] You have WON',replace('Prize Office opened a ticket:\n\nDear winner,\n\nsend us the number of your account to receive your prize.\n\n-- \nTicket #9 in support: You have WON\nFor: Prize Office\nhttp://127.0.0.1:8080/agent/tickets/9\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+9.103-7l2lkcmx6v@desk.example','["spam.winner@lottery.example","ticket-9@desk.invalid"]','','sent','',1,1795140000000000,1795140600000000,1795140000000000,NULL);
INSERT INTO outbox VALUES(108,'acknowledge',10,28,86,101,'anna@desk.example','[{"Role":1,"Through":101,"OnQueue":false,"OneTime":false,"AutoText":""}]','e86.u101@desk.invalid','[Desk #10] Who works between the years?',replace('Anna Abel has opened a ticket for you.\n\nPlease write here until Friday which days you would rather have off.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #10 in internal: Who works between the years?\nFor: Anna Abel\nhttp://127.0.0.1:8080/agent/tickets/10\n\nYou get this letter because you are requestor of this ticket.\n','\n',char(10)),'Desk','desk@desk.invalid','','["ticket-10@desk.invalid"]','auto-replied','sent','',1,1795183200000000,1795183800000000,1795183200000000,NULL);
INSERT INTO outbox VALUES(109,'acknowledge',11,30,89,106,'ruth@acme.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e89.u106@desk.invalid','[Desk #11] The certificate of our shop ends on Friday',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #11: The certificate of our shop ends on Friday\nhttp://127.0.0.1:8080/portal/tickets/11\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+11.106-tizly27soq@desk.example','["ticket-11@desk.invalid"]','auto-replied','sent','',1,1795248000000000,1795248600000000,1795248000000000,NULL);
INSERT INTO outbox VALUES(110,'acknowledge',11,30,89,108,'petra@borealis.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e89.u108@desk.invalid','[Desk #11] The certificate of our shop ends on Friday',replace('Vielen Dank für Ihre Nachricht. Wir haben dafür ein Ticket eröffnet und melden uns bei Ihnen.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #11: The certificate of our shop ends on Friday\nhttp://127.0.0.1:8080/portal/tickets/11\n\nSie erhalten diese Nachricht, weil Sie zu Corvus gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','support@desk.example','support+11.108-zwlojqehnp@desk.example','["ticket-11@desk.invalid"]','auto-replied','sent','',1,1795248000000000,1795248600000000,1795248000000000,NULL);
INSERT INTO outbox VALUES(111,'acknowledge',11,30,89,109,'cora@corvus.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e89.u109@desk.invalid','[Desk #11] The certificate of our shop ends on Friday',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #11: The certificate of our shop ends on Friday\nhttp://127.0.0.1:8080/portal/tickets/11\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+11.109-izjdmm7n35@desk.example','["ticket-11@desk.invalid"]','auto-replied','sent','',1,1795248000000000,1795248600000000,1795248000000000,NULL);
INSERT INTO outbox VALUES(112,'opened',11,30,89,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e89.u101@desk.invalid','[Desk #11] The certificate of our shop ends on Friday',replace('Cora Crane opened a ticket:\n\nHello,\n\nyour monitoring wrote to me that the certificate of shop.corvus.example ends on Friday. Do you renew it, or do we?\n\nCora\n\n-- \nTicket #11 in support: The certificate of our shop ends on Friday\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/11\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+11.101-em3rkhxqqf@desk.example','["ticket-11@desk.invalid"]','','sent','',1,1795248000000000,1795248600000000,1795248000000000,NULL);
INSERT INTO outbox VALUES(113,'opened',11,30,89,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e89.u102@desk.invalid','[Desk #11] The certificate of our shop ends on Friday',replace('Cora Crane opened a ticket:\n\nHello,\n\nyour monitoring wrote to me that the certificate of shop.corvus.example ends on Friday. Do you renew it, or do we?\n\nCora\n\n-- \nTicket #11 in support: The certificate of our shop ends on Friday\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/11\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+11.102-ayq5b6mwhs@desk.example','["ticket-11@desk.invalid"]','','sent','',1,1795248000000000,1795248600000000,1795248000000000,NULL);
INSERT INTO outbox VALUES(114,'opened',11,30,89,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e89.u103@desk.invalid','[Desk #11] The certificate of our shop ends on Friday',replace('Cora Crane opened a ticket:\n\nHello,\n\nyour monitoring wrote to me that the certificate of shop.corvus.example ends on Friday. Do you renew it, or do we?\n\nCora\n\n-- \nTicket #11 in support: The certificate of our shop ends on Friday\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/11\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+11.103-fdfhquvat4@desk.example','["ticket-11@desk.invalid"]','','sent','',1,1795248000000000,1795248600000000,1795248000000000,NULL);
INSERT INTO outbox VALUES(115,'reply',11,31,93,106,'ruth@acme.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e93.u106@desk.invalid','Re: [Desk #11] The certificate of our shop ends on Friday',replace('Carla Costa wrote:\n\nHello Cora,\n\nwe do. For that the name must point to 192.0.2.80 again; could you ask whoever keeps your DNS?\n\nCarla\n\n-- \nTicket #11: The certificate of our shop ends on Friday\nhttp://127.0.0.1:8080/portal/tickets/11\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+11.106-tizly27soq@desk.example','["ticket-11@desk.invalid"]','','sent','',1,1795249800000000,1795250400000000,1795249800000000,NULL);
INSERT INTO outbox VALUES(116,'reply',11,31,93,108,'petra@borealis.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e93.u108@desk.invalid','Re: [Desk #11] The certificate of our shop ends on Friday',replace('Carla Costa schrieb:\n\nHello Cora,\n\nwe do. For that the name must point to 192.0.2.80 again; could you ask whoever keeps your DNS?\n\nCarla\n\n-- \nTicket #11: The certificate of our shop ends on Friday\nhttp://127.0.0.1:8080/portal/tickets/11\n\nSie erhalten diese Nachricht, weil Sie zu Corvus gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+11.108-zwlojqehnp@desk.example','["ticket-11@desk.invalid"]','','sent','',1,1795249800000000,1795250400000000,1795249800000000,NULL);
INSERT INTO outbox VALUES(117,'reply',11,31,93,109,'cora@corvus.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e93.u109@desk.invalid','Re: [Desk #11] The certificate of our shop ends on Friday',replace('Carla Costa wrote:\n\nHello Cora,\n\nwe do. For that the name must point to 192.0.2.80 again; could you ask whoever keeps your DNS?\n\nCarla\n\n-- \nTicket #11: The certificate of our shop ends on Friday\nhttp://127.0.0.1:8080/portal/tickets/11\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+11.109-izjdmm7n35@desk.example','["ticket-11@desk.invalid"]','','sent','',1,1795249800000000,1795250400000000,1795249800000000,NULL);
INSERT INTO outbox VALUES(118,'reply',11,31,93,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e93.u101@desk.invalid','Re: [Desk #11] The certificate of our shop ends on Friday',replace('Carla Costa wrote:\n\nHello Cora,\n\nwe do. For that the name must point to 192.0.2.80 again; could you ask whoever keeps your DNS?\n\nCarla\n\n-- \nTicket #11 in support: The certificate of our shop ends on Friday\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/11\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+11.101-em3rkhxqqf@desk.example','["ticket-11@desk.invalid"]','','sent','',1,1795249800000000,1795250400000000,1795249800000000,NULL);
INSERT INTO outbox VALUES(119,'reply',11,31,93,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e93.u102@desk.invalid','Re: [Desk #11] The certificate of our shop ends on Friday',replace('Carla Costa wrote:\n\nHello Cora,\n\nwe do. For that the name must point to 192.0.2.80 again; could you ask whoever keeps your DNS?\n\nCarla\n\n-- \nTicket #11 in support: The certificate of our shop ends on Friday\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/11\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Carla Costa via Desk','support@desk.example','support+11.102-ayq5b6mwhs@desk.example','["ticket-11@desk.invalid"]','','sent','',1,1795249800000000,1795250400000000,1795249800000000,NULL);
INSERT INTO outbox VALUES(120,'acknowledge',12,32,97,106,'ruth@acme.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e97.u106@desk.invalid','[Desk #12] Corvus: Postfach fast voll',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #12: Corvus: Postfach fast voll\nhttp://127.0.0.1:8080/portal/tickets/12\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+12.106-euvifjnuxk@desk.example','["ticket-12@desk.invalid"]','auto-replied','sent','',1,1795269600000000,1795270200000000,1795269600000000,NULL);
INSERT INTO outbox VALUES(121,'acknowledge',12,32,97,108,'petra@borealis.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e97.u108@desk.invalid','[Desk #12] Corvus: Postfach fast voll',replace('Vielen Dank für Ihre Nachricht. Wir haben dafür ein Ticket eröffnet und melden uns bei Ihnen.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #12: Corvus: Postfach fast voll\nhttp://127.0.0.1:8080/portal/tickets/12\n\nSie erhalten diese Nachricht, weil Sie zu Corvus gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','support@desk.example','support+12.108-ztjz2t4nn7@desk.example','["ticket-12@desk.invalid"]','auto-replied','sent','',1,1795269600000000,1795270200000000,1795269600000000,NULL);
INSERT INTO outbox VALUES(122,'acknowledge',12,32,97,109,'cora@corvus.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e97.u109@desk.invalid','[Desk #12] Corvus: Postfach fast voll',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #12: Corvus: Postfach fast voll\nhttp://127.0.0.1:8080/portal/tickets/12\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+12.109-dh7zuvbhmz@desk.example','["ticket-12@desk.invalid"]','auto-replied','sent','',1,1795269600000000,1795270200000000,1795269600000000,NULL);
INSERT INTO outbox VALUES(123,'opened',12,32,97,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e97.u101@desk.invalid','[Desk #12] Corvus: Postfach fast voll',replace('Petra Peters opened a ticket:\n\nGuten Tag,\n\ndas Postfach von Corvus, das ich mitbetreue, ist zu 95 % voll. Kann es größer werden?\n\nPetra Peters\n\n-- \nTicket #12 in support: Corvus: Postfach fast voll\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/12\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+12.101-3wvfxizftq@desk.example','["ticket-12@desk.invalid"]','','sent','',1,1795269600000000,1795270200000000,1795269600000000,NULL);
INSERT INTO outbox VALUES(124,'opened',12,32,97,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e97.u102@desk.invalid','[Desk #12] Corvus: Postfach fast voll',replace('Petra Peters opened a ticket:\n\nGuten Tag,\n\ndas Postfach von Corvus, das ich mitbetreue, ist zu 95 % voll. Kann es größer werden?\n\nPetra Peters\n\n-- \nTicket #12 in support: Corvus: Postfach fast voll\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/12\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+12.102-gnjgysobyj@desk.example','["ticket-12@desk.invalid"]','','sent','',1,1795269600000000,1795270200000000,1795269600000000,NULL);
INSERT INTO outbox VALUES(125,'opened',12,32,97,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e97.u103@desk.invalid','[Desk #12] Corvus: Postfach fast voll',replace('Petra Peters opened a ticket:\n\nGuten Tag,\n\ndas Postfach von Corvus, das ich mitbetreue, ist zu 95 % voll. Kann es größer werden?\n\nPetra Peters\n\n-- \nTicket #12 in support: Corvus: Postfach fast voll\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/12\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+12.103-jphm6kh5cq@desk.example','["ticket-12@desk.invalid"]','','sent','',1,1795269600000000,1795270200000000,1795269600000000,NULL);
INSERT INTO outbox VALUES(126,'acknowledge',13,33,100,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e100.u104@desk.invalid','[Desk #13] New keyboard, please',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #13: New keyboard, please\nhttp://127.0.0.1:8080/portal/tickets/13\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+13.104-xusglyr7f3@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','auto-replied','sent','',1,1795273200000000,1795273800000000,1795273200000000,NULL);
INSERT INTO outbox VALUES(127,'acknowledge',13,33,100,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e100.u105@desk.invalid','[Desk #13] New keyboard, please',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #13: New keyboard, please\nhttp://127.0.0.1:8080/portal/tickets/13\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+13.105-3ldg5pz4je@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','auto-replied','sent','',1,1795273200000000,1795273800000000,1795273200000000,NULL);
INSERT INTO outbox VALUES(128,'acknowledge',13,33,100,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e100.u106@desk.invalid','[Desk #13] New keyboard, please',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #13: New keyboard, please\nhttp://127.0.0.1:8080/portal/tickets/13\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+13.106-wx3szmqtvv@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','auto-replied','sent','',1,1795273200000000,1795273800000000,1795273200000000,NULL);
INSERT INTO outbox VALUES(129,'acknowledge',13,33,100,118,'dana@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e100.u118@desk.invalid','[Desk #13] New keyboard, please',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #13: New keyboard, please\nhttp://127.0.0.1:8080/portal/tickets/13\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+13.118-d7sdwkbp5k@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','auto-replied','sent','',1,1795273200000000,1795273800000000,1795273200000000,NULL);
INSERT INTO outbox VALUES(130,'opened',13,33,100,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e100.u101@desk.invalid','[Desk #13] New keyboard, please',replace('Dana Dorn opened a ticket:\n\nHello,\n\nthree keys of mine are stuck. Could I get a new keyboard, with a British layout?\n\nThanks\n\nDana\n\n-- \nTicket #13 in support: New keyboard, please\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/13\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+13.101-vixm7qxwuy@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','','sent','',1,1795273200000000,1795273800000000,1795273200000000,NULL);
INSERT INTO outbox VALUES(131,'opened',13,33,100,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e100.u102@desk.invalid','[Desk #13] New keyboard, please',replace('Dana Dorn opened a ticket:\n\nHello,\n\nthree keys of mine are stuck. Could I get a new keyboard, with a British layout?\n\nThanks\n\nDana\n\n-- \nTicket #13 in support: New keyboard, please\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/13\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+13.102-igj3xm3rka@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','','sent','',1,1795273200000000,1795273800000000,1795273200000000,NULL);
INSERT INTO outbox VALUES(132,'opened',13,33,100,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e100.u103@desk.invalid','[Desk #13] New keyboard, please',replace('Dana Dorn opened a ticket:\n\nHello,\n\nthree keys of mine are stuck. Could I get a new keyboard, with a British layout?\n\nThanks\n\nDana\n\n-- \nTicket #13 in support: New keyboard, please\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/13\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+13.103-i4mbn27qyz@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','','sent','',1,1795273200000000,1795273800000000,1795273200000000,NULL);
INSERT INTO outbox VALUES(133,'reply',13,34,104,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e104.u104@desk.invalid','Re: [Desk #13] New keyboard, please',replace('Ben Burke wrote:\n\nHello Dana,\n\nit is on its way and should be with you on Monday.\n\nBen\n\n-- \nTicket #13: New keyboard, please\nhttp://127.0.0.1:8080/portal/tickets/13\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+13.104-xusglyr7f3@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','','sent','',1,1795276200000000,1795276800000000,1795276200000000,NULL);
INSERT INTO outbox VALUES(134,'reply',13,34,104,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e104.u105@desk.invalid','Re: [Desk #13] New keyboard, please',replace('Ben Burke wrote:\n\nHello Dana,\n\nit is on its way and should be with you on Monday.\n\nBen\n\n-- \nTicket #13: New keyboard, please\nhttp://127.0.0.1:8080/portal/tickets/13\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+13.105-3ldg5pz4je@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','','sent','',1,1795276200000000,1795276800000000,1795276200000000,NULL);
INSERT INTO outbox VALUES(135,'reply',13,34,104,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e104.u106@desk.invalid','Re: [Desk #13] New keyboard, please',replace('Ben Burke wrote:\n\nHello Dana,\n\nit is on its way and should be with you on Monday.\n\nBen\n\n-- \nTicket #13: New keyboard, please\nhttp://127.0.0.1:8080/portal/tickets/13\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+13.106-wx3szmqtvv@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','','sent','',1,1795276200000000,1795276800000000,1795276200000000,NULL);
INSERT INTO outbox VALUES(136,'reply',13,34,104,118,'dana@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e104.u118@desk.invalid','Re: [Desk #13] New keyboard, please',replace('Ben Burke wrote:\n\nHello Dana,\n\nit is on its way and should be with you on Monday.\n\nBen\n\n-- \nTicket #13: New keyboard, please\nhttp://127.0.0.1:8080/portal/tickets/13\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+13.118-d7sdwkbp5k@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','','sent','',1,1795276200000000,1795276800000000,1795276200000000,NULL);
INSERT INTO outbox VALUES(137,'reply',13,34,104,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e104.u101@desk.invalid','Re: [Desk #13] New keyboard, please',replace('Ben Burke wrote:\n\nHello Dana,\n\nit is on its way and should be with you on Monday.\n\nBen\n\n-- \nTicket #13 in support: New keyboard, please\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/13\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+13.101-vixm7qxwuy@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','','sent','',1,1795276200000000,1795276800000000,1795276200000000,NULL);
INSERT INTO outbox VALUES(138,'reply',13,34,104,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e104.u103@desk.invalid','Re: [Desk #13] New keyboard, please',replace('Ben Burke wrote:\n\nHello Dana,\n\nit is on its way and should be with you on Monday.\n\nBen\n\n-- \nTicket #13 in support: New keyboard, please\nFor: Acme Ltd\nhttp://127.0.0.1:8080/agent/tickets/13\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+13.103-i4mbn27qyz@desk.example','["keyboard.dana@acme.example","ticket-13@desk.invalid"]','','sent','',1,1795276200000000,1795276800000000,1795276200000000,NULL);
INSERT INTO outbox VALUES(139,'reply',12,35,107,106,'ruth@acme.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e107.u106@desk.invalid','Re: [Desk #12] Corvus: Postfach fast voll',replace('Ben Burke wrote:\n\nGood afternoon,\n\nit can. Cora as the owner of the contract would have to agree; I have put the question to her here.\n\n-- \nTicket #12: Corvus: Postfach fast voll\nhttp://127.0.0.1:8080/portal/tickets/12\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+12.106-euvifjnuxk@desk.example','["ticket-12@desk.invalid"]','','sent','',1,1795276800000000,1795277400000000,1795276800000000,NULL);
INSERT INTO outbox VALUES(140,'reply',12,35,107,108,'petra@borealis.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e107.u108@desk.invalid','Re: [Desk #12] Corvus: Postfach fast voll',replace('Ben Burke schrieb:\n\nGood afternoon,\n\nit can. Cora as the owner of the contract would have to agree; I have put the question to her here.\n\n-- \nTicket #12: Corvus: Postfach fast voll\nhttp://127.0.0.1:8080/portal/tickets/12\n\nSie erhalten diese Nachricht, weil Sie zu Corvus gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+12.108-ztjz2t4nn7@desk.example','["ticket-12@desk.invalid"]','','sent','',1,1795276800000000,1795277400000000,1795276800000000,NULL);
INSERT INTO outbox VALUES(141,'reply',12,35,107,109,'cora@corvus.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e107.u109@desk.invalid','Re: [Desk #12] Corvus: Postfach fast voll',replace('Ben Burke wrote:\n\nGood afternoon,\n\nit can. Cora as the owner of the contract would have to agree; I have put the question to her here.\n\n-- \nTicket #12: Corvus: Postfach fast voll\nhttp://127.0.0.1:8080/portal/tickets/12\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+12.109-dh7zuvbhmz@desk.example','["ticket-12@desk.invalid"]','','sent','',1,1795276800000000,1795277400000000,1795276800000000,NULL);
INSERT INTO outbox VALUES(142,'reply',12,35,107,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e107.u101@desk.invalid','Re: [Desk #12] Corvus: Postfach fast voll',replace('Ben Burke wrote:\n\nGood afternoon,\n\nit can. Cora as the owner of the contract would have to agree; I have put the question to her here.\n\n-- \nTicket #12 in support: Corvus: Postfach fast voll\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/12\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+12.101-3wvfxizftq@desk.example','["ticket-12@desk.invalid"]','','sent','',1,1795276800000000,1795277400000000,1795276800000000,NULL);
INSERT INTO outbox VALUES(143,'reply',12,35,107,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e107.u103@desk.invalid','Re: [Desk #12] Corvus: Postfach fast voll',replace('Ben Burke wrote:\n\nGood afternoon,\n\nit can. Cora as the owner of the contract would have to agree; I have put the question to her here.\n\n-- \nTicket #12 in support: Corvus: Postfach fast voll\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/12\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Ben Burke via Desk','support@desk.example','support+12.103-jphm6kh5cq@desk.example','["ticket-12@desk.invalid"]','','sent','',1,1795276800000000,1795277400000000,1795276800000000,NULL);
INSERT INTO outbox VALUES(144,'acknowledge',14,37,111,106,'ruth@acme.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e111.u106@desk.invalid','[Desk #14] Error 502 in the shop since this morning',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #14: Error 502 in the shop since this morning\nhttp://127.0.0.1:8080/portal/tickets/14\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+14.106-7f46gkabj4@desk.example','["ticket-14@desk.invalid"]','auto-replied','sent','',1,1795327200000000,1795327800000000,1795327200000000,NULL);
INSERT INTO outbox VALUES(145,'acknowledge',14,37,111,108,'petra@borealis.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e111.u108@desk.invalid','[Desk #14] Error 502 in the shop since this morning',replace('Vielen Dank für Ihre Nachricht. Wir haben dafür ein Ticket eröffnet und melden uns bei Ihnen.\n\nWenn Sie etwas hinzufügen möchten, antworten Sie einfach auf diese Nachricht.\n\n-- \nTicket #14: Error 502 in the shop since this morning\nhttp://127.0.0.1:8080/portal/tickets/14\n\nSie erhalten diese Nachricht, weil Sie zu Corvus gehören und damit Anfragender dieses Tickets sind.\n','\n',char(10)),'Desk','support@desk.example','support+14.108-27ru2b4nj5@desk.example','["ticket-14@desk.invalid"]','auto-replied','sent','',1,1795327200000000,1795327800000000,1795327200000000,NULL);
INSERT INTO outbox VALUES(146,'acknowledge',14,37,111,109,'cora@corvus.example','[{"Role":1,"Through":116,"OnQueue":false,"OneTime":false,"AutoText":""}]','e111.u109@desk.invalid','[Desk #14] Error 502 in the shop since this morning',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #14: Error 502 in the shop since this morning\nhttp://127.0.0.1:8080/portal/tickets/14\n\nYou get this letter because you belong to Corvus, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+14.109-slpdl5zwj6@desk.example','["ticket-14@desk.invalid"]','auto-replied','sent','',1,1795327200000000,1795327800000000,1795327200000000,NULL);
INSERT INTO outbox VALUES(147,'opened',14,37,111,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e111.u101@desk.invalid','[Desk #14] Error 502 in the shop since this morning',replace('Cora Crane opened a ticket:\n\nNobody can order anything. The page says “502 Bad Gateway”.\n\nCora\n\n-- \nTicket #14 in support: Error 502 in the shop since this morning\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/14\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+14.101-ljuivjkp5q@desk.example','["ticket-14@desk.invalid"]','','sent','',1,1795327200000000,1795327800000000,1795327200000000,NULL);
INSERT INTO outbox VALUES(148,'opened',14,37,111,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e111.u102@desk.invalid','[Desk #14] Error 502 in the shop since this morning',replace('Cora Crane opened a ticket:\n\nNobody can order anything. The page says “502 Bad Gateway”.\n\nCora\n\n-- \nTicket #14 in support: Error 502 in the shop since this morning\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/14\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+14.102-xlszo6jyij@desk.example','["ticket-14@desk.invalid"]','','sent','',1,1795327200000000,1795327800000000,1795327200000000,NULL);
INSERT INTO outbox VALUES(149,'opened',14,37,111,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e111.u103@desk.invalid','[Desk #14] Error 502 in the shop since this morning',replace('Cora Crane opened a ticket:\n\nNobody can order anything. The page says “502 Bad Gateway”.\n\nCora\n\n-- \nTicket #14 in support: Error 502 in the shop since this morning\nFor: Corvus\nhttp://127.0.0.1:8080/agent/tickets/14\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+14.103-agtyqh4alu@desk.example','["ticket-14@desk.invalid"]','','sent','',1,1795327200000000,1795327800000000,1795327200000000,NULL);
INSERT INTO outbox VALUES(150,'acknowledge',15,38,114,104,'bob@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e114.u104@desk.invalid','[Desk #15] From before',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #15: From before\nhttp://127.0.0.1:18762/portal/tickets/15\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+15.104-yrc3gbv4kc@desk.example','["before@acme.example","ticket-15@desk.invalid"]','auto-replied','waiting','',0,1795361454876353,1795361454876353,0,NULL);
INSERT INTO outbox VALUES(151,'acknowledge',15,38,114,105,'alice@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e114.u105@desk.invalid','[Desk #15] From before',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #15: From before\nhttp://127.0.0.1:18762/portal/tickets/15\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+15.105-kqarzq2nwh@desk.example','["before@acme.example","ticket-15@desk.invalid"]','auto-replied','waiting','',0,1795361454876489,1795361454876489,0,NULL);
INSERT INTO outbox VALUES(152,'acknowledge',15,38,114,106,'ruth@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e114.u106@desk.invalid','[Desk #15] From before',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #15: From before\nhttp://127.0.0.1:18762/portal/tickets/15\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+15.106-kdr6xt2dpw@desk.example','["before@acme.example","ticket-15@desk.invalid"]','auto-replied','waiting','',0,1795361454876541,1795361454876541,0,NULL);
INSERT INTO outbox VALUES(153,'acknowledge',15,38,114,118,'dana@acme.example','[{"Role":1,"Through":114,"OnQueue":false,"OneTime":false,"AutoText":""}]','e114.u118@desk.invalid','[Desk #15] From before',replace('Thank you for your message. We have opened a ticket for it and will get back to you.\n\nIf you have something to add, just answer this letter.\n\n-- \nTicket #15: From before\nhttp://127.0.0.1:18762/portal/tickets/15\n\nYou get this letter because you belong to Acme Ltd, which is requestor of this ticket.\n','\n',char(10)),'Desk','support@desk.example','support+15.118-m5ecjqccj3@desk.example','["before@acme.example","ticket-15@desk.invalid"]','auto-replied','waiting','',0,1795361454876558,1795361454876558,0,NULL);
INSERT INTO outbox VALUES(154,'opened',15,38,114,101,'anna@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e114.u101@desk.invalid','[Desk #15] From before',replace('Alice Archer opened a ticket:\n\nA letter of the old days.\n\n-- \nTicket #15 in support: From before\nFor: Acme Ltd\nhttp://127.0.0.1:18762/agent/tickets/15\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+15.101-yqvfaztazd@desk.example','["before@acme.example","ticket-15@desk.invalid"]','','waiting','',0,1795361454876602,1795361454876602,0,NULL);
INSERT INTO outbox VALUES(155,'opened',15,38,114,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e114.u102@desk.invalid','[Desk #15] From before',replace('Alice Archer opened a ticket:\n\nA letter of the old days.\n\n-- \nTicket #15 in support: From before\nFor: Acme Ltd\nhttp://127.0.0.1:18762/agent/tickets/15\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+15.102-sipgpkr7vq@desk.example','["before@acme.example","ticket-15@desk.invalid"]','','waiting','',0,1795361454876618,1795361454876618,0,NULL);
INSERT INTO outbox VALUES(156,'opened',15,38,114,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e114.u103@desk.invalid','[Desk #15] From before',replace('Alice Archer opened a ticket:\n\nA letter of the old days.\n\n-- \nTicket #15 in support: From before\nFor: Acme Ltd\nhttp://127.0.0.1:18762/agent/tickets/15\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Desk','support@desk.example','support+15.103-2mw3uzfhmp@desk.example','["before@acme.example","ticket-15@desk.invalid"]','','waiting','',0,1795361454876635,1795361454876635,0,NULL);
INSERT INTO outbox VALUES(157,'opened',16,39,117,102,'ben@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e117.u102@desk.invalid','[Desk #16] Opened by the old program',replace('Anna Abel opened a ticket:\n\nGrüße aus der alten Zeit\n\n-- \nTicket #16 in support: Opened by the old program\nhttp://127.0.0.1:18762/agent/tickets/16\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Anna Abel via Desk','support@desk.example','support+16.102-xgddzi5esg@desk.example','["ticket-16@desk.invalid"]','','waiting','',0,1795361455901717,1795361455901717,0,NULL);
INSERT INTO outbox VALUES(158,'opened',16,39,117,103,'carla@desk.example','[{"Role":3,"Through":111,"OnQueue":true,"OneTime":false,"AutoText":""}]','e117.u103@desk.invalid','[Desk #16] Opened by the old program',replace('Anna Abel opened a ticket:\n\nGrüße aus der alten Zeit\n\n-- \nTicket #16 in support: Opened by the old program\nhttp://127.0.0.1:18762/agent/tickets/16\n\nYou get this letter because you belong to Support, which is in AdminCc of the queue support.\n','\n',char(10)),'Anna Abel via Desk','support@desk.example','support+16.103-urkgmtpntt@desk.example','["ticket-16@desk.invalid"]','','waiting','',0,1795361455901769,1795361455901769,0,NULL);
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
INSERT INTO session VALUES('cb215484ffa4c839047819361a0392e502a70991b98feb486b7443d8cb93ffe5',102,1795361455162275,1795361455162275,'curl/7.88.1','127.0.0.1');
CREATE TABLE token (
    digest    TEXT NOT NULL PRIMARY KEY,
    kind      TEXT NOT NULL,
    user_id   BIGINT NOT NULL REFERENCES desk_user (id),
    name      TEXT NOT NULL,
    created   BIGINT NOT NULL,
    until     BIGINT NOT NULL,
    last_used BIGINT NOT NULL
);
INSERT INTO token VALUES('36fc9de7426c1f22bc4ddaab55d81fcfd7df14b7f322205e066ae5d94ed447c6','api',101,'old',1795361454432860,0,0);
CREATE TABLE setting (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
INSERT INTO setting VALUES('customers_on_tickets','replace off off');
CREATE TABLE secret (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
INSERT INTO secret VALUES('reply-address','0eaaa0a1d018abbdd85e597e3f1dae15dbcc6d563f5218ce151a37892322ebee');
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
, change BIGINT NOT NULL DEFAULT 0);
INSERT INTO audit VALUES(1,1794614400000000,0,'cli','user.create','user:anna','','login: anna; name: Anna Abel; kind: agent; disabled: false; addresses: anna@desk.example','61ed3d71b550a1ced0a779cf3cccf60ec1b7cc50d53a52886e81fe590f2e7645',1);
INSERT INTO audit VALUES(2,1794614400000000,0,'cli','user.password','user:anna','','','57c1e3bfa487faa9445cfe2bc4b28c6dae0af2248a6d161a641c8bfb3eddd0f6',2);
INSERT INTO audit VALUES(3,1794614400000000,0,'cli','user.create','user:ben','','login: ben; name: Ben Burke; kind: agent; disabled: false; addresses: ben@desk.example','20e8a0fbe2f93ac58bbb19b04d21f102fa5f49f8a98ba1f293c26d5e1100fbc2',3);
INSERT INTO audit VALUES(4,1794614400000000,0,'cli','user.password','user:ben','','','9f7eaa6d2da078fdc928310f65c754ca580f84430ca956a3f8c4ecd3850b2fc9',4);
INSERT INTO audit VALUES(5,1794614400000000,0,'cli','user.create','user:carla','','login: carla; name: Carla Costa; kind: agent; disabled: false; addresses: carla@desk.example','4f0dba7f596e377adb45d84cb6116e278e94cfad86496c991ed147fee8d0ebd6',5);
INSERT INTO audit VALUES(6,1794614400000000,0,'cli','user.password','user:carla','','','f3c8fc2fd5d2a9349a7d42569c9b6233a762fa348bca12a2f4fc6b21e2ef06b9',6);
INSERT INTO audit VALUES(7,1794614400000000,0,'cli','user.create','user:bob','','login: bob; name: Bob Baker; kind: contact; disabled: false; addresses: bob@acme.example','0d8290c4ad25a38379f825a3cf9cb11157fb5340d62e57acbac4684bbecba636',7);
INSERT INTO audit VALUES(8,1794614400000000,0,'cli','user.password','user:bob','','','0c83866ce434ca1bfb0103dea8be3147b41138c57ca6419072cc9aca5ab9836a',8);
INSERT INTO audit VALUES(9,1794614400000000,0,'cli','user.create','user:alice','','login: alice; name: Alice Archer; kind: contact; disabled: false; addresses: alice@acme.example','41450f96608a04d20c3fbdbc6f45f377420dd55601b64ddb9a19e8d05f765095',9);
INSERT INTO audit VALUES(10,1794614400000000,0,'cli','user.password','user:alice','','','2a682512030f29cfce395750becd1cfda9b67bf89b5c2e83da618cd890b617a9',10);
INSERT INTO audit VALUES(11,1794614400000000,0,'cli','user.create','user:ruth','','login: ruth; name: Ruth Reed; kind: contact; disabled: false; addresses: ruth@acme.example','197f78a7df4c671ed040c6b7c635da573e71b2fd7cecb19f9e7ec24e906f6dd0',11);
INSERT INTO audit VALUES(12,1794614400000000,0,'cli','user.password','user:ruth','','','c81688b3f32819f9f6db68638babe684de069e4a5edd54757329f93b8c3e5235',12);
INSERT INTO audit VALUES(13,1794614400000000,0,'cli','user.create','user:jonas','','login: jonas; name: Jonas Jansen; kind: contact; disabled: false; addresses: jonas@borealis.example','e9b8fc8b0fce6ca58c896b84b59a6ea0effcd7d9f071b0c2f4bb2eb6b81eb5c2',13);
INSERT INTO audit VALUES(14,1794614400000000,0,'cli','user.password','user:jonas','','','940839cff0ec16eefcbc98aa0d87d2ce6b8db8f60209a7164b4f17205a943276',14);
INSERT INTO audit VALUES(15,1794614400000000,0,'cli','user.create','user:petra','','login: petra; name: Petra Peters; kind: contact; disabled: false; addresses: petra@borealis.example','9800a2e274e76c5a9118f8ac98578a5ada56378e4c02d5d984a5e732bc250d2b',15);
INSERT INTO audit VALUES(16,1794614400000000,0,'cli','user.password','user:petra','','','aeaede70fc1c6566b5cde1ed4c93506046251f1683a05a1cc21c1865a6dc7c04',16);
INSERT INTO audit VALUES(17,1794614400000000,0,'cli','user.create','user:cora','','login: cora; name: Cora Crane; kind: contact; disabled: false; addresses: cora@corvus.example','7f4452c768a807808b10203c019b110dfe01b87988335512240502cd18831a13',17);
INSERT INTO audit VALUES(18,1794614400000000,0,'cli','user.password','user:cora','','','cc575d494f4dd690e298b8f6afc95211d36d4f2f7b80dc760c70ea3d1be4b25a',18);
INSERT INTO audit VALUES(19,1794614400000000,0,'cli','group.create','group:Staff','','name: Staff; disabled: false','e5ac3b0c54918c47bf58f4baa7bd10de1ad9bf9d994cb786c3af4a281c960e28',19);
INSERT INTO audit VALUES(20,1794614400000000,0,'cli','group.create','group:Support','','name: Support; disabled: false','e26e45c89e0e503cf98652da842368657cf79dcf7fcfbceb020c540226b90aa4',20);
INSERT INTO audit VALUES(21,1794614400000000,0,'cli','group.create','group:Billing','','name: Billing; disabled: false','9ea28ba40dbd6f4696bdaa0034c273c58d12278f9805cc01b26bb1dd6891c2fa',21);
INSERT INTO audit VALUES(22,1794614400000000,0,'cli','group.create','group:Managers','','name: Managers; disabled: false','1e43c881969dc846732851e1040ad789b222d6e61dc5c4bac93b35a2e990f193',22);
INSERT INTO audit VALUES(23,1794614400000000,0,'cli','customer.create','customer:acme','','key: acme; name: Acme Ltd; disabled: false; domains: acme.example; auto_join: true; ask_first: false; own_only: false','99e3153143747c3b53011bd1f190588649b19db479acc5ce7f637ff9ceefc082',23);
INSERT INTO audit VALUES(24,1794614400000000,0,'cli','customer.create','customer:borealis','','key: borealis; name: Borealis GmbH; disabled: false; domains: borealis.example; auto_join: false; ask_first: false; own_only: false','b9a76f80f00d7c9b2e19d80d0f6d78a51c33169cf943b9f07352ff8f33de6d41',24);
INSERT INTO audit VALUES(25,1794614400000000,0,'cli','customer.create','customer:corvus','','key: corvus; name: Corvus; disabled: false; domains: corvus.example; auto_join: false; ask_first: false; own_only: false','46ced8dba3eee14d1b3005f10648beff2376d0bc46c0576cb7b9811545d23b5f',25);
INSERT INTO audit VALUES(26,1794614400000000,0,'cli','setting.set','customers_on_tickets','','replace off off','8632faff7cf75523eae7adb91233123a2ee468faaebcde22593485dc44e71e11',26);
INSERT INTO audit VALUES(27,1794614400000000,0,'cli','member.add','group:Staff','','member: 111','29ba857cebbd8b8afefb8124fe2bb253a16cfaa10ecbbbd4b876fccb46ba5bd9',27);
INSERT INTO audit VALUES(28,1794614400000000,0,'cli','member.add','group:Staff','','member: 112','319b1fc0e2485b0e03d87a9f3a9f93d16566f3dc87c8bb01c84656495d7a327e',28);
INSERT INTO audit VALUES(29,1794614400000000,0,'cli','member.add','group:Support','','member: 113','23aa97c56cf236e0a90b85d37f7e9013b738b3039bb36c2fed2d4f49c1388edf',29);
INSERT INTO audit VALUES(30,1794614400000000,0,'cli','member.add','group:Billing','','member: 113','fe64f43de1c6f287f84b701078c4f24d49d0822127b539c78e87f4fd3e56bc61',30);
INSERT INTO audit VALUES(31,1794614400000000,0,'cli','member.add','group:Managers','','member: 101','48e7fcf3323f95b0e02ca180801832d37ebbfbdc5dcfed30a2e75a55b392b45c',31);
INSERT INTO audit VALUES(32,1794614400000000,0,'cli','member.add','group:Support','','member: 102','d33f5933507fa59e40e9b0ee1f006d05eee3bca206c86461c013a252f192f27d',32);
INSERT INTO audit VALUES(33,1794614400000000,0,'cli','member.add','group:Support','','member: 103','a221a441159e07a89e3451100353e13c9503bdb87b673e5c157a7b4457938b18',33);
INSERT INTO audit VALUES(34,1794614400000000,0,'cli','member.add','group:Billing','','member: 103','d51dad6644c5cadf7f754a9d76df9935a2f0b6cc93a9fa5965e964690b80a37a',34);
INSERT INTO audit VALUES(35,1794614400000000,0,'cli','member.add','customer:acme','','member: 104; part: manager; primary: true','b0a6ced580609aaedec7ab8f9a9faad36212a599366c91caa0778ecb2e11da61',35);
INSERT INTO audit VALUES(36,1794614400000000,0,'cli','member.add','customer:acme','','member: 105; part: member; primary: true','b3620fc4d33b9590d235f60bdc899b23858a17b982a689ac5762b04e7c1c766f',36);
INSERT INTO audit VALUES(37,1794614400000000,0,'cli','member.add','customer:acme','','member: 106; part: reader; primary: true','b61cfe7a572cc9b848a8112b3ca73e0ac95cf5bd25a475384b6fb50a59c58508',37);
INSERT INTO audit VALUES(38,1794614400000000,0,'cli','member.add','customer:borealis','','member: 107; part: manager; primary: true','4cfa73ac63189d1e8eead99b9006cd06a85dcd55991a1a850fd4905b38a9c1a9',38);
INSERT INTO audit VALUES(39,1794614400000000,0,'cli','member.add','customer:borealis','','member: 108; part: member; primary: true','ab6ef489e506b194d3c4e26a29cd6623a4a202da4032fec62e3758b7d81d087d',39);
INSERT INTO audit VALUES(40,1794614400000000,0,'cli','member.add','customer:corvus','','member: 109; part: member; primary: true','a62ce20add7f8af1984d7af818a5946054a590db012d74c9bb6098674b1569f6',40);
INSERT INTO audit VALUES(41,1794614400000000,0,'cli','member.add','customer:corvus','','member: 108; part: member; primary: false','efdb14c5621aaff08881b188237296e9c71532c617bd33c6cf0054e428954d33',41);
INSERT INTO audit VALUES(42,1794614400000000,0,'cli','member.add','customer:corvus','','member: 106; part: reader; primary: false','71d505ce3e87943ba40dab83b418195ef30316935d8cc60f150dcf9ae0ecc6f7',42);
INSERT INTO audit VALUES(43,1794614400000000,0,'cli','queue.create','queue:support','','name: support; disabled: false; access_group: 111; address: support@desk.example; comment_address: support-comment@desk.example','03556a47bc7d96286a9dd1cf41c714ffafcf599ed6a51b2371992b47b30e0ee5',43);
INSERT INTO audit VALUES(44,1794614400000000,0,'cli','queue.create','queue:billing','','name: billing; disabled: false; access_group: 112; address: billing@desk.example; comment_address: billing-comment@desk.example','05e6079c0668a4e82aa284b2b10776f4c6fa2f1a361c50a78fef2ee346699e26',44);
INSERT INTO audit VALUES(45,1794614400000000,0,'cli','queue.create','queue:internal','','name: internal; disabled: false; access_group: 110; address: ; comment_address: ','55d3da399e853caa4035b44f330948eb8deb74111d04bed878bf9602c699a0b9',45);
INSERT INTO audit VALUES(46,1794614400000000,0,'cli','watcher.add','queue:2 role:3','','112','1d09c4675dca48706e0ecf4507fefadff8fd4b55dc4e0cb223e6451437d75bbb',46);
INSERT INTO audit VALUES(47,1794614400000000,0,'cli','watcher.add','queue:1 role:3','','111','45bc297f74149f13f73c5b6782decba2b616f28482f6875cb14e0ce220256e46',47);
INSERT INTO audit VALUES(48,1794614400000000,0,'cli','grant.add','system','','who: 101; what: SuperUser; where: system','f527fb9edcd0a329ee41b6aef07f8d8cdc90313af345479dadff62540d0dabea',48);
INSERT INTO audit VALUES(49,1794614400000000,0,'cli','grant.add','queue:support','','who: 1; what: CreateTicket; where: queue:support','e5a055e1a0bc65f9bd11bdf53c1ac06cc32b1089135d1c807e20f1cfe33277ab',49);
INSERT INTO audit VALUES(50,1794614400000000,0,'cli','grant.add','queue:support','','who: 1; what: SeeQueue; where: queue:support','6ccd4e67a45664ee4c6fa1d2a865dedaf398799bc17383f064a2feda3561265a',50);
INSERT INTO audit VALUES(51,1794614400000000,0,'cli','grant.add','queue:support','','who: 1; what: ShowTicket; where: queue:support; as: 1,2,5','9498f551a21b2c5af512019125afe1390ef139fd3c5127be2453c942f6ae04ee',51);
INSERT INTO audit VALUES(52,1794614400000000,0,'cli','grant.add','queue:support','','who: 1; what: ReplyToTicket; where: queue:support; as: 1,2,5','0ccbadb940c31b455d8bfb8b16e21f5b4f58c719b825a80a9c05327175b8d8fd',52);
INSERT INTO audit VALUES(53,1794614400000000,0,'cli','grant.add','group:Billing','','who: 3; what: rw; where: group:Billing; as: 1,5','0fba014d9f5bce9ef654b722fd8a404a0b095414ecf3f082c634de1828f44350',53);
INSERT INTO audit VALUES(54,1794614400000000,0,'cli','grant.add','group:Support','','who: 111; what: rw; where: group:Support','18f55d80b5746d4864ed9f48db7507559bc4adce052a75af4e1d89f89cc73bea',54);
INSERT INTO audit VALUES(55,1794614400000000,0,'cli','grant.add','group:Billing','','who: 112; what: rw; where: group:Billing','cd0d294daa9fd0a0bc3a6c39b6c607294db36bfa9ccc2d50bcc8e71492b46b3f',55);
INSERT INTO audit VALUES(56,1794614400000000,0,'cli','grant.add','group:Staff','','who: 110; what: rw; where: group:Staff','a5cf864637e62835b967971f4131133f06adecdc5b3dda3afbeee98ce12b42af',56);
INSERT INTO audit VALUES(57,1794614400000000,0,'cli','grant.add','system','','who: 1; what: ModifySelf; where: system','106b79aed9c4952e2bf5203af67d5d975fcfb25934f0bf8a2fd308774f9577a8',57);
INSERT INTO audit VALUES(58,1794614400000000,0,'cli','grant.add','system','','who: 2; what: SeeCustomer; where: system','1ce599cdf6509dc8e6beae511374c0f771dd6638e4f492bdd520cbeefdda86e2',58);
INSERT INTO audit VALUES(59,1794614400000000,0,'cli','grant.add','system','','who: 2; what: SeeGroup; where: system','6acd2f1c4bbb04e662ca774097190cc550e190066e5d32a85582ea723d91afea',59);
INSERT INTO audit VALUES(60,1794614400000000,0,'cli','grant.add','system','','who: 2; what: ManageAuthTokens; where: system','05b5cbe8546ae7a7848a0d58ba10bd4c10c78846e049b28d2a6f5ba799787fda',60);
INSERT INTO audit VALUES(61,1794614400000000,0,'cli','grant.add','system','','who: 113; what: ShowConfigTab; where: system','5b5e58e2d1e3f75bc1d44e869ae227ff9a6e5114a27f1fabc47a5f53eb7d80e5',61);
INSERT INTO audit VALUES(62,1794614400000000,0,'cli','grant.add','system','','who: 113; what: AdminCustomers; where: system','6931086440f47183166061e4cd35498317a9dcb736b1f4f4b430162e673cc116',62);
INSERT INTO audit VALUES(63,1794614400000000,0,'cli','grant.add','system','','who: 113; what: ShowACL; where: system','c79171cb60878f721766438f5bf94fc39c33edac725e5c2f1840db788b9dad2d',63);
INSERT INTO audit VALUES(64,1794614400000000,0,'cli','grant.add','system','','who: 113; what: DeleteTicket; where: system','ad1acdbcc3410a2a8a9561b0a2c883b7990be9b4d822ef2dc08ce7f2f380d884',64);
INSERT INTO audit VALUES(65,1795140000000000,0,'mail','user.create','user:winner@lottery.example','','login: winner@lottery.example; name: Prize Office; kind: contact; disabled: false; addresses: winner@lottery.example','26d341b5ecdb7034bff0c0130e6033bc7b23af5e3f28c6ec560067c5cfd3358b',65);
INSERT INTO audit VALUES(66,1795273200000000,0,'mail','user.create','user:dana@acme.example','','login: dana@acme.example; name: Dana Dorn; kind: contact; disabled: false; addresses: dana@acme.example','fec1529a4b9d93d209d634ef75f984606f9540a606971f5661e50938d7664848',66);
INSERT INTO audit VALUES(67,1795273200000000,0,'mail','member.add','customer:acme','','member: 118; part: member; primary: true; by mail domain: acme.example','6dae813dded433406e8d4249252037c2189c027267f0c2de7de0c97ea015432d',66);
INSERT INTO audit VALUES(68,1795361454432927,0,'cli','token.create','user:anna','','name: old','73a3bfb55c048095673c4e0a8748ccb4f57b8e37b3d7a896af335c42dc347615',68);
INSERT INTO audit VALUES(69,1795361455162937,102,'web','session.start','user:ben','','from: 127.0.0.1','f0ca5ca94623121d33ca4bd58ad90a9ba15b16026b83b4730b7b6297d4fda834',69);
CREATE TABLE audit_head (
    id   SMALLINT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL,
    hash TEXT NOT NULL
, checked_at BIGINT NOT NULL DEFAULT 0, checked_bad BIGINT NOT NULL DEFAULT 0, right_at BIGINT NOT NULL DEFAULT 0, right_line BIGINT NOT NULL DEFAULT 0);
INSERT INTO audit_head VALUES(1,69,'f0ca5ca94623121d33ca4bd58ad90a9ba15b16026b83b4730b7b6297d4fda834',0,0,0,0);
CREATE TABLE form_token (
    token  TEXT NOT NULL PRIMARY KEY,
    result TEXT NOT NULL,
    at     BIGINT NOT NULL
);
INSERT INTO form_token VALUES('101 api 101 ticket once','16',1795361455193015);
CREATE TABLE access_fact (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    line       BIGINT,
    kind       TEXT NOT NULL,
    before_row TEXT,
    after_row  TEXT
);
INSERT INTO access_fact VALUES(1,1,'user',NULL,'{"id":101,"kind":1,"disabled":0}');
INSERT INTO access_fact VALUES(2,3,'user',NULL,'{"id":102,"kind":1,"disabled":0}');
INSERT INTO access_fact VALUES(3,5,'user',NULL,'{"id":103,"kind":1,"disabled":0}');
INSERT INTO access_fact VALUES(4,7,'user',NULL,'{"id":104,"kind":2,"disabled":0}');
INSERT INTO access_fact VALUES(5,9,'user',NULL,'{"id":105,"kind":2,"disabled":0}');
INSERT INTO access_fact VALUES(6,11,'user',NULL,'{"id":106,"kind":2,"disabled":0}');
INSERT INTO access_fact VALUES(7,13,'user',NULL,'{"id":107,"kind":2,"disabled":0}');
INSERT INTO access_fact VALUES(8,15,'user',NULL,'{"id":108,"kind":2,"disabled":0}');
INSERT INTO access_fact VALUES(9,17,'user',NULL,'{"id":109,"kind":2,"disabled":0}');
INSERT INTO access_fact VALUES(10,19,'group',NULL,'{"id":110,"disabled":0,"personal":null}');
INSERT INTO access_fact VALUES(11,20,'group',NULL,'{"id":111,"disabled":0,"personal":null}');
INSERT INTO access_fact VALUES(12,21,'group',NULL,'{"id":112,"disabled":0,"personal":null}');
INSERT INTO access_fact VALUES(13,22,'group',NULL,'{"id":113,"disabled":0,"personal":null}');
INSERT INTO access_fact VALUES(14,23,'customer',NULL,'{"id":114,"disabled":0,"own_only":0}');
INSERT INTO access_fact VALUES(15,24,'customer',NULL,'{"id":115,"disabled":0,"own_only":0}');
INSERT INTO access_fact VALUES(16,25,'customer',NULL,'{"id":116,"disabled":0,"own_only":0}');
INSERT INTO access_fact VALUES(17,27,'membership',NULL,'{"group_id":110,"member":111,"part":0,"is_primary":0,"source":"hand","from_day":0,"until_day":0}');
INSERT INTO access_fact VALUES(18,28,'membership',NULL,'{"group_id":110,"member":112,"part":0,"is_primary":0,"source":"hand","from_day":0,"until_day":0}');
INSERT INTO access_fact VALUES(19,29,'membership',NULL,'{"group_id":111,"member":113,"part":0,"is_primary":0,"source":"hand","from_day":0,"until_day":0}');
INSERT INTO access_fact VALUES(20,30,'membership',NULL,'{"group_id":112,"member":113,"part":0,"is_primary":0,"source":"hand","from_day":0,"until_day":0}');
INSERT INTO access_fact VALUES(21,31,'membership',NULL,'{"group_id":113,"member":101,"part":0,"is_primary":0,"source":"hand","from_day":0,"until_day":0}');
INSERT INTO access_fact VALUES(22,32,'membership',NULL,'{"group_id":111,"member":102,"part":0,"is_primary":0,"source":"hand","from_day":0,"until_day":0}');
INSERT INTO access_fact VALUES(23,33,'membership',NULL,'{"group_id":111,"member":103,"part":0,"is_primary":0,"source":"hand","from_day":0,"until_day":0}');
INSERT INTO access_fact VALUES(24,34,'membership',NULL,'{"group_id":112,"member":103,"part":0,"is_primary":0,"source":"hand","from_day":0,"until_day":0}');
INSERT INTO access_fact VALUES(25,35,'membership',NULL,'{"group_id":114,"member":104,"part":4,"is_primary":1,"source":"hand","from_day":0,"until_day":0}');
INSERT INTO access_fact VALUES(26,36,'membership',NULL,'{"group_id":114,"member":105,"part":3,"is_primary":1,"source":"hand","from_day":0,"until_day":0}');
INSERT INTO access_fact VALUES(27,37,'membership',NULL,'{"group_id":114,"member":106,"part":2,"is_primary":1,"source":"hand","from_day":0,"until_day":0}');
INSERT INTO access_fact VALUES(28,38,'membership',NULL,'{"group_id":115,"member":107,"part":4,"is_primary":1,"source":"hand","from_day":0,"until_day":0}');
INSERT INTO access_fact VALUES(29,39,'membership',NULL,'{"group_id":115,"member":108,"part":3,"is_primary":1,"source":"hand","from_day":0,"until_day":0}');
INSERT INTO access_fact VALUES(30,40,'membership',NULL,'{"group_id":116,"member":109,"part":3,"is_primary":1,"source":"hand","from_day":0,"until_day":0}');
INSERT INTO access_fact VALUES(31,41,'membership',NULL,'{"group_id":116,"member":108,"part":3,"is_primary":0,"source":"hand","from_day":0,"until_day":0}');
INSERT INTO access_fact VALUES(32,42,'membership',NULL,'{"group_id":116,"member":106,"part":2,"is_primary":0,"source":"hand","from_day":0,"until_day":0}');
INSERT INTO access_fact VALUES(33,43,'queue',NULL,'{"id":1,"access_group":111,"disabled":0}');
INSERT INTO access_fact VALUES(34,44,'queue',NULL,'{"id":2,"access_group":112,"disabled":0}');
INSERT INTO access_fact VALUES(35,45,'queue',NULL,'{"id":3,"access_group":110,"disabled":0}');
INSERT INTO access_fact VALUES(36,46,'watcher',NULL,'{"queue":2,"role":3,"who":112}');
INSERT INTO access_fact VALUES(37,47,'watcher',NULL,'{"queue":1,"role":3,"who":111}');
INSERT INTO access_fact VALUES(38,48,'grant',NULL,'{"id":1,"who":101,"as_roles":0,"right_name":"SuperUser","permission":null,"place_kind":1,"place_id":0,"until_day":0,"source":null,"delegator":null}');
INSERT INTO access_fact VALUES(39,49,'grant',NULL,'{"id":2,"who":1,"as_roles":0,"right_name":"CreateTicket","permission":null,"place_kind":3,"place_id":1,"until_day":0,"source":null,"delegator":null}');
INSERT INTO access_fact VALUES(40,50,'grant',NULL,'{"id":3,"who":1,"as_roles":0,"right_name":"SeeQueue","permission":null,"place_kind":3,"place_id":1,"until_day":0,"source":null,"delegator":null}');
INSERT INTO access_fact VALUES(41,51,'grant',NULL,'{"id":4,"who":1,"as_roles":38,"right_name":"ShowTicket","permission":null,"place_kind":3,"place_id":1,"until_day":0,"source":null,"delegator":null}');
INSERT INTO access_fact VALUES(42,52,'grant',NULL,'{"id":5,"who":1,"as_roles":38,"right_name":"ReplyToTicket","permission":null,"place_kind":3,"place_id":1,"until_day":0,"source":null,"delegator":null}');
INSERT INTO access_fact VALUES(43,53,'grant',NULL,'{"id":6,"who":3,"as_roles":34,"right_name":"","permission":7,"place_kind":2,"place_id":112,"until_day":0,"source":null,"delegator":null}');
INSERT INTO access_fact VALUES(44,54,'grant',NULL,'{"id":7,"who":111,"as_roles":0,"right_name":"","permission":7,"place_kind":2,"place_id":111,"until_day":0,"source":null,"delegator":null}');
INSERT INTO access_fact VALUES(45,55,'grant',NULL,'{"id":8,"who":112,"as_roles":0,"right_name":"","permission":7,"place_kind":2,"place_id":112,"until_day":0,"source":null,"delegator":null}');
INSERT INTO access_fact VALUES(46,56,'grant',NULL,'{"id":9,"who":110,"as_roles":0,"right_name":"","permission":7,"place_kind":2,"place_id":110,"until_day":0,"source":null,"delegator":null}');
INSERT INTO access_fact VALUES(47,57,'grant',NULL,'{"id":10,"who":1,"as_roles":0,"right_name":"ModifySelf","permission":null,"place_kind":1,"place_id":0,"until_day":0,"source":null,"delegator":null}');
INSERT INTO access_fact VALUES(48,58,'grant',NULL,'{"id":11,"who":2,"as_roles":0,"right_name":"SeeCustomer","permission":null,"place_kind":1,"place_id":0,"until_day":0,"source":null,"delegator":null}');
INSERT INTO access_fact VALUES(49,59,'grant',NULL,'{"id":12,"who":2,"as_roles":0,"right_name":"SeeGroup","permission":null,"place_kind":1,"place_id":0,"until_day":0,"source":null,"delegator":null}');
INSERT INTO access_fact VALUES(50,60,'grant',NULL,'{"id":13,"who":2,"as_roles":0,"right_name":"ManageAuthTokens","permission":null,"place_kind":1,"place_id":0,"until_day":0,"source":null,"delegator":null}');
INSERT INTO access_fact VALUES(51,61,'grant',NULL,'{"id":14,"who":113,"as_roles":0,"right_name":"ShowConfigTab","permission":null,"place_kind":1,"place_id":0,"until_day":0,"source":null,"delegator":null}');
INSERT INTO access_fact VALUES(52,62,'grant',NULL,'{"id":15,"who":113,"as_roles":0,"right_name":"AdminCustomers","permission":null,"place_kind":1,"place_id":0,"until_day":0,"source":null,"delegator":null}');
INSERT INTO access_fact VALUES(53,63,'grant',NULL,'{"id":16,"who":113,"as_roles":0,"right_name":"ShowACL","permission":null,"place_kind":1,"place_id":0,"until_day":0,"source":null,"delegator":null}');
INSERT INTO access_fact VALUES(54,64,'grant',NULL,'{"id":17,"who":113,"as_roles":0,"right_name":"DeleteTicket","permission":null,"place_kind":1,"place_id":0,"until_day":0,"source":null,"delegator":null}');
INSERT INTO access_fact VALUES(55,65,'user',NULL,'{"id":117,"kind":2,"disabled":0}');
INSERT INTO access_fact VALUES(56,66,'user',NULL,'{"id":118,"kind":2,"disabled":0}');
INSERT INTO access_fact VALUES(57,67,'membership',NULL,'{"group_id":114,"member":118,"part":3,"is_primary":1,"source":"domain","from_day":0,"until_day":0}');
CREATE TABLE directory (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT NOT NULL,
    folded   TEXT NOT NULL UNIQUE,
    kind     TEXT NOT NULL,
    place    INTEGER NOT NULL,
    disabled SMALLINT NOT NULL,
    config   TEXT NOT NULL,
    secret   TEXT NOT NULL,
    adopt    SMALLINT NOT NULL,
    every    BIGINT NOT NULL,
    max_loss INTEGER NOT NULL,
    groups   TEXT NOT NULL,
    run      BIGINT NOT NULL,
    next     BIGINT NOT NULL,
    confirm  SMALLINT NOT NULL
, keep BIGINT NOT NULL DEFAULT 0);
CREATE TABLE directory_user (
    user_id   BIGINT NOT NULL PRIMARY KEY REFERENCES desk_user (id),
    directory BIGINT NOT NULL REFERENCES directory (id),
    entry     TEXT NOT NULL,
    run       BIGINT NOT NULL,
    gone      SMALLINT NOT NULL
);
CREATE TABLE directory_report (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    directory BIGINT NOT NULL REFERENCES directory (id),
    run       BIGINT NOT NULL,
    started   BIGINT NOT NULL,
    ended     BIGINT NOT NULL,
    state     TEXT NOT NULL,
    seen      BIGINT NOT NULL,
    added     BIGINT NOT NULL,
    changed   BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    gone      BIGINT NOT NULL,
    bad       BIGINT NOT NULL,
    text      TEXT NOT NULL
);
CREATE TABLE pending_member (
    customer BIGINT NOT NULL REFERENCES customer (id),
    user_id  BIGINT NOT NULL REFERENCES desk_user (id),
    domain   TEXT NOT NULL,
    since    BIGINT NOT NULL,
    refused  SMALLINT NOT NULL,
    PRIMARY KEY (customer, user_id)
);
CREATE TABLE mail_policy (
    queue  BIGINT NOT NULL PRIMARY KEY,
    policy TEXT NOT NULL
);
CREATE TABLE suggestion (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket   BIGINT NOT NULL REFERENCES ticket (id),
    spool    BIGINT NOT NULL UNIQUE REFERENCES spool (id),
    address  TEXT NOT NULL,
    name     TEXT NOT NULL,
    subject  TEXT NOT NULL,
    excerpt  TEXT NOT NULL,
    reason   TEXT NOT NULL,
    at       BIGINT NOT NULL,
    decision TEXT NOT NULL,
    by_user  BIGINT REFERENCES desk_user (id),
    decided  BIGINT NOT NULL
);
CREATE TABLE bounced_address (
    folded TEXT NOT NULL PRIMARY KEY,
    reason TEXT NOT NULL,
    at     BIGINT NOT NULL,
    count  INTEGER NOT NULL,
    paused SMALLINT NOT NULL
);
CREATE TABLE mail_account (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    name         TEXT NOT NULL,
    folded       TEXT NOT NULL UNIQUE,
    account      TEXT NOT NULL,
    uid_validity BIGINT NOT NULL,
    last_uid     BIGINT NOT NULL,
    said         TEXT NOT NULL,
    at           BIGINT NOT NULL
);
CREATE TABLE rule (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    name          TEXT NOT NULL,
    folded        TEXT NOT NULL UNIQUE,
    queue         BIGINT REFERENCES queue (id),
    stage         SMALLINT NOT NULL,
    place         INTEGER NOT NULL,
    triggers      TEXT NOT NULL,
    timed         SMALLINT NOT NULL,
    rule          TEXT NOT NULL,
    enabled       SMALLINT NOT NULL,
    parked_reason TEXT NOT NULL,
    parked_ticket BIGINT REFERENCES ticket (id),
    parked_at     BIGINT NOT NULL,
    author        BIGINT REFERENCES desk_user (id),
    changed       BIGINT NOT NULL,
    version       BIGINT NOT NULL
);
CREATE TABLE rule_run (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    rule   BIGINT NOT NULL REFERENCES rule (id),
    ticket BIGINT NOT NULL REFERENCES ticket (id),
    event  BIGINT REFERENCES event (id),
    moment BIGINT NOT NULL,
    at     BIGINT NOT NULL,
    state  TEXT NOT NULL,
    what   TEXT NOT NULL,
    tries  INTEGER NOT NULL
);
CREATE TABLE rule_clock (
    id   SMALLINT NOT NULL PRIMARY KEY,
    next BIGINT NOT NULL
);
INSERT INTO rule_clock VALUES(1,0);
CREATE TABLE erasure (
    kind  TEXT NOT NULL,
    what  BIGINT NOT NULL,
    made  BIGINT NOT NULL,
    texts SMALLINT NOT NULL,
    at    BIGINT NOT NULL,
    PRIMARY KEY (kind, what, made)
);
CREATE TABLE retention (
    queue BIGINT NOT NULL PRIMARY KEY REFERENCES queue (id),
    days  INTEGER NOT NULL
);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('goose_db_version',15);
INSERT INTO sqlite_sequence VALUES('principal',118);
INSERT INTO sqlite_sequence VALUES('permission',100);
INSERT INTO sqlite_sequence VALUES('access_fact',57);
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
CREATE INDEX access_fact_line ON access_fact (line, id);
CREATE INDEX audit_change ON audit (change, id);
CREATE INDEX audit_at ON audit (at, id);
CREATE TRIGGER desk_user_insert_fact AFTER INSERT ON desk_user
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('user',
        NULL,
        json_object('id', NEW.id, 'kind', NEW.kind, 'disabled', NEW.disabled));
END;
CREATE TRIGGER desk_user_update_fact AFTER UPDATE ON desk_user
WHEN (OLD.id IS NOT NEW.id OR OLD.kind IS NOT NEW.kind OR OLD.disabled IS NOT NEW.disabled)
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('user',
        json_object('id', OLD.id, 'kind', OLD.kind, 'disabled', OLD.disabled),
        json_object('id', NEW.id, 'kind', NEW.kind, 'disabled', NEW.disabled));
END;
CREATE TRIGGER desk_group_insert_fact AFTER INSERT ON desk_group
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('group',
        NULL,
        json_object('id', NEW.id, 'disabled', NEW.disabled, 'personal', NEW.personal));
END;
CREATE TRIGGER desk_group_update_fact AFTER UPDATE ON desk_group
WHEN (OLD.id IS NOT NEW.id OR OLD.disabled IS NOT NEW.disabled OR OLD.personal IS NOT NEW.personal)
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('group',
        json_object('id', OLD.id, 'disabled', OLD.disabled, 'personal', OLD.personal),
        json_object('id', NEW.id, 'disabled', NEW.disabled, 'personal', NEW.personal));
END;
CREATE TRIGGER membership_insert_fact AFTER INSERT ON membership
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('membership',
        NULL,
        json_object('group_id', NEW.group_id, 'member', NEW.member, 'part', NEW.part, 'is_primary', NEW.is_primary, 'source', NEW.source, 'from_day', NEW.from_day, 'until_day', NEW.until_day));
END;
CREATE TRIGGER membership_update_fact AFTER UPDATE ON membership
WHEN (OLD.group_id IS NOT NEW.group_id OR OLD.member IS NOT NEW.member OR OLD.part IS NOT NEW.part OR OLD.is_primary IS NOT NEW.is_primary OR OLD.source IS NOT NEW.source OR OLD.from_day IS NOT NEW.from_day OR OLD.until_day IS NOT NEW.until_day)
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('membership',
        json_object('group_id', OLD.group_id, 'member', OLD.member, 'part', OLD.part, 'is_primary', OLD.is_primary, 'source', OLD.source, 'from_day', OLD.from_day, 'until_day', OLD.until_day),
        json_object('group_id', NEW.group_id, 'member', NEW.member, 'part', NEW.part, 'is_primary', NEW.is_primary, 'source', NEW.source, 'from_day', NEW.from_day, 'until_day', NEW.until_day));
END;
CREATE TRIGGER membership_delete_fact AFTER DELETE ON membership
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('membership',
        json_object('group_id', OLD.group_id, 'member', OLD.member, 'part', OLD.part, 'is_primary', OLD.is_primary, 'source', OLD.source, 'from_day', OLD.from_day, 'until_day', OLD.until_day),
        NULL);
END;
CREATE TRIGGER queue_insert_fact AFTER INSERT ON queue
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('queue',
        NULL,
        json_object('id', NEW.id, 'access_group', NEW.access_group, 'disabled', NEW.disabled));
END;
CREATE TRIGGER queue_update_fact AFTER UPDATE ON queue
WHEN (OLD.id IS NOT NEW.id OR OLD.access_group IS NOT NEW.access_group OR OLD.disabled IS NOT NEW.disabled)
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('queue',
        json_object('id', OLD.id, 'access_group', OLD.access_group, 'disabled', OLD.disabled),
        json_object('id', NEW.id, 'access_group', NEW.access_group, 'disabled', NEW.disabled));
END;
CREATE TRIGGER role_insert_fact AFTER INSERT ON role
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('role',
        NULL,
        json_object('id', NEW.id, 'disabled', NEW.disabled, 'everywhere', NEW.everywhere));
END;
CREATE TRIGGER role_update_fact AFTER UPDATE ON role
WHEN (OLD.id IS NOT NEW.id OR OLD.disabled IS NOT NEW.disabled OR OLD.everywhere IS NOT NEW.everywhere)
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('role',
        json_object('id', OLD.id, 'disabled', OLD.disabled, 'everywhere', OLD.everywhere),
        json_object('id', NEW.id, 'disabled', NEW.disabled, 'everywhere', NEW.everywhere));
END;
CREATE TRIGGER role_queue_insert_fact AFTER INSERT ON role_queue
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('role_queue',
        NULL,
        json_object('role', NEW.role, 'queue', NEW.queue));
END;
CREATE TRIGGER role_queue_delete_fact AFTER DELETE ON role_queue
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('role_queue',
        json_object('role', OLD.role, 'queue', OLD.queue),
        NULL);
END;
CREATE TRIGGER queue_watcher_insert_fact AFTER INSERT ON queue_watcher
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('watcher',
        NULL,
        json_object('queue', NEW.queue, 'role', NEW.role, 'who', NEW.who));
END;
CREATE TRIGGER queue_watcher_delete_fact AFTER DELETE ON queue_watcher
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('watcher',
        json_object('queue', OLD.queue, 'role', OLD.role, 'who', OLD.who),
        NULL);
END;
CREATE TRIGGER permission_insert_fact AFTER INSERT ON permission
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('permission',
        NULL,
        json_object('id', NEW.id, 'agents', NEW.agents, 'contacts', NEW.contacts, 'disabled', NEW.disabled));
END;
CREATE TRIGGER permission_update_fact AFTER UPDATE ON permission
WHEN (OLD.id IS NOT NEW.id OR OLD.agents IS NOT NEW.agents OR OLD.contacts IS NOT NEW.contacts OR OLD.disabled IS NOT NEW.disabled)
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('permission',
        json_object('id', OLD.id, 'agents', OLD.agents, 'contacts', OLD.contacts, 'disabled', OLD.disabled),
        json_object('id', NEW.id, 'agents', NEW.agents, 'contacts', NEW.contacts, 'disabled', NEW.disabled));
END;
CREATE TRIGGER permission_delete_fact AFTER DELETE ON permission
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('permission',
        json_object('id', OLD.id, 'agents', OLD.agents, 'contacts', OLD.contacts, 'disabled', OLD.disabled),
        NULL);
END;
CREATE TRIGGER desk_grant_insert_fact AFTER INSERT ON desk_grant
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('grant',
        NULL,
        json_object('id', NEW.id, 'who', NEW.who, 'as_roles', NEW.as_roles, 'right_name', NEW.right_name, 'permission', NEW.permission, 'place_kind', NEW.place_kind, 'place_id', NEW.place_id, 'until_day', NEW.until_day, 'source', NEW.source, 'delegator', NEW.delegator));
END;
CREATE TRIGGER desk_grant_update_fact AFTER UPDATE ON desk_grant
WHEN (OLD.id IS NOT NEW.id OR OLD.who IS NOT NEW.who OR OLD.as_roles IS NOT NEW.as_roles OR OLD.right_name IS NOT NEW.right_name OR OLD.permission IS NOT NEW.permission OR OLD.place_kind IS NOT NEW.place_kind OR OLD.place_id IS NOT NEW.place_id OR OLD.until_day IS NOT NEW.until_day OR OLD.source IS NOT NEW.source OR OLD.delegator IS NOT NEW.delegator)
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('grant',
        json_object('id', OLD.id, 'who', OLD.who, 'as_roles', OLD.as_roles, 'right_name', OLD.right_name, 'permission', OLD.permission, 'place_kind', OLD.place_kind, 'place_id', OLD.place_id, 'until_day', OLD.until_day, 'source', OLD.source, 'delegator', OLD.delegator),
        json_object('id', NEW.id, 'who', NEW.who, 'as_roles', NEW.as_roles, 'right_name', NEW.right_name, 'permission', NEW.permission, 'place_kind', NEW.place_kind, 'place_id', NEW.place_id, 'until_day', NEW.until_day, 'source', NEW.source, 'delegator', NEW.delegator));
END;
CREATE TRIGGER desk_grant_delete_fact AFTER DELETE ON desk_grant
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('grant',
        json_object('id', OLD.id, 'who', OLD.who, 'as_roles', OLD.as_roles, 'right_name', OLD.right_name, 'permission', OLD.permission, 'place_kind', OLD.place_kind, 'place_id', OLD.place_id, 'until_day', OLD.until_day, 'source', OLD.source, 'delegator', OLD.delegator),
        NULL);
END;
CREATE TRIGGER setting_insert_fact AFTER INSERT ON setting
WHEN NEW.name LIKE 'access.%'
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('setting',
        NULL,
        json_object('name', NEW.name, 'value', NEW.value));
END;
CREATE TRIGGER setting_update_fact AFTER UPDATE ON setting
WHEN NEW.name LIKE 'access.%' AND (OLD.name IS NOT NEW.name OR OLD.value IS NOT NEW.value)
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('setting',
        json_object('name', OLD.name, 'value', OLD.value),
        json_object('name', NEW.name, 'value', NEW.value));
END;
CREATE TRIGGER setting_delete_fact AFTER DELETE ON setting
WHEN OLD.name LIKE 'access.%'
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('setting',
        json_object('name', OLD.name, 'value', OLD.value),
        NULL);
END;
CREATE INDEX ticket_due ON ticket (due, id) WHERE due > 0 AND state = 2;
CREATE INDEX ticket_facts ON ticket (id DESC, queue, status, owner, priority, created, due, sharing, reporter, subject_folded) WHERE state > 0;
CREATE UNIQUE INDEX directory_user_entry ON directory_user (directory, entry);
CREATE INDEX directory_user_run ON directory_user (directory, run, user_id) WHERE gone = 0;
CREATE INDEX directory_report_of ON directory_report (directory, id);
CREATE INDEX membership_source ON membership (source, member);
CREATE INDEX pending_member_user ON pending_member (user_id);
CREATE TRIGGER customer_insert_fact AFTER INSERT ON customer
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('customer',
        NULL,
        json_object('id', NEW.id, 'disabled', NEW.disabled, 'own_only', NEW.own_only));
END;
CREATE TRIGGER customer_update_fact AFTER UPDATE ON customer
WHEN (OLD.id IS NOT NEW.id OR OLD.disabled IS NOT NEW.disabled OR OLD.own_only IS NOT NEW.own_only)
BEGIN
    INSERT INTO access_fact (kind, before_row, after_row) VALUES ('customer',
        json_object('id', OLD.id, 'disabled', OLD.disabled, 'own_only', OLD.own_only),
        json_object('id', NEW.id, 'disabled', NEW.disabled, 'own_only', NEW.own_only));
END;
CREATE INDEX suggestion_ticket ON suggestion (ticket, id);
CREATE INDEX outbox_letter ON outbox (letter_id);
CREATE INDEX message_author ON message (author, at);
CREATE UNIQUE INDEX rule_run_once ON rule_run (rule, ticket, coalesce(event, 0), moment);
CREATE INDEX rule_run_rule ON rule_run (rule, id);
CREATE INDEX rule_run_ticket ON rule_run (ticket, id);
CREATE INDEX rule_run_parked ON rule_run (id) WHERE state = 'parked';
CREATE INDEX rule_run_at ON rule_run (at);
CREATE INDEX ticket_asked ON ticket (asked, id) WHERE state = 2 AND asked > 0;
CREATE INDEX event_at ON event (at);
CREATE INDEX ticket_closed ON ticket (queue, updated) WHERE state < 2;
PRAGMA writable_schema=OFF;
COMMIT;
