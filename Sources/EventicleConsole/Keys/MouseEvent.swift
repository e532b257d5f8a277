/// One mouse event.
struct MouseEvent: Hashable, Sendable {
  /// The kinds of events.
  enum Kind: Hashable, Sendable {
    case press(Button)
    case release(Button)
    case wheelUp
    case wheelDown
  }

  /// The mouse buttons.
  enum Button: Hashable, Sendable {
    case left
    case middle
    case right
  }

  /// The cell under the pointer, from zero.
  let point: Point
  let kind: Kind
  let modifiers: KeyPress.Modifiers

  /// An event at a point, with the keys held down.
  init(_ kind: Kind, at point: Point, modifiers: KeyPress.Modifiers = []) {
    self.point = point
    self.kind = kind
    self.modifiers = modifiers
  }
}
