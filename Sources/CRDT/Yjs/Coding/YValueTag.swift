/// The first byte of a value, by lib0's numbers.
enum YValueTag {
    static let undefined: UInt8 = 127
    static let null: UInt8 = 126
    static let integer: UInt8 = 125
    static let float32: UInt8 = 124
    static let float64: UInt8 = 123
    static let bigint: UInt8 = 122
    static let `false`: UInt8 = 121
    static let `true`: UInt8 = 120
    static let string: UInt8 = 119
    static let object: UInt8 = 118
    static let array: UInt8 = 117
    static let bytes: UInt8 = 116
}
