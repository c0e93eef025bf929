import Glibc

/// Another engine in a process of its own. It is given a task at a time, so that rounds of several
/// engines take turns and the machine's moods hit them all.
final class DocumentPeer {
    let name: String
    private let number: pid_t
    private let input: Int32
    private let output: Int32

    init(_ name: String, _ arguments: [String]) throws(LoadFailure) {
        var toPeer: [Int32] = [0, 0]
        var fromPeer: [Int32] = [0, 0]
        guard pipe(&toPeer) == 0, pipe(&fromPeer) == 0 else {
            throw LoadFailure("No pipe for \(name)", errno)
        }
        for end in toPeer + fromPeer { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer {
            close(toPeer[0])
            close(fromPeer[1])
        }
        self.name = name
        input = toPeer[1]
        output = fromPeer[0]
        number = try Self.spawn(arguments, input: toPeer[0], output: fromPeer[1])
    }

    private static func spawn(
        _ arguments: [String],
        input: Int32,
        output: Int32
    ) throws(LoadFailure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        var pointers = arguments.map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        // This process blocks the signals that end it; its children must hear them.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var number = pid_t()
        let answer = posix_spawnp(&number, arguments[0], &actions, &attributes, pointers, environ)
        guard answer == 0 else { throw LoadFailure("\(arguments[0]) can't be started", answer) }
        Children.add(number)
        return number
    }

    /// What it took, and how many bytes came out.
    func run(_ task: DocumentTask) throws(LoadFailure) -> DocumentFigure {
        let line = Array((task.rawValue + "\n").utf8)
        guard write(input, line, line.count) == line.count else {
            throw LoadFailure("\(name) has ended", errno)
        }
        var answer: [UInt8] = []
        while answer.last != 0x0A {
            try awaitAnswer(to: task)
            var byte: UInt8 = 0
            guard read(output, &byte, 1) == 1, answer.count < 100 else {
                throw LoadFailure("\(name) broke off at \(task.rawValue)")
            }
            answer.append(byte)
        }
        let numbers = String(decoding: answer.dropLast(), as: UTF8.self).split(separator: " ")
        guard numbers.count == 2, let nanoseconds = Int64(numbers[0]), let bytes = Int(numbers[1])
        else { throw LoadFailure("\(name) answers what it was not asked") }
        return DocumentFigure(nanoseconds: nanoseconds, bytes: bytes)
    }

    private func awaitAnswer(to task: DocumentTask) throws(LoadFailure) {
        var waiting = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 300_000) == 1 else {
            throw LoadFailure("\(name) takes more than 5 minutes for \(task.rawValue)")
        }
    }

    /// Its input ends, and so does it.
    func stop() {
        close(input)
        close(output)
        kill(number, SIGTERM)
        var status: Int32 = 0
        waitpid(number, &status, 0)
        Children.remove(number)
    }
}
