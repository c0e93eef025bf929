import Foundation

/// What commands say: results to standard output, complaints to standard error.
enum Terminal {
    static func say(_ line: String) {
        // Who no longer reads is not told.
        try? FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
    }

    static func complain(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }
}
