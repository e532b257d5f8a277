/// The meaning of a cell: a role, and optionally a second one over it, as a selection bar over a
/// row.
///
/// The theme turns it into colours: what the overlay sets wins, and the rest shows through.
struct CellStyle: Hashable, Sendable {
  var role: StyleRole
  var overlay: StyleRole?

  /// A style of one role, or of one role under another.
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
