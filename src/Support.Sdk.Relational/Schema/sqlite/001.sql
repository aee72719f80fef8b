-- Support.Sdk, version 1. Times are microseconds since 1970-01-01 UTC. Text compares byte by byte (BINARY).
-- A lease holds until lease_until by the clock of the database; 0 means that nobody claimed the row.

CREATE TABLE support_settings (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- state: 0 pending, 1 done (the body is emptied, the key stays), 2 parked
CREATE TABLE support_inbox (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  event_id TEXT NOT NULL,
  shop TEXT NOT NULL,
  order_id TEXT NULL,
  received_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  lease_until INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  state INTEGER NOT NULL,
  reason TEXT NULL,
  body TEXT NOT NULL
);
CREATE UNIQUE INDEX support_inbox_event ON support_inbox (source, event_id);
-- Only pending rows, so that what is done slows nothing down. The constant leads so that a lookup by state finds the index.
CREATE INDEX support_inbox_pending ON support_inbox (state, id) WHERE state = 0;
CREATE INDEX support_inbox_due ON support_inbox (state, due_at) WHERE state = 0;
CREATE INDEX support_inbox_order ON support_inbox (shop, order_id, id) WHERE state = 0;
CREATE INDEX support_inbox_parked ON support_inbox (state, id) WHERE state = 2;

CREATE TABLE support_orders (
  number INTEGER PRIMARY KEY,
  shop TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  check_at INTEGER NULL,
  refresh_at INTEGER NULL,
  lease_until INTEGER NOT NULL DEFAULT 0,
  body TEXT NOT NULL
);
CREATE UNIQUE INDEX support_orders_key ON support_orders (shop, id);
CREATE INDEX support_orders_check ON support_orders (shop, check_at) WHERE check_at IS NOT NULL;
CREATE INDEX support_orders_refresh ON support_orders (shop, refresh_at) WHERE refresh_at IS NOT NULL;
-- What is claimed at the moment; read only at the start, to end what a dead process left.
CREATE INDEX support_orders_leased ON support_orders (lease_until) WHERE lease_until > 0;

-- verdict: 0 send, 1 hold, 2 wait, 3 look, 4 suppress, 5 supersede, 6 fail
CREATE TABLE support_decisions (
  number INTEGER PRIMARY KEY,
  shop TEXT NOT NULL,
  order_id TEXT NOT NULL,
  decided_at INTEGER NOT NULL,
  verdict INTEGER NOT NULL,
  occasion TEXT NOT NULL,
  reason TEXT NOT NULL,
  until_at INTEGER NULL,
  delivery_id TEXT NULL,
  decided_by TEXT NOT NULL
);
CREATE INDEX support_decisions_order ON support_decisions (shop, order_id, decided_at);

-- state: 0 pending, 1 sending, 2 accepted, 3 delivered, 4 bounced, 5 retry, 6 rejected, 7 failed, 8 in doubt, 9 held,
-- 10 superseded, 11 expired, 12 suppressed. recipient is in lower case.
CREATE TABLE support_deliveries (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  shop TEXT NOT NULL,
  order_id TEXT NULL,
  channel TEXT NOT NULL,
  recipient TEXT NOT NULL,
  state INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  send_before INTEGER NULL,
  attempts INTEGER NOT NULL,
  lease_token INTEGER NOT NULL DEFAULT 0,
  lease_until INTEGER NOT NULL DEFAULT 0,
  decided_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  reason TEXT NULL,
  provider_id TEXT NULL,
  body TEXT NOT NULL
);
CREATE UNIQUE INDEX support_deliveries_id ON support_deliveries (id);
CREATE INDEX support_deliveries_order ON support_deliveries (shop, order_id, decided_at);
CREATE INDEX support_deliveries_recent ON support_deliveries (shop, channel, recipient, decided_at);
CREATE INDEX support_deliveries_decided ON support_deliveries (decided_at);
CREATE INDEX support_deliveries_waiting ON support_deliveries (channel, shop, due_at) WHERE state IN (0, 5);
CREATE INDEX support_deliveries_sending ON support_deliveries (state, lease_until) WHERE state = 1;
CREATE INDEX support_deliveries_expiring ON support_deliveries (send_before) WHERE send_before IS NOT NULL AND state IN (0, 5, 9);
-- What has not ended: the operator's list.
CREATE INDEX support_deliveries_open ON support_deliveries (decided_at) WHERE state IN (0, 1, 5, 8, 9);

CREATE TABLE support_shops (
  shop TEXT NOT NULL PRIMARY KEY,
  paused_at INTEGER NULL,
  paused_reason TEXT NULL,
  notices INTEGER NOT NULL DEFAULT 0,
  shipped INTEGER NOT NULL DEFAULT 0,
  delivered INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- Delay notices a day; day counts from 1970-01-01 UTC.
CREATE TABLE support_notice_days (
  shop TEXT NOT NULL,
  day INTEGER NOT NULL,
  notices INTEGER NOT NULL,
  PRIMARY KEY (shop, day)
) WITHOUT ROWID;

INSERT INTO support_settings (name, value) VALUES ('schema-version', '1');
