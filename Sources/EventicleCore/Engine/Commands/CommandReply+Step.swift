extension CommandReply {
  /// What the step of a command tells its caller.
  package init(_ step: Step) {
    self.init(response: step.response, events: step.events, isRepeat: step.entries.isEmpty)
  }
}
