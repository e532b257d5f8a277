package import EventicleCore

/// A value that a person watches, as it is at the moment on show.
package struct WatchNotice: Sendable, Hashable {
  /// `Order/order-1.status`.
  package let subject: String
  /// `nil` when there is no such thing at the moment, or no such value.
  package let value: JSON?
  /// The moment of the last change; `nil` before the first.
  package let changed: MomentName?
  /// What it was before that.
  package let before: JSON?
  /// Its last values, oldest first, where all of them are numbers.
  package let numbers: [Double]

  /// How many values are kept for a line of them.
  package static let mostNumbers = 24

  /// The watch as `watch` prints it.
  package var json: JSON {
    [
      "watch": .string(subject), "value": value ?? .null,
      "changed": changed.map { .string("\($0)") } ?? .null, "before": before ?? .null,
    ]
  }
}
