import CSupervisor

/// The parent process that gives the terminal back, however this program ends.
enum TerminalGuard {
  /// Splits off the watching parent; to be called before anything else in `main`, and only when
  /// a full-screen console is about to be opened.
  ///
  /// The child starts from the beginning of the program with the same arguments; in it, and
  /// wherever there is no terminal to guard, this returns.
  static func begin() {
    _ = supervisor_run(CommandLine.argc, CommandLine.unsafeArgv)
  }

  /// Where the runtime writes its report should this process crash; none when nowhere.
  static var crashFile: String? {
    let path = String(cString: supervisor_crash_file())
    return path.isEmpty ? nil : path
  }
}
