import Glibc

/// Where and when figures were measured, without which they say nothing.
enum Machine {
    static var description: String {
        var system = utsname()
        uname(&system)
        let release = withUnsafeBytes(of: &system.release) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        return "\(cores) cores (\(processor)), Linux \(release), \(date)"
    }

    private static var processor: String {
        let text = SystemFile.read("/proc/cpuinfo") ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
        let name = line?.split(separator: ":").last.map(String.init) ?? "unknown processor"
        return String(name.drop { $0 == " " })
    }

    private static var date: String {
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
    }
}
