-- SPDX-License-Identifier: GPL-2.0-or-later
-- The tables of a record, as onr_schema_create makes them; docs/schema.md describes each. Comments inside a statement are kept by
-- SQLite: `.schema` shows them.

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What is counted as it changes, so that no query has to.
CREATE TABLE total (name TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE source (
  row INTEGER PRIMARY KEY,
  path TEXT NOT NULL,
  member TEXT NOT NULL,         -- '' for the file itself, else the place of an item that was not stored; of a kill that is only kept until its file is read again, U+0018 and a mark
  size_bytes INTEGER NOT NULL,  -- -1: not read to its end yet
  mtime_ns INTEGER NOT NULL,
  hash TEXT,                    -- SHA-256 of the file's bytes
  format TEXT,
  status INTEGER NOT NULL CHECK (status BETWEEN 0 AND 5), -- 0 read, 1 skipped, 2 duplicate, 3 replaced, 4 killed, 5 a kill
  reason TEXT,                  -- why it was skipped; of a kill, the note to editors
  n_articles INTEGER NOT NULL,
  n_replaced INTEGER NOT NULL,  -- bytes that did not decode
  article_id TEXT,              -- of 2 to 5: the item's id
  kind TEXT,                    -- of 1: 'broken', 'unsupported', 'too large', 'unreadable'
  title TEXT,                   -- of 2 to 5, as what follows: what the item says of itself
  version INTEGER,              -- NULL where it says none
  updated TEXT, published TEXT, -- ISO 8601
  notice TEXT,                  -- 'correction', 'kill', 'withhold'
  UNIQUE (path, member)
) STRICT;
CREATE INDEX source_status ON source (path, member) WHERE status <> 0;
CREATE INDEX source_article_id ON source (article_id, status) WHERE article_id IS NOT NULL;

CREATE TABLE article (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source INTEGER NOT NULL REFERENCES source,
  member TEXT NOT NULL,         -- place inside the file: '17' for line 17, '' for a file of one article
  title TEXT, byline TEXT, dateline TEXT,
  published TEXT,               -- ISO 8601
  day INTEGER,                  -- days since 1970-01-01
  publisher TEXT, section TEXT,
  language TEXT,                -- ISO 639
  url TEXT,
  has_attribution INTEGER NOT NULL CHECK (has_attribution IN (0, 1)),
  text_bytes INTEGER NOT NULL
) STRICT;
CREATE INDEX article_source ON article (source);
CREATE INDEX article_day ON article (day);

-- Apart from the headers, so that dates and facets read 200 bytes an article.
CREATE TABLE article_text (article INTEGER PRIMARY KEY REFERENCES article, text TEXT NOT NULL) STRICT;

-- What the item says of itself beside its header: a slug, subject codes, an embargo (docs/formats.md#notes).
CREATE TABLE article_note (
  article INTEGER NOT NULL REFERENCES article,
  number INTEGER NOT NULL,      -- in the item's order, from 0
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (article, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_note_name ON article_note (name, value);

-- What the article is about, and whom it names: identity/signature.h. Apart, since identities are resolved from it alone.
CREATE TABLE article_topic (article INTEGER PRIMARY KEY REFERENCES article, signature BLOB NOT NULL) STRICT;

-- A name as articles give it in full. Several may be one identity's; then one of them, in most articles, stands for all.
CREATE TABLE entity (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,      -- 'person:sergey-lavrov'; of a part 'person:john-dorn~0f3a6b21'
  name TEXT NOT NULL,           -- the full name that most articles give
  type INTEGER NOT NULL CHECK (type BETWEEN 0 AND 3), -- 0 person, 1 org, 2 place, 3 misc
  identity INTEGER NOT NULL REFERENCES entity, -- the name that stands for whose it is; its own row where it is one alone
  block INTEGER,                -- names of one block may be one's (identity/block.h); NULL where the id is no name's: of parts, of what users list
  variant_key INTEGER,          -- names of persons that may be slips of each other have the same (identity/variants.h); else NULL
  variant_of INTEGER REFERENCES entity, -- the name of another block that this one is a slip of, or longer than by a surname: it is in that one's block; its own row where that name has gone and it was not placed again yet; or NULL
  part_of INTEGER REFERENCES entity, -- the name that this identity bears in some articles (table sense); NULL for names
  reason TEXT,                  -- why it is joined with its identity
  score REAL                    -- natural logarithm of the odds of that; NULL where it was not weighed
) STRICT;
CREATE INDEX entity_block ON entity (block) WHERE block IS NOT NULL;
CREATE INDEX entity_variant_key ON entity (variant_key) WHERE variant_key IS NOT NULL;
CREATE INDEX entity_variant_of ON entity (variant_of) WHERE variant_of IS NOT NULL;
CREATE INDEX entity_identity ON entity (identity);
CREATE INDEX entity_part_of ON entity (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX entity_listed ON entity (row) WHERE block IS NULL AND part_of IS NULL;

-- Articles in which a name is another's than entity.identity says: one of its parts', or a surname's bearer's.
CREATE TABLE sense (
  entity INTEGER NOT NULL REFERENCES entity,
  article INTEGER NOT NULL REFERENCES article,
  identity INTEGER NOT NULL REFERENCES entity,
  PRIMARY KEY (entity, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX sense_identity ON sense (identity);

-- Blocks whose names came or went since their identities were resolved; empty after a run.
CREATE TABLE unresolved (block INTEGER PRIMARY KEY) STRICT;
-- Names of persons that came or went since it was asked whose variants they are, before that; empty after a run.
CREATE TABLE unplaced (entity INTEGER PRIMARY KEY REFERENCES entity) STRICT;

CREATE TABLE alias (
  row INTEGER PRIMARY KEY,
  entity INTEGER NOT NULL REFERENCES entity,
  name TEXT NOT NULL,
  n INTEGER NOT NULL,           -- places where texts call the entity so
  n_full INTEGER NOT NULL,      -- articles that have it as the entity's full name
  UNIQUE (entity, name)
) STRICT;

CREATE TABLE role (
  row INTEGER PRIMARY KEY,
  entity INTEGER NOT NULL REFERENCES entity,
  name TEXT NOT NULL,
  n INTEGER NOT NULL,           -- articles that say the entity is this
  UNIQUE (entity, name)
) STRICT;

-- The words of aliases, folded, with their spelling key: Zelensky and Zelenskyy have one.
CREATE TABLE name_word (row INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, key TEXT NOT NULL) STRICT;
CREATE INDEX name_word_key ON name_word (key);
CREATE TABLE entity_word (
  word INTEGER NOT NULL REFERENCES name_word,
  entity INTEGER NOT NULL REFERENCES entity,
  PRIMARY KEY (word, entity)
) STRICT, WITHOUT ROWID;

-- The authority file: identities as a user lists them, whose word stands over what articles tell (docs/identities.md).
CREATE TABLE authority (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  type INTEGER NOT NULL CHECK (type BETWEEN 0 AND 3),
  same_as TEXT,                 -- id of the identity that this one is
  links TEXT NOT NULL           -- 'wikidata=Q58217', a line each
) STRICT;
CREATE TABLE authority_name (
  authority INTEGER NOT NULL REFERENCES authority,
  number INTEGER NOT NULL,      -- 0 the name itself, then aliases as listed
  name TEXT NOT NULL,
  words TEXT NOT NULL,          -- folded, as ids have them: 'sergey-lavrov'
  PRIMARY KEY (authority, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX authority_name_words ON authority_name (words);
CREATE TABLE authority_role (
  authority INTEGER NOT NULL REFERENCES authority,
  number INTEGER NOT NULL,      -- as listed, from 0
  name TEXT NOT NULL,
  "from" TEXT, "to" TEXT,       -- as listed
  first_day INTEGER, last_day INTEGER, -- days since 1970-01-01; NULL: open
  PRIMARY KEY (authority, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX authority_role_name ON authority_role (name);
CREATE TABLE authority_word (   -- the words of those names, as in name_word
  key TEXT NOT NULL,
  word TEXT NOT NULL,
  authority INTEGER NOT NULL REFERENCES authority,
  PRIMARY KEY (key, word, authority)
) STRICT, WITHOUT ROWID;
CREATE INDEX authority_word_word ON authority_word (word);
CREATE INDEX authority_word_authority ON authority_word (authority);

-- What corrections (merge, split, correct) say of names, worked out.
CREATE TABLE ruling (
  name TEXT NOT NULL,           -- id of a name
  article TEXT NOT NULL,        -- id of the article that it is said of; '' for all
  part INTEGER NOT NULL,        -- of the name's part that has the id 'name~' and this in hexadecimal; -1 for all
  identity TEXT NOT NULL,       -- id of the identity that it is
  reason TEXT NOT NULL,
  PRIMARY KEY (name, article, part)
) STRICT, WITHOUT ROWID;

-- One row an article, since most rows of a record would be mentions otherwise; views article_entities and mentions unfold it.
CREATE TABLE article_mentions (
  article INTEGER PRIMARY KEY REFERENCES article,
  entities TEXT NOT NULL        -- JSON, in order of first mention: [[entity, alias of its full name, role or 0, [[begin, end], …]], …]
) STRICT;

CREATE TABLE quote (
  row INTEGER PRIMARY KEY,      -- those of one article are consecutive
  article INTEGER NOT NULL REFERENCES article,
  number INTEGER NOT NULL,      -- in the article, from 1
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2), -- 0 direct, 1 mixed, 2 indirect
  act INTEGER NOT NULL CHECK (act BETWEEN 0 AND 1),   -- 0 speech, 1 attitude
  speakers TEXT NOT NULL,       -- JSON: [entity, …], several where the source names several, none where it names nobody
  speaker_type INTEGER NOT NULL CHECK (speaker_type BETWEEN 0 AND 5), -- 0 unknown, 1 person, 2 org, 3 unnamed, 4 document, 5 author
  role TEXT,
  confidence INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 100),
  speaker_confidence INTEGER NOT NULL CHECK (speaker_confidence BETWEEN 0 AND 100),
  source_spans TEXT NOT NULL,   -- JSON: [[begin, end], …], half open, in code points of the text
  cue_spans TEXT NOT NULL,
  content_spans TEXT NOT NULL,
  entities TEXT NOT NULL        -- JSON: [entity, …], those that the content mentions
) STRICT;
CREATE INDEX quote_article ON quote (article);

-- From an identity to where it speaks and is mentioned.
CREATE TABLE speaker_quote (
  speaker INTEGER NOT NULL REFERENCES entity,
  quote INTEGER NOT NULL REFERENCES quote,
  article INTEGER NOT NULL REFERENCES article,
  PRIMARY KEY (speaker, quote)
) STRICT, WITHOUT ROWID;
CREATE TABLE entity_quote (
  entity INTEGER NOT NULL REFERENCES entity,
  quote INTEGER NOT NULL REFERENCES quote, -- whose content mentions the entity
  PRIMARY KEY (entity, quote)
) STRICT, WITHOUT ROWID;
CREATE TABLE entity_article (
  entity INTEGER NOT NULL REFERENCES entity,
  article INTEGER NOT NULL REFERENCES article,
  signature BLOB, -- what stands around the name there: identity/signature.h; NULL where that is not asked for
  PRIMARY KEY (entity, article)
) STRICT, WITHOUT ROWID;

-- Printed more than once: which articles have (nearly) the same text, and which quotes are one statement. docs/duplicates.md says how it is found.

-- What the words of an article come to: text/sketch.h. None where they are too few.
CREATE TABLE article_sketch (article INTEGER PRIMARY KEY REFERENCES article, sketch BLOB NOT NULL) STRICT;
-- The same of an article's quotes, in their order.
CREATE TABLE quote_sketch (
  quote INTEGER PRIMARY KEY REFERENCES quote, -- the article's first
  article INTEGER NOT NULL UNIQUE REFERENCES article,
  sketches BLOB NOT NULL
) STRICT;

-- Articles whose texts were compared, each pair once. Of articles with the same words, one stands for all: the first by id.
CREATE TABLE article_pair (
  article INTEGER NOT NULL REFERENCES article,
  other INTEGER NOT NULL REFERENCES article,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2), -- 0 neither, 1 similar (the same words with other facts), 2 same
  shared INTEGER NOT NULL,      -- of the shorter text's words, in thousandths
  PRIMARY KEY (article, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_pair_other ON article_pair (other);

-- Articles that are the same one; no row for an article that is alone.
CREATE TABLE article_group (
  article INTEGER PRIMARY KEY REFERENCES article,
  first INTEGER NOT NULL REFERENCES article -- the group's first publication, which has a row too
) STRICT;
CREATE INDEX article_group_first ON article_group (first);

-- Quotes that are the same statement; no row for a quote that is alone.
CREATE TABLE statement (
  quote INTEGER PRIMARY KEY REFERENCES quote,
  first INTEGER NOT NULL REFERENCES quote -- where it was published first, which has a row too
) STRICT;
CREATE INDEX statement_first ON statement (first);

-- For people: names in place of numbers, words in place of offsets. The program itself reads the tables.

-- Whose a name is in an article.
CREATE VIEW bearers AS
SELECT m.entity, m.article, coalesce(s.identity, e.identity) AS identity
FROM entity_article m
JOIN entity e ON e.row = m.entity
LEFT JOIN sense s ON s.entity = m.entity AND s.article = m.article;

CREATE VIEW articles AS
SELECT a.row, a.id, s.path, a.member, a.title, a.byline, a.dateline, a.published, a.publisher, a.section, a.language, a.url, t.text
FROM article a
JOIN source s ON s.row = a.source
JOIN article_text t ON t.article = a.row;

CREATE VIEW quotes AS
SELECT q.row, a.id || '#' || q.number AS id, a.id AS article_id, a.title, a.published, a.publisher,
  CASE q.kind WHEN 0 THEN 'direct' WHEN 1 THEN 'mixed' ELSE 'indirect' END AS kind,
  CASE q.act WHEN 0 THEN 'speech' ELSE 'attitude' END AS act,
  (SELECT group_concat(name, ' and ') FROM
    (SELECT e.name FROM json_each(q.speakers) s JOIN bearers b ON b.entity = s.value AND b.article = q.article
     JOIN entity e ON e.row = b.identity ORDER BY s.key)) AS speaker,
  (SELECT e.id FROM bearers b JOIN entity e ON e.row = b.identity WHERE b.entity = q.speakers->>0 AND b.article = q.article) AS speaker_id,
  CASE q.speaker_type WHEN 1 THEN 'person' WHEN 2 THEN 'org' WHEN 3 THEN 'unnamed' WHEN 4 THEN 'document' WHEN 5 THEN 'author'
    ELSE 'unknown' END AS speaker_type,
  q.role, q.confidence / 100.0 AS confidence, q.speaker_confidence / 100.0 AS speaker_confidence,
  (SELECT group_concat(substr(t.text, c.value->>0 + 1, c.value->>1 - c.value->>0), ' … ') FROM json_each(q.content_spans) c) AS words,
  (SELECT group_concat(substr(t.text, c.value->>0 + 1, c.value->>1 - c.value->>0), ' … ') FROM json_each(q.source_spans) c) AS source,
  (SELECT group_concat(substr(t.text, c.value->>0 + 1, c.value->>1 - c.value->>0), ' … ') FROM json_each(q.cue_spans) c) AS cue
FROM quote q
JOIN article a ON a.row = q.article
JOIN article_text t ON t.article = q.article;

CREATE VIEW article_entities AS
SELECT m.article, a.id AS article_id, m.value->>0 AS entity, e.id AS entity_id, e.name,
  CASE e.type WHEN 0 THEN 'person' WHEN 1 THEN 'org' WHEN 2 THEN 'place' ELSE 'misc' END AS type,
  (SELECT name FROM alias WHERE row = m.value->>1) AS full_name,
  (SELECT name FROM role WHERE row = m.value->>2) AS role,
  m.value->3 AS spans
FROM (SELECT article, value FROM article_mentions, json_each(article_mentions.entities)) m
JOIN article a ON a.row = m.article
JOIN bearers b ON b.entity = m.value->>0 AND b.article = m.article
JOIN entity e ON e.row = b.identity;

CREATE VIEW mentions AS
SELECT m.article_id, m.entity_id, m.name, m.type, s.value->>0 AS "begin", s.value->>1 AS "end",
  substr(t.text, s.value->>0 + 1, s.value->>1 - s.value->>0) AS words
FROM article_entities m
JOIN article_text t ON t.article = m.article, json_each(m.spans) s;

CREATE VIEW speakers AS
SELECT e.id, e.name, CASE e.type WHEN 0 THEN 'person' WHEN 1 THEN 'org' WHEN 2 THEN 'place' ELSE 'misc' END AS type,
  count(*) AS n_quotes, count(DISTINCT s.article) AS n_articles
FROM speaker_quote s
JOIN bearers b ON b.entity = s.speaker AND b.article = s.article
JOIN entity e ON e.row = b.identity
GROUP BY e.row;

CREATE VIEW duplicates AS
SELECT a.id, a.title, a.published, a.publisher, f.id AS first_id, f.published AS first_published, f.publisher AS first_publisher
FROM article_group g
JOIN article a ON a.row = g.article
JOIN article f ON f.row = g.first;
