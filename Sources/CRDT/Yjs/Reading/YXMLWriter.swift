/// Writes XML types as Yjs does, except that text and attributes are escaped.
struct YXMLWriter {
    private let store: YStore
    private(set) var text = ""

    init(store: YStore) {
        self.store = store
    }

    /// Writes a type and what is in it, as deep as the limit allows.
    mutating func write(_ type: YHandle, depth: Int) {
        guard depth > 0 else { return }
        switch store.types[Int(type)].code {
        case .xmlText, .text: writeRuns(of: type)
        case .xmlElement, .xmlHook: writeElement(type, depth: depth)
        case .xmlFragment, .array, .map, nil: writeChildren(of: type, depth: depth)
        }
    }

    private mutating func writeElement(_ type: YHandle, depth: Int) {
        let name = Self.name(elementName(of: type))
        text += "<" + name
        let attributes = store.members(of: type, depth: 1).sorted { $0.key < $1.key }
        for attribute in attributes {
            text += " \(Self.name(attribute.key))=\""
            escape(Self.plain(attribute.value), quotes: true)
            text += "\""
        }
        text += ">"
        writeChildren(of: type, depth: depth)
        text += "</\(name)>"
    }

    private func elementName(of type: YHandle) -> String {
        switch store.kind(of: type) {
        case .xmlElement(let name), .xmlHook(let name): name.lowercased()
        default: ""
        }
    }

    private mutating func writeChildren(of type: YHandle, depth: Int) {
        for handle in store.list(of: type) where store.items[Int(handle)].isVisible {
            let item = store.items[Int(handle)]
            if item.type != .none {
                write(item.type, depth: depth - 1)
            } else if item.kind == .string {
                escape(store.string(of: item), quotes: false)
            }
        }
    }

    /// Runs of a text stand in elements that are named after their attributes.
    private mutating func writeRuns(of type: YHandle) {
        for run in store.delta(of: type) {
            guard case .text(let content) = run.insert else { continue }
            for attribute in run.attributes { openTag(attribute) }
            escape(content, quotes: false)
            for attribute in run.attributes.reversed() {
                text += "</\(Self.name(attribute.key))>"
            }
        }
    }

    private mutating func openTag(_ attribute: YMember) {
        text += "<" + Self.name(attribute.key)
        if case .object(let members) = attribute.value {
            for member in members.sorted(by: { $0.key < $1.key }) {
                text += " \(Self.name(member.key))=\""
                escape(Self.plain(member.value), quotes: true)
                text += "\""
            }
        }
        text += ">"
    }

    private mutating func escape(_ content: String, quotes: Bool) {
        for scalar in content.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"" where quotes: text += "&quot;"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }

    /// A name, with what ends a name left out: whoever writes names does not write markup.
    private static func name(_ name: String) -> String {
        let unsafe = name.unicodeScalars.contains { isUnsafe($0) }
        guard unsafe || name.isEmpty else { return name }
        let kept = String(String.UnicodeScalarView(name.unicodeScalars.filter { !isUnsafe($0) }))
        return kept.isEmpty ? "_" : kept
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value <= 0x20 || scalar.value == 0x7F || "<>&\"'=/`".unicodeScalars.contains(scalar)
    }

    /// A value as an attribute: JavaScript would make a string of it.
    private static func plain(_ value: YValue) -> String {
        if case .string(let text) = value { return text }
        var writer = ByteWriter()
        writer.writeJSON(value)
        return String(decoding: writer.finish(), as: UTF8.self)
    }
}
