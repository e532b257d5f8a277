/// What a person does to a delivery that waits, instead of letting it come in its turn.
///
/// It stands for what may happen between a broker and a consumer: messages overtake each other, come
/// late, are lost, come twice, or come again because the acknowledgement was lost.
public enum DeliveryAct: Sendable, Hashable {
  /// It is made at once, before those that wait in front of it.
  case deliver
  /// It is made at an instant; what comes behind it does not wait.
  case delay(until: Instant)
  /// It is never made.
  case drop
  /// It is made once more after it has been made.
  case duplicate
  /// It is made at once, and because its acknowledgement does not arrive it is made once more.
  case crash
}
