/// What went wrong with a file, as a sentence that names it; most do so themselves.
package func sentence(of error: any Error, with path: String) -> String {
  let sentence = "\(error)"
  return sentence.contains(path) ? sentence : "\(path): \(sentence)"
}
