public import EventicleCore

/// Why the team's code could not be run in a child process.
///
/// What the code itself throws is a ``ScriptError``.
public enum NodeError: Error, Sendable, CustomStringConvertible {
  /// No node was found in these places.
  case notFound(looked: [String])
  /// The system did not start a program, for a reason in words.
  case notStarted(String, reason: String)
  /// The version of node is too old.
  case tooOld(version: String, program: String)
  /// There is no such file or folder.
  case noEntry(String)
  /// A file in TypeScript, which this node does not run by itself.
  case needsLoader(String, version: String)
  /// The child closed its pipes; how it ended is not known yet.
  case ended
  /// The child ended before it answered, with what it said last.
  case died(during: String, how: String, said: [String])
  /// The child needed more memory than it may.
  case outOfMemory(during: String, limit: Int, said: [String])
  /// The child did not answer in time, or somebody gave it up.
  case gaveUp(during: String, after: Interval, isLate: Bool, near: String?, isWaiting: Bool)
  /// A message is larger than a pipe takes.
  case frameTooLarge(bytes: Int)
  /// The child sent what is no message.
  case garbled(String)
  /// The child ended so often in a row that it is not started again.
  case keepsFailing(last: String)
  /// The team's code could not be loaded.
  case notLoaded(String, ScriptError)
  /// A handler that the code no longer declares.
  case notDeclared(String)
  /// The files of the program's own cannot be written.
  case noCache(String, reason: String)

  /// What was expected, what was found, and the way out.
  public var description: String {
    switch self {
    case .notFound(let looked):
      "A domain in JavaScript needs node \(NodeOptions.oldest) or newer, but there is none in "
        + "\(looked.joined(separator: ", ")); install it, or name it with --node PATH."
    case .notStarted(let program, let reason):
      "\(program) cannot be started: \(reason); name another node with --node PATH."
    case .tooOld(let version, let program):
      "A domain in JavaScript needs node \(NodeOptions.oldest) or newer, but \(program) is "
        + "\(version); name another one with --node PATH."
    case .noEntry(let path):
      "There is no \(path); --domain takes a sample's name, a file in JavaScript or TypeScript, or "
        + "the folder of a package."
    case .needsLoader(let path, let version):
      "\(path) is TypeScript, which node \(version) does not run by itself; install tsx in the "
        + "project, name a loader with --node-arg --import --node-arg LOADER, or use node 22.18."
    case .ended: "node has closed its pipes."
    case .died(let work, let how, let said):
      "node ended during \(work): \(how)\(NodeError.quoted(said)); it is started again when needed."
    case .outOfMemory(let work, let limit, let said):
      "node ran out of memory (\(limit / 1_048_576) MB) during \(work)\(NodeError.quoted(said)); "
        + "--node-memory gives it more."
    case .gaveUp(let work, let waited, let isLate, let near, let isWaiting):
      NodeError.sentence(of: work, waited, isLate: isLate, near: near, isWaiting: isWaiting)
    case .frameTooLarge(let bytes):
      "A message between the console and node may have \(NodePipes.frameBytes) bytes, but this one "
        + "has \(bytes); do it in smaller parts."
    case .garbled(let reason): "node sent what is no message of its part: \(reason)"
    case .keepsFailing(let last):
      "node keeps failing: \(last) Correct the domain and save it, and it is loaded again."
    case .notLoaded(let entry, let error):
      ([error.place ?? entry, error.sentence].joined(separator: " ")
        + (error.codeFrame.map { "\n\($0)" } ?? ""))
    case .notDeclared(let handler):
      "The code does not declare \(handler) any more; load the domain again, or bring it back."
    case .noCache(let folder, let reason):
      "What node is to load cannot be written to \(folder): \(reason); set XDG_CACHE_HOME to a "
        + "folder that can be written to."
    }
  }

  private static func quoted(_ lines: [String]) -> String {
    lines.isEmpty ? "" : " (\(lines.joined(separator: " / ")))"
  }

  private static func sentence(
    of work: String, _ waited: Interval, isLate: Bool, near: String?, isWaiting: Bool
  ) -> String {
    let place = near.map { " (\($0)?)" } ?? ""
    if !isLate { return "\(work) was given up after \(waited)\(place) – node was restarted." }
    if isWaiting {
      return "\(work) is still waiting after \(waited)\(place); does it await something that never "
        + "happens? node was restarted; --handler-deadline gives more time."
    }
    return "\(work) did not answer for \(waited)\(place) – node was restarted; --handler-deadline "
      + "gives more time."
  }
}
