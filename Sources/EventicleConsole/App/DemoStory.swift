import EventicleCore

/// A short scenario that leaves a domain at an interesting point.
enum DemoStory {
  /// The lines of the story; empty for a domain that has none.
  static func lines(for domain: Domain) -> [String] {
    switch domain.name {
    case "shop":
      [
        "do PlaceOrder customer=c-19 total:=59",
        "clock +1s; do PlaceOrder customer=c-7 total:=129.90",
        "clock +2s; do DeclinePayment paymentId=pay-1",
        "clock +3s; do CapturePayment paymentId=pay-2",
        "do DispatchShipment shipmentId=ship-1 carrier=DHL",
        "clock +25s",
        "hold",
        "clock +2s",
      ]
    default: []
    }
  }
}
