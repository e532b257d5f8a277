package import EventicleCore

/// How a session stands to the file that keeps its history.
package struct StoreNotice: Sendable, Hashable {
  /// What the session may do with the file.
  package enum Standing: Sendable, Hashable {
    case writing
    /// Another process writes, and what it writes is shown.
    case following(StoreHolder)
    /// Nobody writes; the file is only read here.
    case reading
    /// Only what is whole is shown.
    case damaged(StoreDamage)
    /// The history is whole, but not the tables in which things are found.
    case tablesDamaged
    /// The file is not there any more; what was read of it is shown.
    case gone
    /// Reading failed; what could be read is shown.
    case unread
    /// Writing failed; what is there is shown.
    case failed
  }

  package let standing: Standing
  /// The path of the file as it was opened.
  package let path: String
  /// How long a commit may wait until it survives a power cut; `nil` when each one does at once.
  package let syncWindow: Interval?
  /// Why nothing is written, as a sentence; `nil` when something can be.
  package let refusal: String?

  /// Creates a description of a file's standing.
  package init(
    _ standing: Standing, path: String, syncWindow: Interval? = nil, refusal: String? = nil
  ) {
    self.standing = standing
    self.path = path
    self.syncWindow = syncWindow
    self.refusal = refusal
  }

  /// The standing of a file.
  init(of file: any JournalFile) {
    let refusal = file.refusal
    let standing: Standing =
      switch refusal {
      case nil: .writing
      case .readOnly(_, let holder): holder.map { .following($0) } ?? .reading
      case .broken(let damage): .damaged(damage)
      case .derivedDamaged: .tablesDamaged
      case .damaged, .unread, .unreadable, .newer: .unread
      case .gone: .gone
      default: .failed
      }
    self.init(
      standing, path: file.path, syncWindow: refusal == nil ? file.syncWindow : nil,
      refusal: refusal?.description)
  }

  /// Whether history is only looked at.
  package var isReadOnly: Bool { standing != .writing }

  /// What a person is told when this begins.
  ///
  /// - Parameter before: The standing before.
  package func sentence(after before: Standing? = nil) -> String {
    switch (before, standing) {
    case (.following(let holder)?, .reading):
      "process \(holder.process) has left \(path); open \(Quoting.word(path)) goes on with it"
    case (_, .damaged(let damage)): "\(path) is \(damage); it is only read"
    default: refusal ?? ""
    }
  }
}
