import EventicleCore
import EventicleWorkbench

/// What came of a line where it was tried, in the words of the preview.
extension BarPreview {
  /// Shows what came of a line; what the declarations say of it stays when it was not tried.
  static func show(_ notice: PreviewNotice?, in bar: inout CommandBarModel) {
    guard let notice else { return }
    let parts = parts(notice)
    if !parts.isEmpty { bar.preview = parts }
  }

  /// `+#9 OrderPaid order-2 · 5 deliveries · 1 timer armed · Mailer would be called`; the worst
  /// first.
  static func parts(_ notice: PreviewNotice) -> [CommandBarModel.PreviewPart] {
    typealias Part = CommandBarModel.PreviewPart
    if let problem = notice.problem { return [Part("✗ \(problem)", isProblem: true)] }
    var parts: [Part] = []
    for failure in notice.failures.prefix(1) {
      parts.append(Part("✗ would fail: \(failure)", isProblem: true))
    }
    for refusal in notice.refusals.prefix(1) {
      parts.append(Part("! would be refused: \(refusal)", isProblem: true))
    }
    if notice.events > 0 { parts.append(Part(appended(notice))) }
    if notice.deliveries > 0 {
      parts.append(Part(count(notice.deliveries, "delivery", "deliveries")))
    }
    if notice.waiting > 0 { parts.append(Part("\(notice.waiting) wait, the engine is held")) }
    if notice.fired > 0 { parts.append(Part(count(notice.fired, "timer fires", "timers fire"))) }
    if notice.armed > 0 { parts.append(Part(count(notice.armed, "timer armed", "timers armed"))) }
    if !notice.called.isEmpty {
      parts.append(Part("\(TypoCorrection.list(notice.called)) would be called"))
    }
    if !notice.isWhole { parts.append(Part("and more")) }
    return parts.enumerated().map { place, part in
      place == 0 ? part : Part(" · " + part.text, isProblem: part.isProblem)
    }
  }

  /// The first events by name, and how many more there are.
  private static func appended(_ notice: PreviewNotice) -> String {
    let shown = notice.appended.prefix(3).map { event in
      "+\(event.position) \(event.type)" + (event.id.map { " \($0.text)" } ?? "")
    }
    let rest = notice.events - shown.count
    return shown.joined(separator: "  ") + (rest > 0 ? "  and \(rest) more" : "")
  }

  private static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }
}
