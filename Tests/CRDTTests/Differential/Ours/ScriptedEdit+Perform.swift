import CRDT

/// The same edits, made by us.
extension ScriptedEdit {
    /// Makes the edit, or leaves it out where our server never makes such a thing.
    func perform(on document: YDocument, client: UInt64) throws(YEditError) -> [UInt8]? {
        let target = target(in: document)
        return try document.edit(client: client) { (edit: inout YEdit) throws(YEditError) in
            switch target.kind {
            case .xmlText where act == .embed: break
            case .text, .xmlText: try editText(target.type, document, &edit)
            case .map: try editMap(target.type, &edit)
            case .array: try editArray(target.type, document, &edit)
            case .xmlElement, .xmlFragment, .xmlHook:
                try editXML(target.type, document, &edit)
            }
        }
    }

    private var rootKind: YTypeKind {
        switch root {
        case .text: .text
        case .map: .map
        case .array: .array
        case .xml: .xmlFragment
        }
    }

    private func target(in document: YDocument) -> (type: YTypeReference, kind: YTypeKind) {
        var type = YTypeReference.root(root.rawValue)
        var kind = rootKind
        for step in path {
            let children = Self.children(of: type, kind, in: document)
            guard !children.isEmpty else { break }
            type = children[step % children.count]
            kind = document.kind(of: type) ?? .map
        }
        return (type, kind)
    }

    private static func children(
        of type: YTypeReference,
        _ kind: YTypeKind,
        in document: YDocument
    ) -> [YTypeReference] {
        switch kind {
        case .text, .xmlText: return []
        case .map:
            let value =
                if case .root(let name) = type { document.json(name, as: .map) } else {
                    document.json(of: type) ?? .null
                }
            guard case .object(let members) = value else { return [] }
            return members.map(\.key).sorted().compactMap { document.child($0, of: type) }
        case .array, .xmlElement, .xmlFragment, .xmlHook:
            return (0..<(document.length(of: type) ?? 0)).compactMap {
                document.child(at: $0, of: type)
            }
        }
    }

    /// The range that `at` and `count` mean in something of this length; nil if it is empty.
    private func range(in length: Int) -> Range<Int>? {
        let start = at % (length + 1)
        return start < length ? start..<(start + 1 + count % (length - start)) : nil
    }

    private func editText(
        _ type: YTypeReference,
        _ document: YDocument,
        _ edit: inout YEdit
    ) throws(YEditError) {
        let length = document.length(of: type) ?? 0
        // Our server never cuts a surrogate pair; others do.
        let index = Self.outsidePairs(document, type, at % (length + 1))
        switch act {
        case .insert: return try edit.insert(text, at: index, in: type)
        case .insertFormatted:
            return try edit.insert(text, at: index, in: type, attributes: attributes)
        case .embed:
            return try edit.insertEmbed(embed, at: index, in: type, attributes: attributes)
        case .format, .delete: break
        }
        guard index < length else { return }
        let end = Self.outsidePairs(document, type, index + 1 + count % (length - index))
        if act == .format {
            try edit.format(index..<end, in: type, attributes: attributes)
        } else {
            try edit.delete(index..<end, in: type)
        }
    }

    /// The position, or the next one if it is within a surrogate pair.
    private static func outsidePairs(
        _ document: YDocument,
        _ type: YTypeReference,
        _ index: Int
    ) -> Int {
        let units: [UInt16] = (document.delta(of: type) ?? []).flatMap { operation -> [UInt16] in
            if case .text(let text) = operation.insert { return Array(text.utf16) }
            return [0x2D]
        }
        let isCut = index < units.count && UTF16.isTrailSurrogate(units[index])
        return isCut ? index + 1 : index
    }

    private func editMap(_ type: YTypeReference, _ edit: inout YEdit) throws(YEditError) {
        guard act != .delete else { return try edit.remove(key, in: type) }
        switch values[0] {
        case .value(let value): try edit.set(key, to: value, in: type)
        case .map(let members):
            let map = try edit.setType(key, to: .map, in: type)
            for member in members { try edit.set(member.key, to: member.value, in: map) }
        case .array(let elements):
            let array = try edit.setType(key, to: .array, in: type)
            if !elements.isEmpty { try edit.push(elements, in: array) }
        case .text(let content):
            let text = try edit.setType(key, to: .text, in: type)
            try edit.insert(content, at: 0, in: text)
        case .element, .xmlText, .subdocument: break
        }
    }

    private func editArray(
        _ type: YTypeReference,
        _ document: YDocument,
        _ edit: inout YEdit
    ) throws(YEditError) {
        let length = document.length(of: type) ?? 0
        if act == .delete {
            if let range = range(in: length) { try edit.delete(range, in: type) }
            return
        }
        var index = at % (length + 1)
        for value in values {
            switch value {
            case .value(let value): try edit.insert([value], at: index, in: type)
            case .map(let members):
                let map = try edit.insertType(.map, at: index, in: type)
                for member in members { try edit.set(member.key, to: member.value, in: map) }
            case .array(let elements):
                let array = try edit.insertType(.array, at: index, in: type)
                try edit.insert(elements, at: 0, in: array)
            case .text(let content):
                let text = try edit.insertType(.text, at: index, in: type)
                try edit.insert(content, at: 0, in: text)
            case .element, .xmlText, .subdocument: continue
            }
            index += 1
        }
    }

    private func editXML(
        _ type: YTypeReference,
        _ document: YDocument,
        _ edit: inout YEdit
    ) throws(YEditError) {
        let isElement = if case .nested = type { true } else { false }
        if isElement, act == .format { return try edit.setAttribute(key, to: text, in: type) }
        if isElement, act == .embed { return try edit.removeAttribute(key, in: type) }
        let length = document.length(of: type) ?? 0
        if act == .delete {
            if let range = range(in: length) { try edit.delete(range, in: type) }
            return
        }
        let index = at % (length + 1)
        switch node {
        case .element(let name): _ = try edit.insertType(.xmlElement(name), at: index, in: type)
        case .xmlText(let content):
            let text = try edit.insertType(.xmlText, at: index, in: type)
            try edit.insert(content, at: 0, in: text)
        case .value, .map, .array, .text, .subdocument: break
        }
    }
}
