import EventicleCore
import EventicleWorkbench

/// The place of an event in an attached system, short enough for a column.
enum TailPlace {
  /// How wide it is: `o@…2658-1`, and a sign for what was unusual.
  static let columns = 12
  private static let digits = 6

  /// `o@…2658-1`, with `?` for what is no event and `~` for one of which something was unusual;
  /// empty for an event of this console.
  static func text(_ event: Event) -> DisplayText {
    guard let place = RemoteNotice.place(of: event), let at = place.lastIndex(of: "@") else {
      return .empty
    }
    let number = place[place.index(after: at)...]
    let bracket = place[..<at].lastIndex(of: "[").map { place[$0..<at] } ?? ""
    let short = number.count > digits + 1 ? "…" + number.suffix(digits) : String(number)
    let sign =
      OpaqueData.isOpaque(event.data) ? " ?" : RemoteNotice.quirks(of: event).isEmpty ? "" : " ~"
    return PaneText.data("\(place.prefix(1))\(bracket)@\(short)\(sign)", limit: columns)
  }
}
