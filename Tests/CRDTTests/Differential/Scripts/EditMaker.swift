import CRDT

/// Makes edits by chance: a few that build and many that collide.
struct EditMaker {
    var dice: CaseDice
    /// What the engine that carries them out can't do is left out.
    let isForYjs: Bool

    /// What a peer can be asked for. yrs cannot be made to cut a surrogate pair, and does it in a
    /// way of its own when others do.
    private var words: [String] { isForYjs ? Self.shortWords + Self.pairs : Self.shortWords }

    private static let shortWords = ["a", "bc", "é", "한글", "\n", "hello ", "\"\\"]
    private static let pairs = ["😀", "x😀y", "𐍈𐍈"]
    private static let keys = ["k", "l", "é", "__proto__x", "a b"]
    private static let attributeKeys = ["b", "i", "link"]
    private static let plainWords = ["p", "q1", "text", "ü", "漢字"]

    mutating func edits(_ most: Int) -> [ScriptedEdit] {
        (0...dice.below(most)).map { _ in edit() }
    }

    mutating func edit() -> ScriptedEdit {
        let roots: [ScriptedEdit.Root] = [.text, .text, .text, .map, .map, .array, .array, .xml]
        let root = dice.pick(roots)
        var edit = ScriptedEdit(
            root: root,
            path: (0..<dice.below(3)).map { _ in dice.below(100) },
            act: act(in: root)
        )
        edit.at = dice.below(10_000)
        edit.count = dice.below(6)
        edit.key = dice.pick(root == .xml ? Self.attributeKeys : Self.keys)
        edit.text = dice.pick(root == .xml ? Self.plainWords : words)
        edit.attributes = root == .xml ? [xmlAttribute()] : attributes()
        edit.embed = .object([YMember(key: "img", value: json(0))])
        edit.values = root == .map ? [content()] : (0...dice.below(3)).map { _ in content() }
        edit.node = node()
        return edit
    }

    private mutating func act(in root: ScriptedEdit.Root) -> ScriptedEdit.Act {
        if root == .xml { return dice.pick([.insert, .insert, .insert, .format, .delete, .embed]) }
        return dice.pick([
            .insert, .insert, .insert, .insert, .insertFormatted, .embed, .format, .format, .delete,
            .delete, .delete,
        ])
    }

    private mutating func attributes() -> [YMember] {
        let value: YValue = dice.pick([true, true, nil, "v", 1, .object([])])
        return [YMember(key: dice.pick(Self.attributeKeys), value: value)]
    }

    /// As tags these are written alike by everybody.
    private mutating func xmlAttribute() -> YMember {
        YMember(key: dice.pick(["b", "i"]), value: dice.pick([true, true, nil]))
    }

    private mutating func content() -> ScriptedValue {
        switch dice.below(12) {
        case 0: .map([YMember(key: dice.pick(Self.keys), value: element(2))])
        case 1: .array((0..<dice.below(3)).map { _ in element(2) })
        case 2: .text(dice.pick(words))
        case 3 where dice.isOne(in: 2):
            .subdocument(guid: "guid-\(dice.below(1_000_000))", option: dice.below(3))
        default: .value(element(0))
        }
    }

    private mutating func node() -> ScriptedValue {
        dice.isOne(in: 2)
            ? .element(dice.pick(["p", "div"])) : .xmlText(dice.pick(Self.plainWords))
    }

    /// Yjs takes some values only within others.
    private mutating func element(_ depth: Int) -> YValue {
        let value = value(depth)
        return switch value {
        case .undefined, .bigint: .array([value])
        default: value
        }
    }

    /// What lib0 can write, with the borders of its classes.
    private mutating func value(_ depth: Int) -> YValue {
        let numbers: [YValue] = [
            0, 1, -1, 63, 64, -64, 8191, 2_147_483_647, -2_147_483_647, .float(2_147_483_648),
            .float(1.5), .float(-0.1), .float(1e300), .float(.infinity), .integer(1 << 40),
        ]
        switch dice.below(10) {
        case 0: return isForYjs ? .undefined : nil
        case 1: return .bool(dice.isOne(in: 2))
        case 2: return .bytes(dice.bytes(dice.below(5)))
        case 3 where isForYjs: return .bigint(dice.pick([0, 5, -5, .max, .min, 1 << 53]))
        case 4 where depth < 4: return .array((0..<dice.below(3)).map { _ in value(depth + 1) })
        case 5 where depth < 4:
            return .object([YMember(key: dice.pick(Self.keys), value: value(depth + 1))])
        case 6, 7: return .string(dice.pick(words))
        default: return dice.pick(numbers)
        }
    }

    /// What survives as JSON text.
    private mutating func json(_ depth: Int) -> YValue {
        dice.pick([1, -2, nil, true, "u\"rl", .float(1.5), .array([1, "z"]), .object([])])
    }
}
