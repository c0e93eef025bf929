/// A struct that is integrated: an element of a type, or what garbage collection left of it.
/// Its ids name clients by their handles.
struct YItem {
    var client: YHandle
    var clock: UInt32
    var length: UInt32
    var originClient: YHandle = .none
    var originClock: UInt32 = 0
    var rightOriginClient: YHandle = .none
    var rightOriginClock: UInt32 = 0
    /// The neighbours in the list of the parent.
    var left: YHandle = .none
    var right: YHandle = .none
    /// The type that it is an element of.
    var parent: YHandle = .none
    /// The name of the key that it is a value of.
    var key: YHandle = .none
    /// The type that it holds.
    var type: YHandle = .none
    /// Where its content stands among the content of its client.
    var contentStart: UInt32 = 0
    var contentEnd: UInt32 = 0
    var kind: YContentKind
    var isDeleted = false

    var end: UInt32 { clock + length }
    var content: Range<Int> { Int(contentStart)..<Int(contentEnd) }
    var isVisible: Bool { !isDeleted && kind.isCountable }

    func hasOrigin(of other: YItem) -> Bool {
        originClient == other.originClient && originClock == other.originClock
    }

    func hasRightOrigin(of other: YItem) -> Bool {
        rightOriginClient == other.rightOriginClient
            && rightOriginClock == other.rightOriginClock
    }
}
