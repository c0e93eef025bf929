/// Texts of `/proc`, taken apart.
enum ProcText {
    /// The fields of each line.
    static func rows(_ text: String) -> [[Substring]] {
        text.split(separator: "\n").map { line in
            line.split { $0 == " " || $0 == "\t" }
        }
    }

    /// `MemTotal:       16384 kB` and its like: bytes by name.
    static func sizes(_ text: String) -> [String: Double] {
        var sizes: [String: Double] = [:]
        for row in rows(text) where row.count >= 2 && row[0].hasSuffix(":") {
            guard let number = Double(row[1]) else { continue }
            let isKilobytes = row.count > 2 && row[2] == "kB"
            sizes[String(row[0].dropLast())] = isKilobytes ? number * 1024 : number
        }
        return sizes
    }
}
