/// One thing the mouse did.
struct MouseEvent: Hashable, Sendable {
  /// What it did.
  enum Kind: Hashable, Sendable {
    case press(Button)
    case release(Button)
    case wheelUp
    case wheelDown
  }

  /// Which button.
  enum Button: Hashable, Sendable {
    case left
    case middle
    case right
  }

  /// Where the pointer was, counted from zero.
  let point: Point
  let kind: Kind
  let modifiers: KeyPress.Modifiers

  /// What the mouse did at a place, with keys held down.
  init(_ kind: Kind, at point: Point, modifiers: KeyPress.Modifiers = []) {
    self.point = point
    self.kind = kind
    self.modifiers = modifiers
  }
}
