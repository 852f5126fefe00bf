BEGIN TRANSACTION;
CREATE TABLE account (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	service TEXT NOT NULL, 
	ext_id TEXT NOT NULL, 
	label TEXT NOT NULL, 
	settings TEXT NOT NULL, 
	CONSTRAINT pk_account PRIMARY KEY (id), 
	CONSTRAINT uq_account_service_ext_id UNIQUE (service, ext_id), 
	CONSTRAINT uq_account_name_key UNIQUE (name_key)
);
INSERT INTO "account" VALUES(1,'Anna','anna','spotify','anna','Anna V.','{"client_id":"abc"}');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE alias (
	id INTEGER NOT NULL, 
	service TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	ext_id TEXT NOT NULL, 
	canon INTEGER NOT NULL, 
	origin VARCHAR(8), 
	score FLOAT, 
	meta TEXT NOT NULL, 
	CONSTRAINT pk_alias PRIMARY KEY (id), 
	CONSTRAINT uq_alias_service_scope_ext_id UNIQUE (service, scope, ext_id), 
	CONSTRAINT fk_alias_canon FOREIGN KEY(canon) REFERENCES track (id)
);
INSERT INTO "alias" VALUES(1,'spotify','','s1',1,'user',1.0,'["Blue Bird",["Mira Vale","Ono"],"Wings","",215000,null,null,null,null,null,null,null,"track"]');
INSERT INTO "alias" VALUES(2,'plex','server-1','p1',1,'user',1.0,'["Blue Bird",["Mira Vale","Ono"],"Wings","",215000,null,null,null,null,null,null,null,"track"]');
INSERT INTO "alias" VALUES(3,'spotify','','s2',2,NULL,NULL,'["Zwölf 🎵",["Mira Vale","Ono"],"Wings","",215000,null,null,null,null,null,null,null,"track"]');
CREATE TABLE base_item (
	pair INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	canon INTEGER NOT NULL, 
	source_entry TEXT, 
	target_entry TEXT, 
	CONSTRAINT pk_base_item PRIMARY KEY (pair, ordinal), 
	CONSTRAINT fk_base_item_pair FOREIGN KEY(pair) REFERENCES pair (id) ON DELETE CASCADE, 
	CONSTRAINT fk_base_item_canon FOREIGN KEY(canon) REFERENCES track (id)
)
 WITHOUT ROWID

;
INSERT INTO "base_item" VALUES(1,0,1,'s1','900');
CREATE TABLE decision (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind VARCHAR(12) NOT NULL, 
	a INTEGER NOT NULL, 
	b INTEGER, 
	pair INTEGER, 
	at FLOAT NOT NULL, 
	words TEXT NOT NULL, 
	CONSTRAINT fk_decision_a FOREIGN KEY(a) REFERENCES alias (id), 
	CONSTRAINT fk_decision_b FOREIGN KEY(b) REFERENCES alias (id), 
	CONSTRAINT fk_decision_pair FOREIGN KEY(pair) REFERENCES pair (id)
);
INSERT INTO "decision" VALUES(1,'confirmed',1,2,NULL,5.0,'blue bird mira vale ono wings blue bird mira vale ono wings');
INSERT INTO "decision" VALUES(2,'skip',3,NULL,1,6.0,'zwolf 🎵 mira vale ono wings');
CREATE TABLE lock (
	side INTEGER NOT NULL, 
	host TEXT NOT NULL, 
	pid INTEGER NOT NULL, 
	started FLOAT NOT NULL, 
	beat FLOAT NOT NULL, 
	nonce TEXT NOT NULL, 
	CONSTRAINT pk_lock PRIMARY KEY (side), 
	CONSTRAINT fk_lock_side FOREIGN KEY(side) REFERENCES playlist (id)
);
INSERT INTO "lock" VALUES(2,'desk',10,5.0,100.0,'n');
CREATE TABLE miss (
	service TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	expires FLOAT NOT NULL, 
	CONSTRAINT pk_miss PRIMARY KEY (service, scope, "key")
)
 WITHOUT ROWID

