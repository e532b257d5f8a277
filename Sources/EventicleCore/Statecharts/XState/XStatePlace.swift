/// A place in a chart's JSON, as sentences name it: `states.open.on.CLOSE[0].target`.
struct XStatePlace: Sendable {
  private var steps: [JSONPath.Step] = []

  /// The whole chart.
  static let top = XStatePlace()

  static func + (place: XStatePlace, member: String) -> XStatePlace {
    var copy = place
    copy.steps.append(.member(member))
    return copy
  }

  static func + (place: XStatePlace, index: Int) -> XStatePlace {
    var copy = place
    copy.steps.append(.element(index))
    return copy
  }

  /// The last steps of the place, names shortened, so that a sentence stays one.
  var text: String {
    if steps.isEmpty { return "its top" }
    let last = steps.suffix(12).map { step -> JSONPath.Step in
      if case .member(let name) = step { .member(XStatePlace.brief(name)) } else { step }
    }
    return (steps.count > last.count ? "…" : "") + JSONPath(last).description
  }

  /// A name short enough for a sentence.
  static func brief(_ name: String) -> String {
    name.utf8.count <= 60 ? name : String(name.prefix(40)) + "…"
  }
}
