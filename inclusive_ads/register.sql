-- What a register holds. Rows are added and never changed; only a retention erases, and says how much.
BEGIN IMMEDIATE;

CREATE TABLE IF NOT EXISTS decisions (  -- wording that was kept on purpose
    advert TEXT NOT NULL,               -- its id, or the name of its file
    entry TEXT NOT NULL,                -- of the lexicon
    phrase TEXT NOT NULL,
    kept_by TEXT NOT NULL,
    approved_by TEXT NOT NULL,          -- names, parted by semicolons
    approved_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    advice TEXT NOT NULL,
    severity TEXT NOT NULL,
    lexicon TEXT NOT NULL,              -- version
    profile TEXT NOT NULL,              -- id and version
    recorded_at TEXT NOT NULL,          -- UTC
    UNIQUE (advert, entry, phrase, kept_by, approved_by, approved_on)
);

CREATE TABLE IF NOT EXISTS insertions ( -- statements that were put into an advert
    advert TEXT NOT NULL,
    statement TEXT NOT NULL,            -- id of the statement, or of the record that it rests on
    groups TEXT NOT NULL,               -- ids, parted by semicolons
    inserted_on TEXT NOT NULL,
    lexicon TEXT NOT NULL,
    profile TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    UNIQUE (advert, statement, groups, inserted_on, lexicon, profile)
);

CREATE TABLE IF NOT EXISTS erased (     -- how much a retention took away
    kind TEXT NOT NULL,
    before TEXT NOT NULL,
    number TEXT NOT NULL,
    erased_at TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS erasing (kind TEXT NOT NULL);  -- filled only while a retention is at work

CREATE TRIGGER IF NOT EXISTS decisions_stay BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'rows are never changed'); END;

CREATE TRIGGER IF NOT EXISTS insertions_stay BEFORE UPDATE ON insertions
BEGIN SELECT RAISE(ABORT, 'rows are never changed'); END;

CREATE TRIGGER IF NOT EXISTS erased_stay BEFORE UPDATE ON erased
BEGIN SELECT RAISE(ABORT, 'rows are never changed'); END;

CREATE TRIGGER IF NOT EXISTS decisions_are_kept BEFORE DELETE ON decisions
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'decisions')
BEGIN SELECT RAISE(ABORT, 'rows are erased by retention only'); END;

CREATE TRIGGER IF NOT EXISTS insertions_are_kept BEFORE DELETE ON insertions
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE kind = 'insertions')
BEGIN SELECT RAISE(ABORT, 'rows are erased by retention only'); END;

CREATE TRIGGER IF NOT EXISTS erased_are_kept BEFORE DELETE ON erased
BEGIN SELECT RAISE(ABORT, 'rows are never erased here'); END;

PRAGMA user_version = 1;
COMMIT;
