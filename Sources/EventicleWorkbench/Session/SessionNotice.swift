package import EventicleCore

/// What a session tells the console after it did something: all that a screen is drawn from.
package struct SessionNotice: Sendable {
  /// What is seen from the time cursor.
  package let moment: MomentView
  /// Whether deliveries wait until they are released.
  package let isHeld: Bool
  /// What a command line led to; `nil` when time alone passed.
  package let reply: Reply?
  /// The line.
  package let line: String?

  /// A notice of these parts.
  package init(moment: MomentView, isHeld: Bool, reply: Reply? = nil, line: String? = nil) {
    self.moment = moment
    self.isHeld = isHeld
    self.reply = reply
    self.line = line
  }
}

extension Session {
  /// What the console is told now.
  package func notice(_ reply: Reply? = nil, line: String? = nil) -> SessionNotice {
    SessionNotice(moment: moment, isHeld: isHeld, reply: reply, line: line)
  }
}
