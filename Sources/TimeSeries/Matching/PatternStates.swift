/// The sets of steps that a program can be at, made as they are met: then a byte costs one look.
///
/// However many sets an expression has, so many are kept; more begin anew. Time is linear.
struct PatternStates: Sendable {
    private static let statesMaximum = 256
    private static let unknown: Int32 = -1
    /// The state that nothing leads out of.
    private static let dead: Int32 = 0

    private let program: PatternProgram
    /// Bytes that no step tells apart have the same class.
    private var classes = [UInt8](repeating: 0, count: 256)
    private var classCount = 1
    private var states: [[Int32]] = []
    private var accepts: [Bool] = []
    private var numbers: [[Int32]: Int32] = [:]
    /// For each state and class the next state.
    private var transitions: [Int32] = []
    private var initial: Int32 = 0

    init(_ program: PatternProgram) {
        self.program = program
        var isEdge = [Bool](repeating: false, count: 257)
        for case .byte(let range, _) in program.steps {
            isEdge[Int(range.lowerBound)] = true
            isEdge[Int(range.upperBound) + 1] = true
        }
        var current: UInt8 = 0
        for byte in 1...255 {
            if isEdge[byte] { current += 1 }
            classes[byte] = current
        }
        classCount = Int(current) + 1
        clear()
    }

    /// Whether the whole text matches.
    mutating func matches(_ text: Span<UInt8>) -> Bool {
        var state = initial
        for index in text.indices {
            let place = Int(state) * classCount + Int(classes[Int(text[index])])
            let next = transitions[place]
            state = next == Self.unknown ? step(state, text[index]) : next
            if state == Self.dead { return false }
        }
        return accepts[Int(state)]
    }

    private mutating func clear() {
        states = []
        accepts = []
        numbers = [:]
        transitions = []
        _ = number(of: [])
        var set: [Int32] = []
        var seen = Set<Int32>()
        follow(Int32(program.start), isStart: true, isEnd: false, &seen, &set)
        initial = number(of: set.sorted())
        // The empty text is at its start and at its end.
        seen = []
        set = []
        follow(Int32(program.start), isStart: true, isEnd: true, &seen, &set)
        accepts[Int(initial)] = set.contains { program.steps[Int($0)] == .match }
    }

    private mutating func step(_ state: Int32, _ byte: UInt8) -> Int32 {
        var set: [Int32] = []
        var seen = Set<Int32>()
        for place in states[Int(state)] {
            guard case .byte(let range, let next) = program.steps[Int(place)],
                range.contains(byte)
            else { continue }
            follow(Int32(next), isStart: false, isEnd: false, &seen, &set)
        }
        set.sort()
        if numbers[set] == nil, states.count >= Self.statesMaximum {
            clear()
            return number(of: set)
        }
        let next = number(of: set)
        transitions[Int(state) * classCount + Int(classes[Int(byte)])] = next
        return next
    }

    private mutating func number(of set: [Int32]) -> Int32 {
        if let number = numbers[set] { return number }
        let number = Int32(states.count)
        states.append(set)
        var ends: [Int32] = []
        var seen = Set<Int32>()
        for place in set { follow(place, isStart: false, isEnd: true, &seen, &ends) }
        accepts.append(ends.contains { program.steps[Int($0)] == .match })
        numbers[set] = number
        transitions += Array(repeating: Self.unknown, count: classCount)
        return number
    }

    /// All steps that are reached without reading, and wait for a byte or the end.
    private func follow(
        _ place: Int32,
        isStart: Bool,
        isEnd: Bool,
        _ seen: inout Set<Int32>,
        _ set: inout [Int32]
    ) {
        var waiting = [place]
        while let place = waiting.popLast() {
            guard seen.insert(place).inserted else { continue }
            switch program.steps[Int(place)] {
            case .byte, .match: set.append(place)
            case .split(let one, let other):
                waiting.append(Int32(other))
                waiting.append(Int32(one))
            case .save(_, let next): waiting.append(Int32(next))
            case .textStart(let next): if isStart { waiting.append(Int32(next)) }
            case .textEnd(let next):
                if isEnd { waiting.append(Int32(next)) } else { set.append(place) }
            }
        }
    }
}
