import GRDB

/// The tables, as migrations: each is applied once, in order, and never changed afterwards.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 journal", foreignKeyChecks: .immediate) { database in
            try database.execute(sql: journal)
        }
        migrator.registerMigration("2 chat", foreignKeyChecks: .immediate) { database in
            try database.execute(sql: chat)
            try database.execute(sql: search)
        }
        migrator.registerMigration("3 documents", foreignKeyChecks: .immediate) { database in
            try database.execute(sql: documents)
        }
        migrator.registerMigration("4 forgotten", foreignKeyChecks: .immediate) { database in
            try database.execute(sql: forgotten)
        }
        migrator.registerMigration("5 inventory", foreignKeyChecks: .immediate) { database in
            try database.execute(sql: inventory)
        }
        migrator.registerMigration("6 orders", foreignKeyChecks: .immediate) { database in
            try database.execute(sql: orders)
        }
        migrator.registerMigration("7 metrics", foreignKeyChecks: .immediate) { database in
            try database.execute(sql: metrics)
        }
        migrator.registerMigration("8 replication", foreignKeyChecks: .immediate) { database in
            try database.execute(sql: replication)
        }
        migrator.registerMigration("9 strays", foreignKeyChecks: .immediate) { database in
            try database.execute(sql: strays)
        }
        migrator.registerMigration("10 versions", foreignKeyChecks: .immediate) { database in
            try database.execute(sql: versions)
        }
        return migrator
    }

    /// `records` is ordered by id, which rises with time, so the log grows at its end whatever the
    /// topics; the index finds a topic's records by offset.
    private static let journal = """
        CREATE TABLE settings (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
        CREATE TABLE topics (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, epoch INTEGER NOT NULL
        );
        CREATE TABLE records (
            id INTEGER PRIMARY KEY, topic INTEGER NOT NULL, offset INTEGER NOT NULL,
            at INTEGER NOT NULL, author TEXT NOT NULL, type TEXT NOT NULL, key TEXT,
            payload TEXT NOT NULL
        );
        CREATE UNIQUE INDEX records_by_offset ON records (topic, offset);
        CREATE TABLE keys (
            prefix INTEGER NOT NULL, hash INTEGER NOT NULL, record INTEGER NOT NULL,
            PRIMARY KEY (prefix, hash, record)
        ) WITHOUT ROWID;
        CREATE TABLE snapshots (
            topic INTEGER PRIMARY KEY, offset INTEGER NOT NULL, state BLOB NOT NULL
        );
        """

    private static let chat = """
        CREATE TABLE rooms (
            topic INTEGER PRIMARY KEY, name TEXT NOT NULL, title TEXT NOT NULL,
            purpose TEXT NOT NULL, visibility TEXT NOT NULL, created_at INTEGER, created_by TEXT,
            member_count INTEGER NOT NULL, message_count INTEGER NOT NULL,
            last_message INTEGER NOT NULL, last_at INTEGER NOT NULL
        );
        CREATE INDEX public_rooms ON rooms (name) WHERE visibility = 'public';
        CREATE TABLE members (
            topic INTEGER NOT NULL, user TEXT NOT NULL, role TEXT NOT NULL,
            joined_at INTEGER NOT NULL, PRIMARY KEY (topic, user)
        ) WITHOUT ROWID;
        CREATE INDEX rooms_of_member ON members (user, topic);
        CREATE TABLE bans (
            topic INTEGER NOT NULL, user TEXT NOT NULL, until INTEGER, PRIMARY KEY (topic, user)
        ) WITHOUT ROWID;
        CREATE TABLE messages (
            topic INTEGER NOT NULL, id INTEGER NOT NULL, offset INTEGER NOT NULL,
            altered INTEGER NOT NULL, PRIMARY KEY (topic, id)
        ) WITHOUT ROWID;
        CREATE TABLE alterations (
            id INTEGER PRIMARY KEY, content TEXT, edited_at INTEGER, deleted_at INTEGER,
            mentions TEXT, reactions TEXT, reply_count INTEGER NOT NULL DEFAULT 0,
            last_reply_at INTEGER, pinned INTEGER
        );
        CREATE TABLE replies (
            thread INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (thread, id)
        ) WITHOUT ROWID;
        CREATE TABLE followers (
            thread INTEGER NOT NULL, user TEXT NOT NULL, topic INTEGER NOT NULL,
            sequence INTEGER NOT NULL, PRIMARY KEY (thread, user)
        ) WITHOUT ROWID;
        CREATE INDEX threads_of_follower ON followers (user, thread, topic);
        CREATE TABLE mentions (
            user TEXT NOT NULL, id INTEGER NOT NULL, topic INTEGER NOT NULL,
            PRIMARY KEY (user, id)
        ) WITHOUT ROWID;
        CREATE INDEX mentions_by_room ON mentions (user, topic, id);
        CREATE TABLE markers (
            user TEXT NOT NULL, topic TEXT NOT NULL, message INTEGER NOT NULL,
            number INTEGER NOT NULL, PRIMARY KEY (user, topic)
        ) WITHOUT ROWID;
        """

    /// `trimmed` is the last offset of a topic whose record was forgotten because a snapshot holds
    /// what it did. What a document's records say of it outlives them: its row is never made anew.
    private static let documents = """
        ALTER TABLE topics ADD COLUMN trimmed INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE documents (
            topic INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
            created_at INTEGER NOT NULL, created_by TEXT NOT NULL, updated_at INTEGER NOT NULL,
            updated_by TEXT NOT NULL, updates INTEGER NOT NULL, deleted_at INTEGER
        );
        CREATE TABLE versions (
            id INTEGER PRIMARY KEY, topic INTEGER NOT NULL, name TEXT, at INTEGER NOT NULL,
            author TEXT NOT NULL, offset INTEGER NOT NULL, state BLOB NOT NULL
        );
        CREATE INDEX versions_of_topic ON versions (topic, id);
        """

    /// What stays of trimmed records that have a key, so that the key stays used: all but the
    /// payload.
    private static let forgotten = """
        CREATE TABLE forgotten (
            topic INTEGER NOT NULL, id INTEGER NOT NULL, offset INTEGER NOT NULL,
            at INTEGER NOT NULL, author TEXT NOT NULL, type TEXT NOT NULL, key TEXT NOT NULL,
            PRIMARY KEY (topic, id)
        ) WITHOUT ROWID;
        """

    /// The check makes selling what isn't there impossible even for a ledger with a mistake in it.
    private static let inventory = """
        CREATE TABLE stock (
            topic INTEGER PRIMARY KEY, sku TEXT NOT NULL UNIQUE, on_hand INTEGER NOT NULL,
            reserved INTEGER NOT NULL, version INTEGER NOT NULL, low_stock INTEGER NOT NULL,
            next_expiry INTEGER, updated_at INTEGER NOT NULL,
            CHECK (reserved >= 0 AND reserved <= on_hand)
        );
        CREATE INDEX due_stock ON stock (next_expiry) WHERE next_expiry IS NOT NULL;
        CREATE TABLE products (
            topic INTEGER PRIMARY KEY, sku TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
            description TEXT NOT NULL, amount INTEGER NOT NULL, currency TEXT NOT NULL,
            image TEXT NOT NULL, category TEXT NOT NULL, active INTEGER NOT NULL,
            version INTEGER NOT NULL, updated_at INTEGER NOT NULL
        );
        CREATE INDEX products_of_category ON products (category, sku);
        CREATE VIRTUAL TABLE product_search USING fts5(
            content, tokenize = 'unicode61 remove_diacritics 2 categories ''L* N* Co So'''
        );
        """

    /// An order's id here is that of its first record, so that newest first is the table's own
    /// order; `due_at` says when somebody should look whether it goes on by itself.
    private static let orders = """
        CREATE TABLE orders (
            id INTEGER PRIMARY KEY, topic INTEGER NOT NULL UNIQUE, name TEXT NOT NULL,
            user TEXT NOT NULL, status TEXT NOT NULL, payment TEXT NOT NULL,
            fulfilment TEXT NOT NULL, currency TEXT NOT NULL, total INTEGER NOT NULL,
            refunded INTEGER NOT NULL, items INTEGER NOT NULL, placed_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL, expires_at INTEGER, due_at INTEGER, seq INTEGER NOT NULL
        );
        CREATE INDEX orders_of_user ON orders (user, id);
        CREATE INDEX orders_by_status ON orders (status, id);
        CREATE INDEX due_orders ON orders (due_at) WHERE due_at IS NOT NULL;
        """

    /// Blocks are read by series and span, and removed by how long they are kept. Appended as they
    /// come, which fills the pages.
    private static let metrics = """
        CREATE TABLE blocks (
            id INTEGER PRIMARY KEY, shard INTEGER NOT NULL, sequence INTEGER NOT NULL,
            series INTEGER NOT NULL, tier INTEGER NOT NULL, stands INTEGER NOT NULL,
            start INTEGER NOT NULL, "end" INTEGER NOT NULL, count INTEGER NOT NULL,
            data BLOB NOT NULL
        );
        CREATE UNIQUE INDEX blocks_by_series ON blocks (shard, series, tier, "end", sequence);
        CREATE INDEX blocks_by_age ON blocks (stands, "end");
        """

    /// A cluster's node: how far it has archived each partition, the last entries of which the
    /// records came, and where topics stood when their epochs ended.
    private static let replication = """
        CREATE TABLE partitions (
            partition INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, sequence INTEGER NOT NULL,
            entry INTEGER NOT NULL
        );
        CREATE TABLE entries (
            partition INTEGER NOT NULL, sequence INTEGER NOT NULL, id INTEGER NOT NULL,
            topic INTEGER NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL,
            PRIMARY KEY (partition, sequence)
        ) WITHOUT ROWID;
        CREATE TABLE former (
            topic INTEGER NOT NULL, epoch INTEGER NOT NULL, kept INTEGER NOT NULL,
            PRIMARY KEY (topic, epoch)
        ) WITHOUT ROWID;
        """

    /// Records of a cluster's node that are to be appended again: its partition's log went another
    /// way. Those of one entry have its id.
    private static let strays = """
        CREATE TABLE strays (
            number INTEGER PRIMARY KEY, partition INTEGER NOT NULL, entry INTEGER NOT NULL,
            topic TEXT NOT NULL, id INTEGER NOT NULL UNIQUE, offset INTEGER NOT NULL,
            at INTEGER NOT NULL, author TEXT NOT NULL, type TEXT NOT NULL, key TEXT,
            payload NOT NULL
        );
        """

    /// Versions follow from records, where their offsets are; those from before that have none. An
    /// earlier hub could not read such records.
    private static let versions = "UPDATE versions SET offset = 0"

    /// The index's texts aren't stored again: the view reads them out of the records, for
    /// snippets and for checks. `scope` holds the room as a word, so that a search in one room
    /// reads that room's postings only.
    private static let search = """
        CREATE VIEW message_texts AS
            SELECT messages.id AS id,
                coalesce(alterations.content, json_extract(records.payload, '$.content'))
                    AS content,
                'r' || messages.topic AS scope
            FROM records
            JOIN messages ON messages.topic = records.topic AND messages.id = records.id
            LEFT JOIN alterations ON alterations.id = records.id
            WHERE alterations.deleted_at IS NULL
                AND json_extract(records.payload, '$.type') <> 'system';
        CREATE VIRTUAL TABLE search USING fts5(
            content, scope, content = 'message_texts', content_rowid = 'id', columnsize = 0,
            tokenize = 'unicode61 remove_diacritics 2 categories ''L* N* Co So'''
        );
        INSERT INTO search (search, rank) VALUES ('automerge', 16);
        """
}
