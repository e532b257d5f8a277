extension CommandReply {
  /// The caller's view of a command's step.
  package init(_ step: Step) {
    self.init(response: step.response, events: step.events, isRepeat: step.isEmpty)
  }
}
