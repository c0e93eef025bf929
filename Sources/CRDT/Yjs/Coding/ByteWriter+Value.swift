/// Values as JavaScript writes them.
extension ByteWriter {
    mutating func writeValue(_ value: YValue) {
        switch value {
        case .undefined: write(YValueTag.undefined)
        case .null: write(YValueTag.null)
        case .bool(let flag): write(flag ? YValueTag.true : YValueTag.false)
        case .integer(let integer): writeInteger(integer)
        case .float(let number): writeNumber(number)
        case .float32(let number): writeNumber(Double(number))
        case .bigint(let integer):
            write(YValueTag.bigint)
            writeBigEndian(UInt64(bitPattern: integer), count: 8)
        case .string(let text):
            write(YValueTag.string)
            writeVarString(text)
        case .bytes(let content):
            write(YValueTag.bytes)
            writeVarBytes(content)
        case .array(let elements):
            write(YValueTag.array)
            writeVarUint(UInt64(elements.count))
            for element in elements { writeValue(element) }
        case .object(let members):
            write(YValueTag.object)
            writeVarUint(UInt64(members.count))
            for member in members {
                writeVarString(member.key)
                writeValue(member.value)
            }
        }
    }

    private mutating func writeInteger(_ integer: Int) {
        guard integer.magnitude <= Self.integerMaximum else { return writeNumber(Double(integer)) }
        write(YValueTag.integer)
        writeVarInt(Int64(integer))
    }

    /// JavaScript has one kind of number: the smallest form that holds it exactly is written.
    private mutating func writeNumber(_ number: Double) {
        if number.rounded(.towardZero) == number, abs(number) <= Double(Self.integerMaximum) {
            write(YValueTag.integer)
            writeVarInt(magnitude: UInt64(abs(number)), isNegative: number.sign == .minus)
        } else if Double(Float(number)) == number {
            write(YValueTag.float32)
            writeBigEndian(UInt64(Float(number).bitPattern), count: 4)
        } else {
            write(YValueTag.float64)
            writeBigEndian(number.bitPattern, count: 8)
        }
    }

    /// 2^31 - 1.
    private static let integerMaximum: UInt = 0x7FFF_FFFF
}
