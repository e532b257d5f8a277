/// What a cell means: a role, and a second one laid over it, as a selection bar over a row.
///
/// The theme turns it into colours: the overlay's set parts win, the others shine through.
struct CellStyle: Hashable, Sendable {
  var role: StyleRole
  var overlay: StyleRole?

  /// A style of one role, or of one under another.
  init(_ role: StyleRole, overlay: StyleRole? = nil) {
    self.role = role
    self.overlay = overlay
  }

  /// Ordinary text.
  static let text = CellStyle(.uiText)

  /// The same role under another one.
  func under(_ overlay: StyleRole?) -> CellStyle {
    CellStyle(role, overlay: overlay)
  }
}
