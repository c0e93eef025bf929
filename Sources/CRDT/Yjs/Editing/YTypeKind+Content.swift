/// Types as they stand in an update.
extension YTypeKind {
    /// The number of the type, and its name if it has one.
    var content: [UInt8] {
        var writer = ByteWriter()
        switch self {
        case .array: writer.write(YTypeCode.array.rawValue)
        case .map: writer.write(YTypeCode.map.rawValue)
        case .text: writer.write(YTypeCode.text.rawValue)
        case .xmlElement(let name):
            writer.write(YTypeCode.xmlElement.rawValue)
            writer.writeVarString(name)
        case .xmlFragment: writer.write(YTypeCode.xmlFragment.rawValue)
        case .xmlHook(let name):
            writer.write(YTypeCode.xmlHook.rawValue)
            writer.writeVarString(name)
        case .xmlText: writer.write(YTypeCode.xmlText.rawValue)
        }
        return writer.finish()
    }
}
