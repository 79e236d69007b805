import Glibc

/// How a program ended.
enum ProgramEnd {
    case exited(Int32)
    case killed(Int32)
}

/// Runs the program named by the first argument, found in PATH, and waits for it to end.
/// - Parameter messages: a file for standard output and error.
func spawn(_ arguments: [String], messages: String) throws(MmseqsError) -> ProgramEnd {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, messages, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
    var words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let code = posix_spawnp(&process, words[0]!, &actions, nil, &words, environ)
    if code != 0 { throw .cannotStart(errno: code) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    // As WIFEXITED and the like, which are macros.
    return status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed(status & 0x7F)
}
