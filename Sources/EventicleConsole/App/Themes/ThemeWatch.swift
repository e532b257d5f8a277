import EventicleCore
import Synchronization

/// Looks after files and wakes the console when one of them is another than before.
///
/// It looks twice a second on a thread of its own, and not at all without files.
final class ThemeWatch: Sendable {
  /// The time between two looks.
  static let pause = Interval(milliseconds: 500)

  private let state: WatchedFiles
  private let timer: RestTimer

  /// A watch without files.
  init(wake: @escaping @Sendable () -> Void) {
    let state = WatchedFiles()
    self.state = state
    timer = RestTimer { timer in
      if state.look() { wake() }
      if !state.isEmpty { timer.set(Self.pause) }
    }
  }

  /// Looks after these files from now on, in place of any others.
  func follow(_ paths: [String]) {
    state.follow(paths)
    timer.set(paths.isEmpty ? nil : Self.pause)
  }

  /// Looks at the files at once; `true` when one of them has changed since the last look.
  @discardableResult
  func look() -> Bool { state.look() }

  /// Whether a file has changed since this was asked last.
  func takeChange() -> Bool { state.takeChange() }
}

/// Files and what they were when they were looked at last.
private final class WatchedFiles: Sendable {
  private struct State {
    var files: [String: FileIdentity?] = [:]
    var isChanged = false
  }

  private let state = Mutex(State())

  var isEmpty: Bool { state.withLock(\.files.isEmpty) }

  func follow(_ paths: [String]) {
    state.withLock { state in
      // A change between two readings of a file must not be missed.
      state.files = Dictionary(
        paths.map { ($0, state.files[$0] ?? Files.identity(of: $0)) }, uniquingKeysWith: { $1 })
    }
  }

  func look() -> Bool {
    state.withLock { state in
      var isChanged = false
      for path in state.files.keys {
        let now = Files.identity(of: path)
        if state.files[path] != .some(now) { isChanged = true }
        state.files[path] = .some(now)
      }
      if isChanged { state.isChanged = true }
      return isChanged
    }
  }

  func takeChange() -> Bool {
    state.withLock { state in
      defer { state.isChanged = false }
      return state.isChanged
    }
  }
}
