/// Whether a text fits a pattern in which a star stands for any text.
///
/// Costs at most the product of both lengths, and no memory: only the last star is tried again.
///
/// - Parameters:
///   - patternCount: How many parts the pattern has.
///   - textCount: How many bytes the text has.
///   - isStar: Whether a part of the pattern, from 0, is a star.
///   - length: How many bytes a part takes at a place of the text; `nil` when it does not fit there.
///     It is not asked about stars.
@inlinable
package func fitsWildcards(
  patternCount: Int, textCount: Int, isStar: (Int) -> Bool,
  length: (_ part: Int, _ place: Int) -> Int?
) -> Bool {
  var part = 0
  var place = 0
  var last: (star: Int, place: Int)?
  while place < textCount {
    if part < patternCount, isStar(part) {
      last = (part, place)
      part += 1
    } else if part < patternCount, let length = length(part, place) {
      part += 1
      place += length
    } else if let (star, start) = last {
      last = (star, start + 1)
      part = star + 1
      place = start + 1
    } else {
      return false
    }
  }
  return (part..<patternCount).allSatisfy(isStar)
}
