import Foundation
import Hub
import JournalContract
import Storage

/// A process to be killed: writes without end and says what was acknowledged.
///
/// `write <directory>` prints `topic offset id` for each record it was told is stored.
/// `open <directory>` gives up root's rights, opens the directory and prints what came of it.
@main
enum CrashingWriter {
    static func main() async {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { return }
        do {
            if arguments[1] == "open" {
                if getuid() == 0 { setuid(65_534) }
                _ = try Store.open(directory: arguments[2])
                say("opened")
            } else {
                try await write(Store.open(directory: arguments[2]))
            }
        } catch {
            say("\(error)")
        }
    }

    private static func write(_ store: Store) async throws {
        let start = Int64(Date().timeIntervalSince1970 * 1_000_000)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let topic = Drafts.topic("crash-\(writer)")
                    var drafts = Drafts(after: start * 4 + Int64(writer) << 60)
                    for turn in 0..<1_000_000 {
                        let batch = (0...(turn % 3)).map { _ in drafts.next(key: nil) }
                        let records = try await store.journal.append(
                            batch,
                            to: topic,
                            expecting: nil
                        )
                        let lines = records.map { "\(topic) \($0.offset) \($0.id)" }
                        say(lines.joined(separator: "\n"))
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// One write, so that a line is whole or not there.
    private static func say(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
    }
}
