/// An integer of at most 53 bits as it is written: up to eight bytes, stored as one word.
struct PackedInteger {
    private(set) var word: UInt64 = 0
    private(set) var length = 1

    init(_ value: UInt64) {
        var rest = value
        var shift: UInt64 = 0
        while rest >= 0x80 {
            word |= (rest & 0x7F | 0x80) &<< shift
            rest &>>= 7
            shift &+= 8
            length &+= 1
        }
        word |= rest &<< shift
    }
}
