/// Sizes as people write them: `512`, `64KiB`, `1MiB`.
enum ByteCount {
    private static let units: [(name: String, size: Int)] = [
        ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10),
    ]

    static func read(_ text: String) -> Int? {
        let unit = units.first { text.hasSuffix($0.name) }
        let digits = text.dropLast(unit?.name.count ?? 0)
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let number = Int(digits)
        else { return nil }
        let product = number.multipliedReportingOverflow(by: unit?.size ?? 1)
        return product.overflow ? nil : product.partialValue
    }

    static func text(_ count: Int) -> String {
        let unit = units.first { count >= $0.size && count % $0.size == 0 }
        return "\(count / (unit?.size ?? 1))\(unit?.name ?? "")"
    }
}
