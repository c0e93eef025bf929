/// A lane as the place where tasks run that prefer one: for work in many short steps that speaks to
/// topics, so that it does not change threads with each of them.
///
/// A task that waited for an answer, also an actor's, goes on where it prefers to and only then
/// where it belongs (`swift_continuation_init` and `completeFuture` in the runtime). Without such a
/// preference that is a thread of the global pool, to be woken for nothing.
final class LaneTasks: TaskExecutor {
    let lane: any Lane

    init(_ lane: any Lane) {
        self.lane = lane
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // On the lane's thread nothing else of the lane runs: to go from here to one of its actors
        // is no step.
        lane.submit { [self] in
            job.runSynchronously(
                isolatedTo: lane.asUnownedSerialExecutor(),
                taskExecutor: asUnownedTaskExecutor()
            )
        }
    }
}
