/// How much may be said of a series.
package struct LabelLimits: Sendable, Hashable {
    package var labelsMaximum: Int
    package var nameBytesMaximum: Int
    package var valueBytesMaximum: Int

    package init(
        labelsMaximum: Int = 64,
        nameBytesMaximum: Int = 256,
        valueBytesMaximum: Int = 4096
    ) {
        self.labelsMaximum = labelsMaximum
        self.nameBytesMaximum = nameBytesMaximum
        self.valueBytesMaximum = valueBytesMaximum
    }
}
