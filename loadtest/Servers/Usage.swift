import Glibc

/// What a process and its children have used, as /proc tells.
struct Usage: Sendable {
    var userSeconds = 0.0
    var systemSeconds = 0.0
    var residentBytes = 0
    /// The resident bytes that no file backs: without them, pages of a database that is mapped into
    /// memory would count as growth.
    var anonymousBytes = 0

    var cpuSeconds: Double { userSeconds + systemSeconds }

    static func of(_ process: pid_t) -> Usage {
        var usage = Usage()
        usage.add(process)
        let children = SystemFile.read("/proc/\(process)/task/\(process)/children") ?? ""
        for child in children.split(separator: " ") {
            if let number = pid_t(child) { usage.add(number) }
        }
        return usage
    }

    /// Without children: the servers that are started for a run are among them.
    static func ofThisProcess() -> Usage {
        var usage = Usage()
        usage.add(getpid())
        return usage
    }

    private mutating func add(_ process: pid_t) {
        // The name in parentheses may hold spaces; user and system time are fields 14 and 15.
        let line = SystemFile.read("/proc/\(process)/stat") ?? ""
        let fields = line[(line.lastIndex(of: ")") ?? line.startIndex)...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13])
        else { return }
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        userSeconds += user / ticks
        systemSeconds += system / ticks
        // The status file's figures may lag behind by dozens of pages for each core; the map's
        // don't.
        let map = SystemFile.read("/proc/\(process)/smaps_rollup") ?? ""
        residentBytes += Self.bytes("Rss:", of: map)
        anonymousBytes += Self.bytes("Anonymous:", of: map)
    }

    private static func bytes(_ name: String, of map: String) -> Int {
        for line in map.split(separator: "\n") where line.hasPrefix(name) {
            let digits = line.filter { ("0"..."9").contains($0) }
            return (Int(digits) ?? 0) << 10
        }
        return 0
    }

    static func + (left: Usage, right: Usage) -> Usage {
        Usage(
            userSeconds: left.userSeconds + right.userSeconds,
            systemSeconds: left.systemSeconds + right.systemSeconds,
            residentBytes: left.residentBytes + right.residentBytes,
            anonymousBytes: left.anonymousBytes + right.anonymousBytes
        )
    }

    static func - (later: Usage, earlier: Usage) -> Usage {
        Usage(
            userSeconds: later.userSeconds - earlier.userSeconds,
            systemSeconds: later.systemSeconds - earlier.systemSeconds,
            residentBytes: later.residentBytes - earlier.residentBytes,
            anonymousBytes: later.anonymousBytes - earlier.anonymousBytes
        )
    }
}
