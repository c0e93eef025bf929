import CRDT

/// Makes a document's roots read as they did earlier, by edits: what others write meanwhile stays.
///
/// Texts and lists keep what is equal at both ends; maps keep what is equal under a key. A shared
/// type that differs is made anew.
struct DocumentRestoration {
    /// An element of a list: a value, or a shared type with all that is in it.
    private struct Element: Hashable {
        let value: YValue
        let kind: YTypeKind?
        let delta: [YDeltaOperation]
        let members: [YMember]
    }

    private let earlier: YDocument
    private let document: YDocument

    init(of earlier: YDocument, in document: YDocument) {
        self.earlier = earlier
        self.document = document
    }

    func perform(_ edit: inout YEdit) throws(YEditError) {
        for name in Set(earlier.rootNames + document.rootNames).sorted() {
            let root = YTypeReference.root(name)
            try restoreMembers(root, &edit)
            if Self.isText(earlier, root) || Self.isText(document, root) {
                if earlier.delta(name) != document.delta(name) { try restoreText(name, &edit) }
            } else {
                try restoreList(root, &edit)
            }
        }
    }

    private static func isText(_ document: YDocument, _ type: YTypeReference) -> Bool {
        !(document.text(of: type) ?? "").isEmpty
    }

    // MARK: Maps

    private func restoreMembers(_ root: YTypeReference, _ edit: inout YEdit) throws(YEditError) {
        let now = Set(document.members(of: root).map(\.key))
        var before: Set<String> = []
        for member in earlier.members(of: root) {
            before.insert(member.key)
            let was = element(member.value, earlier.child(member.key, of: root), earlier)
            let isThere = now.contains(member.key)
            let value = document.members(of: root).last { $0.key == member.key }?.value
            let now = element(value ?? .null, document.child(member.key, of: root), document)
            if isThere, was == now { continue }
            if let child = earlier.child(member.key, of: root), let kind = earlier.kind(of: child) {
                let made = try edit.setType(member.key, to: kind, in: root)
                try fill(made, kind, from: child, &edit)
            } else {
                try edit.set(member.key, to: member.value, in: root)
            }
        }
        for key in now.subtracting(before).sorted() { try edit.remove(key, in: root) }
    }

    // MARK: Lists

    private func restoreList(_ root: YTypeReference, _ edit: inout YEdit) throws(YEditError) {
        let before = elements(of: root, in: earlier)
        let now = elements(of: root, in: document)
        let head = zip(before, now).prefix { $0 == $1 }.count
        let most = min(before.count, now.count) - head
        let tail = zip(before.reversed(), now.reversed()).prefix(most).prefix { $0 == $1 }.count
        if now.count - tail > head { try edit.delete(head..<now.count - tail, in: root) }
        for index in head..<before.count - tail {
            try insert(at: index, from: root, index, to: root, &edit)
        }
    }

    private func elements(of type: YTypeReference, in document: YDocument) -> [Element] {
        document.values(of: type).enumerated().map { index, value in
            element(value, document.child(at: index, of: type), document)
        }
    }

    private func element(
        _ value: YValue,
        _ child: YTypeReference?,
        _ document: YDocument
    ) -> Element {
        guard let child else { return Element(value: value, kind: nil, delta: [], members: []) }
        return Element(
            value: value,
            kind: document.kind(of: child),
            delta: document.delta(of: child) ?? [],
            members: document.members(of: child)
        )
    }

    /// Puts a copy of an element of the earlier document into the present one.
    private func insert(
        at index: Int,
        from source: YTypeReference,
        _ place: Int,
        to type: YTypeReference,
        _ edit: inout YEdit
    ) throws(YEditError) {
        if let child = earlier.child(at: place, of: source), let kind = earlier.kind(of: child) {
            let made = try edit.insertType(kind, at: index, in: type)
            try fill(made, kind, from: child, &edit)
        } else {
            try edit.insert([earlier.values(of: source)[place]], at: index, in: type)
        }
    }

    /// Fills a shared type that was made with what is in an earlier one.
    private func fill(
        _ type: YTypeReference,
        _ kind: YTypeKind,
        from source: YTypeReference,
        _ edit: inout YEdit
    ) throws(YEditError) {
        for member in earlier.members(of: source) {
            if case .map = kind, let child = earlier.child(member.key, of: source),
                let inner = earlier.kind(of: child)
            {
                let made = try edit.setType(member.key, to: inner, in: type)
                try fill(made, inner, from: child, &edit)
            } else {
                try edit.set(member.key, to: member.value, in: type)
            }
        }
        switch kind {
        case .text, .xmlText:
            try insert((earlier.delta(of: source) ?? [])[...], at: 0, in: type, &edit)
        case .array, .xmlFragment, .xmlElement:
            for index in earlier.values(of: source).indices {
                try insert(at: index, from: source, index, to: type, &edit)
            }
        case .map, .xmlHook: break
        }
    }

    // MARK: Texts

    /// The part between what is equal at the head and at the tail is replaced.
    private func restoreText(_ root: String, _ edit: inout YEdit) throws(YEditError) {
        let before = Self.units(earlier.delta(root))
        let now = Self.units(document.delta(root))
        let head = zip(before, now).prefix { $0 == $1 }.count
        let most = min(before.count, now.count) - head
        let tail = zip(before.reversed(), now.reversed()).prefix(most).prefix { $0 == $1 }.count
        let start = now[..<head].reduce(0) { $0 + $1.length }
        let length = now[head..<now.count - tail].reduce(0) { $0 + $1.length }
        if length > 0 { try edit.delete(start..<start + length, in: .root(root)) }
        try insert(before[head..<before.count - tail], at: start, in: .root(root), &edit)
    }

    private func insert(
        _ units: ArraySlice<YDeltaOperation>,
        at start: Int,
        in type: YTypeReference,
        _ edit: inout YEdit
    ) throws(YEditError) {
        var index = start
        for unit in Self.joined(units) {
            switch unit.insert {
            case .text(let text):
                try edit.insert(text, at: index, in: type, attributes: unit.attributes)
            case .embed(let value):
                try edit.insertEmbed(value, at: index, in: type, attributes: unit.attributes)
            case .type(let child):
                guard let kind = earlier.kind(of: child) else { continue }
                let made = try edit.insertType(kind, at: index, in: type)
                try fill(made, kind, from: child, &edit)
            }
            index += unit.length
        }
    }

    /// Runs cut into characters, so that they can be compared.
    private static func units(_ delta: [YDeltaOperation]) -> [YDeltaOperation] {
        delta.flatMap { operation -> [YDeltaOperation] in
            guard case .text(let text) = operation.insert else { return [operation] }
            return text.map {
                YDeltaOperation(insert: .text(String($0)), attributes: operation.attributes)
            }
        }
    }

    /// Neighbours with equal attributes as one run.
    private static func joined(_ units: ArraySlice<YDeltaOperation>) -> [YDeltaOperation] {
        var runs: [YDeltaOperation] = []
        for unit in units {
            if let last = runs.last, case .text(let text) = unit.insert,
                case .text(let before) = last.insert, last.attributes == unit.attributes
            {
                runs[runs.count - 1].insert = .text(before + text)
            } else {
                runs.append(unit)
            }
        }
        return runs
    }
}

extension YDeltaOperation {
    /// UTF-16 code units, or one thing.
    fileprivate var length: Int {
        if case .text(let text) = insert { text.utf16.count } else { 1 }
    }
}
