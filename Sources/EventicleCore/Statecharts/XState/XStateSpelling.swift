/// In which of its spellings XState's JSON is read; both have the same shape, but not all the same
/// words, and a few of the same words mean something else.
public enum XStateSpelling: String, Sendable, Hashable, CaseIterable {
  /// XState 4: `cond`, `in`, `internal`, `data`; a transition to a state within its own source leaves
  /// the source and enters it again, unless the target begins with a dot.
  case version4
  /// XState 5: `guard`, `params`, `reenter`, `output`; the source stays active unless `reenter` says
  /// otherwise.
  case version5

  /// `XState 4` or `XState 5`.
  var title: String { self == .version4 ? "XState 4" : "XState 5" }

  var dialect: MachineDialect { self == .version4 ? .xstate4 : .xstate5 }

  /// The spelling that alone has a member of a transition; `nil` for what both have.
  static func ofTransition(_ member: String) -> XStateSpelling? {
    switch member {
    case "cond", "in", "internal": .version4
    case "guard", "reenter": .version5
    default: nil
    }
  }

  /// The spelling that alone has a member of a state; `nil` for what both have.
  static func ofState(_ member: String) -> XStateSpelling? {
    switch member {
    case "activities", "data", "onEntry", "onExit", "parallel", "delimiter": .version4
    case "output": .version5
    default: nil
    }
  }

  /// The message with which a state says that it is done.
  func doneName(_ id: String) -> String {
    self == .version4 ? "done.state.\(id)" : "xstate.done.state.\(id)"
  }

  /// The message that reports on something invoked.
  func invokeName(_ member: String, _ id: String) -> String {
    switch (self, member) {
    case (.version4, "onDone"): "done.invoke.\(id)"
    case (.version4, "onError"): "error.platform.\(id)"
    case (.version5, "onDone"): "xstate.done.actor.\(id)"
    case (.version5, "onError"): "xstate.error.actor.\(id)"
    default: "xstate.snapshot.\(id)"
    }
  }
}
