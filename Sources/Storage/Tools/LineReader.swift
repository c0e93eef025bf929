import Foundation
import Glibc

/// Reads a file or standard input line by line.
package struct LineReader: ~Copyable {
    /// A line is a record with its payload, and no payload is near as long.
    package static let bytesMaximum = 64 << 20

    private let descriptor: Int32
    private let ownsDescriptor: Bool
    private var buffer: [UInt8] = []
    private var start = 0
    private var number = 0
    private var hasEnded = false

    package init(path: String) throws(StorageError) {
        descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .missing(path: path) }
        ownsDescriptor = true
    }

    /// Reads an open descriptor and leaves it open.
    package init(descriptor: Int32) {
        self.descriptor = descriptor
        ownsDescriptor = false
    }

    deinit {
        if ownsDescriptor { close(descriptor) }
    }

    /// The next line without its end; nil after the last.
    package mutating func next() throws(StorageError) -> [UInt8]? {
        var searched = start
        number += 1
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(buffer[start..<end])
                start = end + 1
                return line
            }
            if hasEnded {
                defer { start = buffer.count }
                return start < buffer.count ? Array(buffer[start...]) : nil
            }
            buffer.removeFirst(start)
            start = 0
            searched = buffer.count
            guard buffer.count <= Self.bytesMaximum else {
                throw .malformed(line: number, reason: "It is too long.")
            }
            try fill()
        }
    }

    private mutating func fill() throws(StorageError) {
        var piece = [UInt8](repeating: 0, count: 256 << 10)
        let descriptor = descriptor
        let count = piece.withUnsafeMutableBytes {
            Glibc.read(descriptor, $0.baseAddress, $0.count)
        }
        if count < 0 {
            if errno == EINTR { return }
            throw .failed("Line \(number) can't be read (error \(errno)).")
        }
        hasEnded = count == 0
        buffer += piece.prefix(count)
    }
}