;
INSERT INTO "miss" VALUES('plex','server-1','s2',1000.0);
CREATE TABLE pair (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	source INTEGER NOT NULL, 
	target INTEGER NOT NULL, 
	mode VARCHAR(8) NOT NULL, 
	name TEXT, 
	name_key TEXT, 
	state VARCHAR(12) NOT NULL, 
	options TEXT NOT NULL, 
	CONSTRAINT uq_pair_source_target_mode UNIQUE (source, target, mode), 
	CONSTRAINT fk_pair_source FOREIGN KEY(source) REFERENCES playlist (id), 
	CONSTRAINT fk_pair_target FOREIGN KEY(target) REFERENCES playlist (id), 
	CONSTRAINT uq_pair_name_key UNIQUE (name_key)
);
INSERT INTO "pair" VALUES(1,1,2,'add','Every day','every day','ok','{"top":"yes"}');
CREATE TABLE "plan" (
	run INTEGER NOT NULL, 
	body BLOB NOT NULL, 
	CONSTRAINT pk_plan PRIMARY KEY (run), 
	CONSTRAINT fk_plan_run FOREIGN KEY(run) REFERENCES run (id) ON DELETE CASCADE
);
INSERT INTO "plan" VALUES(1,X'785E0DCA310A80300C46E1BBFC73075D7B159112492285D6482C3A887737DBFBE0BDE8C6820C6246C2266A1E5CD604D2211E897346D09CC54B131D71C7EAD2EDA6769587EAA8C78E3C7D3FCBC41960');
CREATE TABLE playlist (
	id INTEGER NOT NULL, 
	service TEXT NOT NULL, 
	account TEXT NOT NULL, 
	ext_id TEXT NOT NULL, 
	head TEXT, 
	seen FLOAT, 
	CONSTRAINT pk_playlist PRIMARY KEY (id), 
	CONSTRAINT uq_playlist_service_account_ext_id UNIQUE (service, account, ext_id)
);
INSERT INTO "playlist" VALUES(1,'spotify','anna','road','{"title":"Road","owner":"Anna","count":2}',1.0);
INSERT INTO "playlist" VALUES(2,'plex','home','17',NULL,NULL);
CREATE TABLE recent_fp (
	side INTEGER NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	at FLOAT NOT NULL, 
	CONSTRAINT pk_recent_fp PRIMARY KEY (side, fingerprint), 
	CONSTRAINT fk_recent_fp_side FOREIGN KEY(side) REFERENCES playlist (id)
)
 WITHOUT ROWID

