/// Drops the click with which a person only brings the terminal's window to the front.
///
/// It is the first one after the focus came back, unless something else was done in between. A
/// report of the focus without a loss before it says only how things are.
struct FocusFilter {
  private var isAway = false
  private var awaitsClick = false
  private var dropped: MouseEvent.Button?

  /// Notes that the window gained or lost the focus.
  mutating func focus(isGained: Bool) {
    awaitsClick = isGained && isAway
    isAway = !isGained
  }

  /// Whether an input counts.
  mutating func admits(_ input: TerminalInput) -> Bool {
    if case .background = input { return true }
    guard case .mouse(let event) = input else {
      awaitsClick = false
      return true
    }
    switch event.kind {
    case .press(let button):
      guard awaitsClick else { break }
      awaitsClick = false
      dropped = button
      return false
    case .release(let button):
      guard dropped == button else { break }
      dropped = nil
      return false
    case .wheelUp, .wheelDown: awaitsClick = false
    }
    return true
  }
}
