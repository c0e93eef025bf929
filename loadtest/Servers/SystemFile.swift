import Glibc

/// Small files, whole; those of /proc above all.
enum SystemFile {
    static func read(_ path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16 << 10)
        while text.count < 16 << 20 {
            let count = Glibc.read(file, &piece, piece.count)
            guard count > 0 else { break }
            text.append(contentsOf: piece[..<count])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// A line to standard output at once, also when that is a file.
    static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = Glibc.write(STDOUT_FILENO, bytes, bytes.count)
    }

    static func write(_ text: String, to path: String) throws(LoadFailure) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw LoadFailure("\(path) can't be written", errno) }
        defer { close(file) }
        let bytes = Array(text.utf8)
        guard Glibc.write(file, bytes, bytes.count) == bytes.count else {
            throw LoadFailure("\(path) can't be written", errno)
        }
    }
}