;
INSERT INTO "recent_fp" VALUES(2,'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',100.0);
CREATE TABLE run (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	pair INTEGER, 
	mode VARCHAR(8) NOT NULL, 
	source INTEGER NOT NULL, 
	target INTEGER NOT NULL, 
	labels TEXT NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	begun FLOAT NOT NULL, 
	ended FLOAT, 
	added INTEGER NOT NULL, 
	removed INTEGER NOT NULL, 
	moved INTEGER NOT NULL, 
	requests INTEGER NOT NULL, 
	error TEXT NOT NULL, 
	CONSTRAINT fk_run_pair FOREIGN KEY(pair) REFERENCES pair (id) ON DELETE SET NULL, 
	CONSTRAINT fk_run_source FOREIGN KEY(source) REFERENCES playlist (id), 
	CONSTRAINT fk_run_target FOREIGN KEY(target) REFERENCES playlist (id)
);
INSERT INTO "run" VALUES(1,1,'add',1,2,'{"source":{"title":"Road","account":"anna","url":"https://example.com/road"},"target":{"title":"Road too","account":"home","url":null}}','done',100.0,110.0,1,0,0,4,'');
CREATE TABLE run_piece (
	run INTEGER NOT NULL, 
	piece INTEGER NOT NULL, 
	missing BLOB, 
	body BLOB NOT NULL, 
	CONSTRAINT pk_run_piece PRIMARY KEY (run, piece), 
	CONSTRAINT fk_run_piece_run FOREIGN KEY(run) REFERENCES run (id) ON DELETE CASCADE
);
INSERT INTO "run_piece" VALUES(1,0,X'785E858DBB0A023110457F65B9F514316093727BB1D322A418B241837106F2600BF1DFCD7E81CD8103E772FD075577384BE0D8B30A1C442581D074D498E03C9A0579AC65A465CD753BE4922B2F372E4778154520DCB33CDA54903D9D8D3124A3943F40AF1C5F0873DE3AF7F986216FEEF199367CC30F442C32D1',X'785EBD90310BC2301085FF4A797390B62062C7EEE2A643E8706D430DC6A45C2F1491FE775350E8E6E67270DC3BDE7B9F7E81C38CAA50A04E6CF0A8407D0F852944EE0C2A8DA980D2A85D34596D39DD344E9629BB90334978F6018DC2D5FA614A2B5459ECF33C573E3AF7634098BA3B9AF42EC48391D56EFC87DD2424A91C284A48A1470E2DB5D65979A2CA77C783C2CC56C4241EC2D12CEAC3A9DC70F2C1AFFD37A0CA3F80FA268FFE41D2DD4C8FA579032D979142');
CREATE TABLE snapshot (
	id INTEGER NOT NULL, 
	side INTEGER NOT NULL, 
	run INTEGER NOT NULL, 
	at FLOAT NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	body BLOB NOT NULL, 
	CONSTRAINT pk_snapshot PRIMARY KEY (id), 
	CONSTRAINT uq_snapshot_run_side UNIQUE (run, side), 
	CONSTRAINT fk_snapshot_side FOREIGN KEY(side) REFERENCES playlist (id), 
	CONSTRAINT fk_snapshot_run FOREIGN KEY(run) REFERENCES run (id) ON DELETE CASCADE
);
INSERT INTO "snapshot" VALUES(1,2,1,100.0,'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',X'785E8BAE56CA4C51B2522A3057D2512A294A4CCE56B28A06F3A2959C724A53159C328B52401CDFCCA24485B0C49C54A03AFFBC7CA5581DA5F0CCBCF462205749C7C8D0D4C0C04027AF3427870001B52336B6361600D82526A1');
CREATE TABLE step (
	run INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	attempts INTEGER NOT NULL, 
	error TEXT NOT NULL, 
	body BLOB NOT NULL, 
	CONSTRAINT pk_step PRIMARY KEY (run, ordinal), 
	CONSTRAINT fk_step_run FOREIGN KEY(run) REFERENCES "plan" (run) ON DELETE CASCADE
);
INSERT INTO "step" VALUES(1,0,'done',1,'',X'785E858A310E83301004BF82B6BEC2444AE3923E4A9714968B938DD009EB888CA922FECEC107686677A4F96316CDF0E09C41E0D464D1153E044701BF1EC6A16C633748B520E02595BB0F97D1EAB72E8884AFE8B49A821EFDD33947BA957203B4CA69468C5767036EF0E7DF0F0BA12F07');
CREATE TABLE track (
	id INTEGER NOT NULL, 
	merged_into INTEGER, 
	CONSTRAINT pk_track PRIMARY KEY (id), 
	CONSTRAINT fk_track_merged_into FOREIGN KEY(merged_into) REFERENCES track (id)
);
INSERT INTO "track" VALUES(1,NULL);
INSERT INTO "track" VALUES(2,NULL);
CREATE INDEX ix_track_merged_into ON track (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX ix_miss_expires ON miss (expires);
CREATE INDEX ix_alias_canon ON alias (canon);
CREATE INDEX ix_base_item_canon ON base_item (canon);
CREATE INDEX ix_decision_b ON decision (b);
CREATE INDEX ix_decision_a ON decision (a);
CREATE INDEX ix_run_pair ON run (pair);
CREATE INDEX ix_snapshot_side_at ON snapshot (side, at);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('pair',1);
INSERT INTO "sqlite_sequence" VALUES('decision',2);
INSERT INTO "sqlite_sequence" VALUES('run',1);
COMMIT;
