/// The frames that a connection has yet to write, in order. Frames are shared, never copied.
///
/// The first frame stands in the outbox itself, so that a queue of one, which is nearly all that
/// ever happens, allocates nothing. The others stand in storage lent by the loop's pool.

import CLinux
import Glibc

struct Outbox {
    struct Frame {
        var bytes: [UInt8]
        var tag: UInt32
    }

    typealias Storage = ContiguousArray<Frame>

    /// Empty when nothing is queued: frames never are.
    private var first: [UInt8] = []
    private var firstTag: UInt32 = 0
    /// The place in `rest` of the second frame.
    private var restHead: Int32 = 0
    private var rest: Storage = []
    /// How much of the first frame is written.
    private var written = 0
    private(set) var byteCount = 0

    var isEmpty: Bool { first.isEmpty }
    var frameCount: Int { first.isEmpty ? 0 : 1 + rest.count - Int(restHead) }
    var holdsOneFrame: Bool { !first.isEmpty && rest.count == Int(restHead) }
    /// Whether the next frame needs storage that the outbox doesn't have.
    var wantsStorage: Bool { !first.isEmpty && rest.capacity == 0 }

    mutating func append(_ bytes: [UInt8], tag: UInt32) {
        byteCount += bytes.count
        if first.isEmpty {
            first = bytes
            firstTag = tag
        } else {
            rest.append(Frame(bytes: bytes, tag: tag))
        }
    }

    mutating func lend(_ storage: consuming Storage) {
        rest = storage
    }

    /// The storage, emptied, when it is no longer needed.
    mutating func returnStorage() -> Storage? {
        guard rest.capacity > 0, rest.count == Int(restHead) else { return nil }
        var storage: Storage = []
        swap(&storage, &rest)
        restHead = 0
        storage.removeAll(keepingCapacity: true)
        return storage
    }

    /// The unwritten part of the first frame.
    func withFirst<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        first.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[written...])) }
    }

    /// Points `vectors` at the first frames, and says how many frames and bytes that is.
    ///
    /// The pointers outlive the closures that lend them. That is sound here: the outbox holds a
    /// reference to each array until it is written, a shared array is copied before it is changed,
    /// and the storage of an array doesn't move while it lives.
    func fill(_ vectors: UnsafeMutableBufferPointer<iovec>) -> (frames: Int, bytes: Int) {
        let frames = min(frameCount, vectors.count)
        guard frames > 0 else { return (0, 0) }
        var bytes = 0
        withFirst { vectors[0] = Self.vector($0, &bytes) }
        var index = Int(restHead)
        for place in 1..<max(frames, 1) {
            rest[index].bytes.withUnsafeBytes { vectors[place] = Self.vector($0, &bytes) }
            index += 1
        }
        return (frames, bytes)
    }

    private static func vector(_ bytes: UnsafeRawBufferPointer, _ total: inout Int) -> iovec {
        total += bytes.count
        return iovec(
            iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress),
            iov_len: bytes.count
        )
    }

    /// Copies bytes from the front, and says how many. For TLS, which makes one record of them.
    func gather(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        var filled = withFirst { Self.copy($0, into: buffer, at: 0) }
        var index = Int(restHead)
        while index < rest.count, filled < buffer.count {
            filled += rest[index].bytes.withUnsafeBytes { Self.copy($0, into: buffer, at: filled) }
            index += 1
        }
        return filled
    }

    private static func copy(
        _ bytes: UnsafeRawBufferPointer,
        into buffer: UnsafeMutableRawBufferPointer,
        at place: Int
    ) -> Int {
        let count = min(bytes.count, buffer.count - place)
        let target = UnsafeMutableRawBufferPointer(rebasing: buffer[place..<(place + count)])
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        return count
    }

    /// Takes `count` written bytes off the front.
    mutating func consume(_ count: Int) {
        precondition(count <= byteCount, "More was written than was queued.")
        if count == byteCount { return removeAll() }
        byteCount -= count
        var left = count
        while left >= first.count - written {
            left -= first.count - written
            advance()
        }
        written += left
    }

    private mutating func advance() {
        written = 0
        guard Int(restHead) < rest.count else {
            first = []
            return
        }
        first = []
        swap(&first, &rest[Int(restHead)].bytes)
        firstTag = rest[Int(restHead)].tag
        restHead += 1
        // The frames taken so far are cut off once they are the larger half: constant time a frame.
        if restHead >= 64, Int(restHead) * 2 > rest.count {
            rest.removeFirst(Int(restHead))
            restHead = 0
        }
    }

    /// Forgets every frame. The storage stays until it is returned.
    mutating func removeAll() {
        first = []
        written = 0
        byteCount = 0
        restHead = 0
        rest.removeAll(keepingCapacity: true)
    }

    /// Forgets the frames that `isDropped` names by tag, but none that is partly written or holds
    /// one of the first `pinned` bytes, which TLS has begun to send.
    mutating func drop(pinned: Int, where isDropped: (UInt32) -> Bool) -> DroppedFrames {
        var kept = Outbox()
        var dropped = DroppedFrames(frames: 0, bytes: 0)
        var offset = 0
        kept.rest.reserveCapacity(rest.capacity)
        for place in 0..<frameCount {
            let index = Int(restHead) + place - 1
            let bytes = place == 0 ? first : rest[index].bytes
            let tag = place == 0 ? firstTag : rest[index].tag
            let unwritten = place == 0 ? bytes.count - written : bytes.count
            let isBegun = offset < pinned || unwritten < bytes.count
            if isBegun || !isDropped(tag) {
                kept.append(bytes, tag: tag)
            } else {
                dropped.frames += 1
                dropped.bytes += unwritten
            }
            offset += unwritten
        }
        if written > 0 {
            kept.written = written
            kept.byteCount -= written
        }
        self = kept
        return dropped
    }
}

/// What `dropQueued` has dropped.
package struct DroppedFrames: Hashable, Sendable {
    package var frames: Int
    package var bytes: Int
}
