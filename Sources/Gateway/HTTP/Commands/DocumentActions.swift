/// What can be asked of documents, besides joining them: the names that grants and metrics use.
enum DocumentActions {
    static let all = [
        "create", "rename", "update", "edit", "sync", "check", "state", "content", "inspect",
        "authors", "awareness", "versions", "version", "saveVersion", "removeVersion", "restore",
        "diff", "delete", "documents",
    ]
}
