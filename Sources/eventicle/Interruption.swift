#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Lets ^C end work between two of its parts instead of in the middle of one.
struct Interruption {
  /// Holds back the signals of ^C and of `kill` from now on.
  init() {
    var signals = Interruption.signals
    sigprocmask(SIG_BLOCK, &signals, nil)
  }

  /// Lets the signals through again, those that have come too.
  func end() {
    var signals = Interruption.signals
    sigprocmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Whether one of them has come.
  var isAsked: Bool {
    var waiting = sigset_t()
    sigpending(&waiting)
    return sigismember(&waiting, SIGINT) == 1 || sigismember(&waiting, SIGTERM) == 1
  }

  private static var signals: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    return signals
  }
}
