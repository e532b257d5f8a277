package import EventicleCore

/// One branch of a session as a screen lists it.
package struct BranchNotice: Sendable, Hashable {
  package let name: String
  /// The branch that it left; `nil` for main.
  package let parent: String?
  /// The moment at which it left.
  package let left: MomentName?
  /// The last moment of its history.
  package let head: MomentName
  /// Whether lines run in it.
  package let isCurrent: Bool
  /// How many lines have changed something in it since it left; 0 for main.
  package let acts: Int
  /// How often its history was changed.
  package let edits: Int

  package init(
    name: String, parent: String? = nil, left: MomentName? = nil, head: MomentName,
    isCurrent: Bool = false, acts: Int = 0,
    edits: Int = 0
  ) {
    self.edits = edits
    self.name = name
    self.parent = parent
    self.left = left
    self.head = head
    self.isCurrent = isCurrent
    self.acts = acts
  }
}

extension Session {
  /// All branches for a list: main first, then forks in the order in which they were made.
  var branchNotices: [BranchNotice] {
    branches.map { branch in
      let own = ([used] + others).first { $0.branch.name == branch.name }
      return BranchNotice(
        name: branch.name, parent: branch.origin?.parent,
        left: branch.origin.map { momentName(of: $0) }, head: branch.head,
        isCurrent: branch.isInUse, acts: branch.origin == nil ? 0 : own?.tape.ownLines ?? 0,
        edits: own?.beforeEdits.count ?? 0)
    }
  }
}
