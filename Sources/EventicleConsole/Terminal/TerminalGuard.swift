import CSupervisor

/// The parent process that gives the terminal back, however this program ends.
enum TerminalGuard {
  /// Starts the program again under a watching parent; call it first in `main`, and only when a
  /// full-screen console is about to be opened.
  ///
  /// The child starts from the beginning with the same arguments. This returns in the child, and
  /// also when there is no terminal to guard.
  static func begin() {
    guard supervisor_is_child() == 0 else { return }
    _ = supervisor_run(CommandLine.argc, CommandLine.unsafeArgv)
  }

  /// Where the runtime writes its crash report; `nil` when nowhere.
  static var crashFile: String? {
    let path = String(cString: supervisor_crash_file())
    return path.isEmpty ? nil : path
  }
}
