import EventicleCore

/// A short scenario that leaves a domain in an interesting state.
enum DemoStory {
  /// The command lines of the scenario; empty for a domain without one.
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
