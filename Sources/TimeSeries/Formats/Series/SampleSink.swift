/// What takes samples as they are read, series by series.
///
/// Nothing is allocated for a series on the way: the bytes of its labels are lent for the call.
package protocol SampleSink: ~Copyable {
    /// The labels, in canonical bytes, of the series that the samples after it belong to. A series
    /// may come more than once.
    mutating func begin(series labels: RawSpan)
    mutating func append(_ sample: Sample)
}
