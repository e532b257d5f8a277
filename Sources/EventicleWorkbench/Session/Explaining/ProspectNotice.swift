package import EventicleCore

/// What a delivery that waits would do if it were made now.
package struct ProspectNotice: Hashable, Sendable {
  package let position: Position
  package let consumer: ConsumerName
  /// `would start order-2, arm timeout 5m`.
  package let text: String
}
