import EventicleCore

extension ConsoleProgram {
  /// Whether the clock runs: at the head and not held; the clock of what is only looked at is
  /// another's, and while a tape is presented people are given the time to listen.
  var isClockRunning: Bool {
    !model.isHeld && model.moment.isAtHead && !model.isReadOnly && model.presented == nil
  }

  /// Does all that is left for the caption on the screen, where nobody watches it being done.
  func finishCaption() {
    while model.typingPause != nil, !isBusy { send(.present) }
  }
}
