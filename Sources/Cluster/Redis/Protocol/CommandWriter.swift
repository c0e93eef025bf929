/// Writes commands in RESP: an array of binary-safe strings.

struct CommandWriter {
    private(set) var bytes: [UInt8] = []

    /// Arguments alone: for what is appended to a command that is begun elsewhere.
    init() {}

    init(arguments count: Int) {
        bytes.reserveCapacity(32 * (count + 1))
        append(mark: UInt8(ascii: "*"), count)
    }

    mutating func append(_ argument: [UInt8]) {
        append(mark: UInt8(ascii: "$"), argument.count)
        bytes += argument
        endLine()
    }

    private mutating func append(mark: UInt8, _ number: Int) {
        bytes.append(mark)
        if number < 10 {
            bytes.append(UInt8(ascii: "0") + UInt8(number))
        } else {
            bytes += String(number).utf8
        }
        endLine()
    }

    private mutating func endLine() {
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
    }
}
