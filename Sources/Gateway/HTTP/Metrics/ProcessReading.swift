import Glibc

/// What the kernel says about this process, read from `/proc` when it is asked for.
struct ProcessReading {
    let residentBytes: Int
    let virtualBytes: Int
    let openDescriptors: Int
    let descriptorsMaximum: Int
    let cpuSeconds: Double
    let startSeconds: Double
    let threads: Int

    init() {
        let memory = Self.numbers(Self.text("/proc/self/statm"))
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        virtualBytes = (memory.first ?? 0) * page
        residentBytes = (memory.dropFirst().first ?? 0) * page
        openDescriptors = Self.entries("/proc/self/fd")
        var limit = rlimit()
        let hasLimit = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
        descriptorsMaximum = hasLimit ? Int(clamping: limit.rlim_cur) : 0
        let status = Self.status()
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        // Fields 14, 15, 20 and 22 of proc(5); counted here from the third.
        cpuSeconds = Double(Self.at(11, status) + Self.at(12, status)) / ticks
        threads = Self.at(17, status)
        startSeconds = Double(Self.bootTime()) + Double(Self.at(19, status)) / ticks
    }

    private static func at(_ index: Int, _ numbers: [Int]) -> Int {
        index < numbers.count ? numbers[index] : 0
    }

    /// The fields after the command's name, which may hold spaces and parentheses.
    private static func status() -> [Int] {
        let text = text("/proc/self/stat")
        guard let end = text.lastIndex(of: ")") else { return [] }
        return text[text.index(after: end)...].split(separator: " ").map { Int($0) ?? 0 }
    }

    private static func bootTime() -> Int {
        let line = text("/proc/stat").split(separator: "\n").first { $0.hasPrefix("btime ") }
        return line.flatMap { Int($0.dropFirst(6)) } ?? 0
    }

    private static func numbers(_ text: String) -> [Int] {
        text.split { $0 == " " || $0 == "\n" }.map { Int($0) ?? 0 }
    }

    static func text(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes.append(contentsOf: chunk[..<count])
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Without `.`, `..` and the descriptor that reads the directory.
    private static func entries(_ path: String) -> Int {
        guard let directory = opendir(path) else { return 0 }
        defer { closedir(directory) }
        var count = 0
        while readdir(directory) != nil { count += 1 }
        return max(0, count - 3)
    }
}
