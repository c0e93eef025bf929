import Foundation
import Hub

/// Notes in the database that it is in use, how durably, and since which start of the machine.
///
/// With `durability: os` the end of the machine may cut off the newest commits, which clients have
/// seen. When the note tells that this may have happened, every topic gets a new epoch, so that no
/// position from before is taken for one of after.
enum UsageMark {
    /// Inside of the transaction that opens the database.
    static func begin(_ durability: Durability, _ connection: Connection) throws(SQLiteFailure) {
        let mark = "\(durability.rawValue) \(boot)"
        let read = try connection.statement("SELECT value FROM settings WHERE name = 'in use'")
        if let earlier = try read.first({ $0.text(0) }),
            earlier.hasPrefix(Durability.os.rawValue + " "), !earlier.hasSuffix(" " + boot)
        {
            try changeEpochs(connection)
        }
        try connection.statement("INSERT OR REPLACE INTO settings VALUES ('in use', ?1)")
            .execute(.text(mark))
    }

    /// After the last commit.
    static func end(_ connection: Connection) throws(SQLiteFailure) {
        try connection.execute("DELETE FROM settings WHERE name = 'in use'")
    }

    /// Makes every position that was ever given out one of the past.
    static func changeEpochs(_ connection: Connection) throws(SQLiteFailure) {
        try connection.execute(
            """
            UPDATE topics SET epoch = 1 + (epoch + abs(random() % 2147483646)) % 2147483647
            """
        )
        try FirstEpoch.forget(connection)
    }

    /// Which start of the machine this is; empty where the kernel doesn't say, and then every
    /// start counts as another.
    private static let boot: String = {
        let path = "/proc/sys/kernel/random/boot_id"
        let text = try? String(contentsOfFile: path, encoding: .utf8)
        return text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? UUID().uuidString
    }()
}
