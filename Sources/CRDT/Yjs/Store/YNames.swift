/// The names of roots and keys, each kept once.
struct YNames {
    /// All names, one after the other, as UTF-8.
    private(set) var bytes: [UInt8] = []
    private(set) var ranges: ContiguousArray<Range<UInt32>> = []
    private(set) var strings: ContiguousArray<String> = []
    /// By spelling. Swift's strings are equal when they look the same; names are so only when
    /// their bytes are.
    private var handles: [ArraySlice<UInt8>: YHandle] = [:]

    mutating func handle(_ name: ArraySlice<UInt8>) -> YHandle {
        if let known = handles[name] { return known }
        let handle = YHandle(index: ranges.count)
        let start = UInt32(truncatingIfNeeded: bytes.count)
        bytes.append(contentsOf: name)
        ranges.append(start..<UInt32(truncatingIfNeeded: bytes.count))
        strings.append(String(decoding: name, as: UTF8.self))
        handles[ArraySlice(Array(name))] = handle
        return handle
    }

    func known(_ name: String) -> YHandle? { known(ArraySlice(name.utf8)) }

    func known(_ name: ArraySlice<UInt8>) -> YHandle? { handles[name] }

    func range(_ handle: YHandle) -> Range<Int> {
        let range = ranges[Int(handle)]
        return Int(range.lowerBound)..<Int(range.upperBound)
    }

    subscript(handle: YHandle) -> String { strings[Int(handle)] }
}
