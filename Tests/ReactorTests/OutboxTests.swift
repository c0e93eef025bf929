/// The queue of frames, against one flat array of bytes.

import CLinux
import Testing

@testable import Reactor

@Suite("Outbox")
struct OutboxTests {
    @Test("Whatever is consumed, the bytes come out in order", arguments: 1...20)
    func keepsOrder(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var outbox = Outbox()
        var model: [UInt8] = []
        for step in 0..<2_000 {
            if random.next() % 3 > 0 {
                let frame = pattern(1 + Int(random.next() % 40), seed: step)
                outbox.append(frame, tag: 0)
                model += frame
            } else {
                let count = Int(random.next() % UInt64(model.count + 1))
                outbox.consume(count)
                model.removeFirst(count)
            }
            #expect(outbox.byteCount == model.count)
            #expect(outbox.isEmpty == model.isEmpty)
            let front = flat(outbox, vectors: 7)
            #expect(front == Array(model.prefix(front.count)))
            #expect(gathered(outbox, 50) == Array(model.prefix(50)))
        }
        #expect(flat(outbox, vectors: 4096) == model)
    }

    @Test("Dropping a tag leaves the others and what has begun", arguments: 0...12)
    func drops(written: Int) {
        var outbox = Outbox()
        for (number, tag) in [1, 2, 1, 3, 1].enumerated() {
            outbox.append(pattern(4, seed: number), tag: UInt32(tag))
        }
        outbox.consume(written)
        let before = outbox.byteCount
        let dropped = outbox.drop(pinned: 0) { $0 == 1 }
        let begun = written % 4 != 0 ? written / 4 : nil
        let kept = (written / 4..<5).filter { ![0, 2, 4].contains($0) || $0 == begun }
        let expected = kept.flatMap { number in
            pattern(4, seed: number).dropFirst(number == begun ? written % 4 : 0)
        }
        #expect(flat(outbox, vectors: 64) == expected)
        #expect(outbox.byteCount == expected.count)
        #expect(dropped.bytes == before - expected.count)
        #expect(dropped.frames == (written / 4..<5).count - kept.count)
    }

    @Test("Bytes that TLS has begun to send are not dropped")
    func pinned() {
        var outbox = Outbox()
        for number in 0..<4 { outbox.append(pattern(4, seed: number), tag: 1) }
        #expect(outbox.drop(pinned: 5) { _ in true } == DroppedFrames(frames: 2, bytes: 8))
        #expect(flat(outbox, vectors: 64) == pattern(4, seed: 0) + pattern(4, seed: 1))
    }

    @Test("A queue of one frame needs no storage, and a longer one gives it back empty")
    func storage() {
        var outbox = Outbox()
        outbox.append([1], tag: 0)
        #expect(outbox.returnStorage() == nil)
        #expect(outbox.wantsStorage)
        outbox.append([2], tag: 0)
        #expect(outbox.returnStorage() == nil)
        outbox.consume(1)
        #expect(outbox.holdsOneFrame)
        outbox.consume(1)
        #expect(outbox.returnStorage()?.isEmpty == true)
        #expect(!outbox.wantsStorage)
    }

    private func flat(_ outbox: Outbox, vectors count: Int) -> [UInt8] {
        let vectors = UnsafeMutableBufferPointer<iovec>.allocate(capacity: count)
        defer { vectors.deallocate() }
        let filled = outbox.fill(vectors)
        let bytes = vectors[..<filled.frames].flatMap {
            Array(UnsafeRawBufferPointer(start: $0.iov_base, count: $0.iov_len))
        }
        #expect(bytes.count == filled.bytes)
        return bytes
    }

    private func gathered(_ outbox: Outbox, _ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let filled = bytes.withUnsafeMutableBytes { outbox.isEmpty ? 0 : outbox.gather(into: $0) }
        return Array(bytes[..<filled])
    }
}
