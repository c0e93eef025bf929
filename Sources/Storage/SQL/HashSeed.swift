/// What a database's key hashes start from: random, chosen when it was created, stored in it.
struct HashSeed: Sendable, Hashable {
    let first: UInt64
    let second: UInt64

    var words: (UInt64, UInt64) { (first, second) }

    static func random() -> HashSeed {
        HashSeed(first: .random(in: .min ... .max), second: .random(in: .min ... .max))
    }

    /// The stored seed; stores one when there is none. Part of a transaction of the caller's.
    static func stored(_ connection: Connection) throws(SQLiteFailure) -> HashSeed {
        let fresh = random()
        let insert = try connection.statement("INSERT OR IGNORE INTO settings VALUES (?1, ?2)")
        try insert.execute(.text("seed 1"), .int(Int64(bitPattern: fresh.first)))
        try insert.execute(.text("seed 2"), .int(Int64(bitPattern: fresh.second)))
        let read = try connection.statement("SELECT value FROM settings WHERE name = ?1")
        read.bind("seed 1", at: 1)
        let first = try read.first { UInt64(bitPattern: $0.int(0)) }
        read.bind("seed 2", at: 1)
        let second = try read.first { UInt64(bitPattern: $0.int(0)) }
        return HashSeed(first: first ?? fresh.first, second: second ?? fresh.second)
    }
}
