/// How large a request's head may be.
package struct HeadLimits: Sendable {
    /// Start line, fields and line ends. Beyond: 431, or 414 if it is all target.
    package var bytesMaximum: Int
    /// Beyond: 431.
    package var fieldsMaximum: Int

    package init(bytesMaximum: Int = 16_384, fieldsMaximum: Int = 128) {
        self.bytesMaximum = bytesMaximum
        self.fieldsMaximum = fieldsMaximum
    }
}
