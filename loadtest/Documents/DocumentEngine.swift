import CLinux
import CRDT
import Glibc

/// Our engine at the tasks.
final class DocumentEngine {
    private let folder: String
    private let state: [UInt8]
    private let text: [UInt8]
    private let whole: YDocument
    /// Split once, when they are first asked for.
    private lazy var updates = Self.split(Self.read(folder + "/updates"))

    init(folder: String) throws(LoadFailure) {
        self.folder = folder
        state = Self.read(folder + "/state-v1")
        text = Self.read(folder + "/text")
        guard !state.isEmpty, !text.isEmpty else {
            throw LoadFailure("There is no trace in \(folder)")
        }
        whole = try Self.load(state)
    }

    func run(_ task: DocumentTask) throws(LoadFailure) -> DocumentFigure {
        switch task {
        case .load:
            return try timed { () throws(LoadFailure) in
                try check(try Self.load(state))
                return 0
            }
        case .apply:
            let updates = updates
            return try timed { () throws(LoadFailure) in
                let document = YDocument()
                for update in updates { try Self.apply(update, to: document) }
                try check(document)
                return 0
            }
        case .encode1: return timed { whole.encodeStateV1().count }
        case .encode2: return timed { whole.encodeStateV2().count }
        case .memory: return DocumentFigure(nanoseconds: 0, bytes: try memory())
        }
    }

    private static func apply(_ bytes: [UInt8], to document: YDocument) throws(LoadFailure) {
        do {
            let update = try YUpdate(v1: bytes)
            try document.validate(update)
            document.apply(update)
        } catch {
            throw LoadFailure("An update of the trace is refused: \(error)")
        }
    }

    private static func load(_ state: [UInt8]) throws(LoadFailure) -> YDocument {
        let document = YDocument()
        try apply(state, to: document)
        return document
    }

    private func check(_ document: YDocument) throws(LoadFailure) {
        guard document.text("text").utf8.elementsEqual(text) else {
            throw LoadFailure("The text is another one")
        }
    }

    private func timed<Failure: Error>(
        _ work: () throws(Failure) -> Int
    ) throws(Failure) -> DocumentFigure {
        let start = Clock.now()
        let bytes = try work()
        return DocumentFigure(nanoseconds: Clock.now() - start, bytes: bytes)
    }

    /// The bytes that are loaded from are no longer there when it is counted.
    private func memory() throws(LoadFailure) -> Int {
        let before = Self.heapBytes()
        let document = try Self.load(Self.read(folder + "/state-v1"))
        let after = Self.heapBytes()
        return withExtendedLifetime(document) { max(after - before, 0) }
    }

    private static func heapBytes() -> Int {
        let heap = mallinfo2()
        return Int(heap.uordblks + heap.hblkhd)
    }

    private static func read(_ path: String) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(file, &piece, piece.count)
            guard count > 0 else { return bytes }
            bytes += piece[..<count]
        }
    }

    /// Each is preceded by its length, as four bytes from the least on.
    private static func split(_ all: [UInt8]) -> [[UInt8]] {
        var updates: [[UInt8]] = []
        var start = 0
        while start + 4 <= all.count {
            let length = (0..<4).reduce(0) { $0 | Int(all[start + $1]) << (8 * $1) }
            let end = min(start + 4 + length, all.count)
            updates.append(Array(all[(start + 4)..<end]))
            start = end
        }
        return updates
    }
}
