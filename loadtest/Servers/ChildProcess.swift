import Glibc

/// A process that a run has started and ends by its number. What it writes goes into its directory.
struct ChildProcess: Sendable {
    let number: pid_t
    let outputPath: String
    let errorPath: String

    /// - Parameter name: Stands before its files' names, where a directory has those of several.
    static func start(
        _ arguments: [String],
        directory: String,
        _ name: String = ""
    ) throws(LoadFailure) -> ChildProcess {
        let outputPath = directory + "/\(name)output"
        let errorPath = directory + "/\(name)errors"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputPath, flags, 0o644)
        posix_spawn_file_actions_addopen(&actions, 2, errorPath, flags, 0o644)
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
        let answer = posix_spawnp(
            &number,
            arguments[0],
            &actions,
            &attributes,
            pointers,
            environ
        )
        guard answer == 0 else { throw LoadFailure("\(arguments[0]) can't be started", answer) }
        Children.add(number)
        return ChildProcess(number: number, outputPath: outputPath, errorPath: errorPath)
    }

    var output: String { SystemFile.read(outputPath) ?? "" }
    var errors: String { SystemFile.read(errorPath) ?? "" }

    var usage: Usage { .of(number) }

    /// Whether it still runs. It is forgotten when not.
    func isRunning() -> Bool {
        var status: Int32 = 0
        guard waitpid(number, &status, WNOHANG) == 0 else {
            Children.remove(number)
            return false
        }
        return true
    }

    /// Asks it to end, and kills it when it hasn't after five seconds.
    func stop() {
        kill(number, SIGTERM)
        for _ in 0..<500 {
            guard isRunning() else { return }
            usleep(10_000)
        }
        killNow()
    }

    /// As a power cut, but for the kernel's memory.
    func killNow() {
        kill(number, SIGKILL)
        var status: Int32 = 0
        waitpid(number, &status, 0)
        Children.remove(number)
    }
}
