package import EventicleCore

/// A delivery that waits, as a line names it.
package enum DeliveryReference: Hashable, Sendable {
  /// Its number in the queue, from 1.
  case number(Int)
  /// `#12>PaymentSaga`: its event and its consumer.
  case address(Position, consumer: String)
}

/// What a line does to a delivery that waits.
package enum DeliveryVerb: Hashable, Sendable {
  case deliver, drop, duplicate, crash
  case delay(Interval)
}

extension DeliveryReference {
  /// Reads `3` or `#12>PaymentSaga`.
  init(_ word: Token) throws(LanguageError) {
    if let number = PositionExpression.count(word.string), number > 0 {
      self = .number(number)
      return
    }
    let sign = word.text.firstMark(Byte.greater)
    let position = sign.flatMap {
      PositionExpression.count(word.text.slice(0..<$0).string.dropFirst())
    }
    guard word.text.mark(at: 0) == Byte.hash, let sign, let position,
      sign + 1 < word.text.count
    else {
      throw word.error(
        "A delivery is written by its number in queue or as #12>PaymentSaga, not "
          + "\"\(LanguageError.shortened(word.string))\".")
    }
    self = .address(Position(position), consumer: word.text.suffix(from: sign + 1).string)
  }
}
