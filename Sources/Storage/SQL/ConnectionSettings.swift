import GRDB

/// How connections are set up: one that writes, several that read.
enum ConnectionSettings {
    /// 64 MiB, so that the ends of the trees that every commit touches stay in memory.
    static let writerCacheKiB = 65_536
    static let readerCacheKiB = 16_384
    static let readerMapBytes = 1 << 30
    /// A WAL that a burst has made larger is cut back to this when it starts anew.
    static let walBytesKept = 64 << 20

    static func writer(_ durability: Durability) -> Configuration {
        var configuration = settings(label: "writer")
        configuration.journalMode = .wal
        configuration.prepareDatabase { database in
            // Checkpoints are the checkpointer's work, not that of whoever commits the 1000th page.
            try database.execute(
                sql: """
                    PRAGMA synchronous = \(durability.pragma);
                    PRAGMA cache_size = -\(writerCacheKiB);
                    PRAGMA wal_autocheckpoint = 0;
                    PRAGMA journal_size_limit = \(walBytesKept);
                    PRAGMA temp_store = MEMORY;
                    PRAGMA secure_delete = OFF;
                    """
            )
        }
        return configuration
    }

    static func reader() -> Configuration {
        var configuration = settings(label: "reader")
        configuration.readonly = true
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA cache_size = -\(readerCacheKiB);
                    PRAGMA mmap_size = \(readerMapBytes);
                    PRAGMA temp_store = MEMORY;
                    """
            )
        }
        return configuration
    }

    private static func settings(label: String) -> Configuration {
        var configuration = Configuration()
        configuration.label = label
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(5)
        return configuration
    }
}
