import EventicleCore

/// What happened with the session and the program, newest last.
struct SessionLog: Sendable {
  /// One thing that happened.
  struct Line: Hashable, Sendable {
    /// The time of the moment on show when it happened.
    let instant: Instant
    let kind: StatusMessage.Kind
    let text: String
    /// The command line that it answers; `nil` for what no line asked for.
    let line: String?
    /// The journal entry that it is about.
    let entry: JournalIndex?
  }

  /// What the domain's own code has written at one time.
  struct Written: Hashable, Sendable {
    let kind: StatusMessage.Kind
    /// The first line, after its place.
    let first: String
    /// The lines below it.
    let rest: [String]
    /// The calls that led there, where something went wrong.
    let calls: [String]
  }

  /// The most lines kept; older ones are dropped.
  static let most = 500
  /// The most characters kept of one text.
  private static let longest = 2_000

  private(set) var lines: [Line] = []
  /// How many older lines were dropped.
  private(set) var dropped = 0
  /// How many failures of the history are known; `nil` before the first look at it.
  private(set) var failures: Int?
  /// The branch whose failures they are; `nil` for main.
  private var branch: String?

  /// The number of problems among the lines.
  var problems: Int { lines.count { $0.kind == .problem } }

  /// Adds a line; an empty text and a repetition of the last one say nothing.
  mutating func note(
    _ text: String, _ kind: StatusMessage.Kind, at instant: Instant, line: String? = nil,
    entry: JournalIndex? = nil
  ) {
    guard !text.isEmpty else { return }
    let new = Line(
      instant: instant, kind: kind, text: String(text.prefix(SessionLog.longest)),
      line: line.map { String($0.prefix(SessionLog.longest)) }, entry: entry)
    guard lines.last != new else { return }
    lines.append(new)
    let over = lines.count - SessionLog.most
    guard over > 0 else { return }
    lines.removeFirst(over)
    dropped += over
  }

  /// Takes the number of failures in the history of a branch; those of another branch are no news.
  ///
  /// - Returns: The numbers of those that are new, the last `most` of them, and how many more are.
  mutating func takeFailures(
    _ count: Int, of branch: String?, most: Int
  ) -> (shown: Range<Int>, hidden: Int) {
    let known = branch == self.branch ? min(failures ?? count, count) : count
    (failures, self.branch) = (count, branch)
    let first = max(known, count - most)
    return (first..<count, first - known)
  }

  /// Takes the number of failures in another history, which are no news.
  mutating func beginHistory(failures count: Int) { failures = count }
}
