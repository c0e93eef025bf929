/// The loop as the executor of actors: `nonisolated var unownedExecutor` of an actor that lives on
/// it returns `loop.asUnownedSerialExecutor()`.

extension EventLoop {
    package func enqueue(_ job: consuming ExecutorJob) {
        add(.job(UnownedJob(job)))
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    /// Lets `assumeIsolated` succeed in code that runs on the loop without being a job.
    package func checkIsolated() {
        precondition(isCurrent, "An actor's isolation was assumed away from its loop.")
    }

    package func isIsolatingCurrentContext() -> Bool? {
        isCurrent
    }
}
