/// Label sets made of others.
extension Labels {
    func filtered(_ isKept: (ArraySlice<UInt8>) -> Bool) -> Labels {
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        visit { name, value in
            guard isKept(name) else { return }
            Self.append(name, to: &kept)
            Self.append(value, to: &kept)
        }
        return Labels(canonical: kept)
    }

    /// As the name's label written canonically begins.
    private static let namePrefix: [UInt8] = {
        var bytes: [UInt8] = []
        append(nameLabel.utf8, to: &bytes)
        return bytes
    }()

    func droppingName() -> Labels {
        let length = Self.namePrefix.count
        // Nearly always the first label, and its value short.
        if bytes.starts(with: Self.namePrefix), bytes[length] < 0x80 {
            return Labels(canonical: Array(bytes[(length + 1 + Int(bytes[length]))...]))
        }
        return filtered { !$0.elementsEqual(Self.nameLabel.utf8) }
    }

    func keeping(_ names: [String]) -> Labels {
        guard !names.isEmpty else { return .empty }
        return filtered { name in names.contains { name.elementsEqual($0.utf8) } }
    }

    func dropping(_ names: [String]) -> Labels {
        guard !names.isEmpty else { return self }
        return filtered { name in !names.contains { name.elementsEqual($0.utf8) } }
    }

    /// An empty value takes the label away.
    func setting(_ name: String, _ value: String) -> Labels {
        Labels(all.map { ($0.name, $0.value) } + [(name, value)])
    }

    /// The order in which Prometheus lists series: by the first name or value that differs.
    func precedes(_ other: Labels) -> Bool {
        let mine = all
        let theirs = other.all
        for (one, two) in zip(mine, theirs) {
            if one.name != two.name {
                return one.name.utf8.lexicographicallyPrecedes(two.name.utf8)
            }
            if one.value != two.value {
                return one.value.utf8.lexicographicallyPrecedes(two.value.utf8)
            }
        }
        return mine.count < theirs.count
    }
}
