/// What libFuzzer calls with each input: a trial that must not break.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzTarget(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    if case .broken(let sentence) = FuzzTrial.run(input) {
        preconditionFailure("\(sentence)")
    }
    return 0
}
