/// The labels that name a series, its metric's name among them as `__name__`, in canonical form.
///
/// One run of bytes: for each label, sorted by the UTF-8 bytes of its name, the length of the name
/// as LEB128, the name, the length of the value, the value. Two sets are equal when their bytes
/// are, so a set read from the wire can be looked up without making strings of it.
package struct Labels: Sendable, Hashable {
    package static let nameLabel = "__name__"

    /// Canonical.
    package let bytes: [UInt8]

    package static let empty = Labels(canonical: [])

    /// The bytes must be canonical: they come from `LabelsBuilder`, or from another `Labels`.
    package init(canonical bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Labels with an empty value are left out: they are the same as no label. Of two with one
    /// name the last counts.
    package init(_ labels: some Sequence<(String, String)>) {
        var byName: [String: String] = [:]
        for (name, value) in labels { byName[name] = value.isEmpty ? nil : value }
        let sorted = byName.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        var bytes: [UInt8] = []
        for (name, value) in sorted {
            Self.append(name.utf8, to: &bytes)
            Self.append(value.utf8, to: &bytes)
        }
        self.bytes = bytes
    }

    package var isEmpty: Bool { bytes.isEmpty }

    /// In canonical order.
    package var all: [(name: String, value: String)] {
        var labels: [(name: String, value: String)] = []
        visit { name, value in
            let name = String(decoding: name, as: UTF8.self)
            labels.append((name, String(decoding: value, as: UTF8.self)))
        }
        return labels
    }

    package subscript(name: String) -> String? {
        var found: String?
        visit { if $0.elementsEqual(name.utf8) { found = String(decoding: $1, as: UTF8.self) } }
        return found
    }

    /// The metric's name.
    package var name: String? { self[Self.nameLabel] }

    /// Calls with the UTF-8 bytes of each name and value, in canonical order.
    package func visit(_ body: (ArraySlice<UInt8>, ArraySlice<UInt8>) -> Void) {
        var at = 0
        while at < bytes.count {
            let name = field(&at)
            let value = field(&at)
            body(name, value)
        }
    }

    private func field(_ at: inout Int) -> ArraySlice<UInt8> {
        var length = 0
        var shift = 0
        while true {
            let byte = bytes[at]
            at += 1
            length |= Int(byte & 0x7F) << shift
            guard byte & 0x80 != 0 else { break }
            shift += 7
        }
        defer { at += length }
        return bytes[at..<at + length]
    }

    /// Appends a name or a value as the canonical form has it.
    package static func append(_ field: some Collection<UInt8>, to bytes: inout [UInt8]) {
        var length = field.count
        while length >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: length) | 0x80)
            length >>= 7
        }
        bytes.append(UInt8(length))
        bytes.append(contentsOf: field)
    }
}

extension Labels: CustomStringConvertible {
    /// As PromQL writes it: `name{label="value"}`.
    package var description: String {
        var name = ""
        var rest: [String] = []
        for label in all {
            if label.name == Self.nameLabel {
                name = label.value
            } else {
                rest.append("\(label.name)=\"\(Self.escape(label.value))\"")
            }
        }
        return rest.isEmpty && !name.isEmpty ? name : "\(name){\(rest.joined(separator: ", "))}"
    }

    private static func escape(_ value: String) -> String {
        var escaped = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
