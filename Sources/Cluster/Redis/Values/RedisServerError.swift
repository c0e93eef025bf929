/// An error as Redis words it: "MOVED 3999 127.0.0.1:6381" has the code MOVED.

package struct RedisServerError: Hashable, Sendable {
    /// The first word, when it is in capitals; else "ERR".
    package let code: String
    /// The whole line.
    package let message: String

    package init(_ message: String) {
        self.message = message
        let word = message.prefix { $0 != " " }
        let isCode = !word.isEmpty && word.utf8.allSatisfy { (65...90).contains($0) }
        code = isCode ? String(word) : "ERR"
    }

    /// Who asks too early, or in the wrong place, and was refused before anything was done. The
    /// client repeats such a command by itself.
    var isPassing: Bool {
        switch code {
        case "TRYAGAIN", "CLUSTERDOWN", "LOADING", "MASTERDOWN", "READONLY": true
        default: false
        }
    }

    /// Servers that don't know a command repeat what it was given, passwords included.
    var withoutArguments: RedisServerError {
        guard let tail = message.firstRange(of: ", with args") else { return self }
        return RedisServerError(String(message[..<tail.lowerBound]))
    }

    /// Who we are is not enough, now or ever.
    var isRefusal: Bool {
        switch code {
        case "NOAUTH", "WRONGPASS", "NOPERM": true
        default: false
        }
    }
}

extension RedisServerError: CustomStringConvertible {
    package var description: String { message }
}
