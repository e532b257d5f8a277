/// The sentence with which an error describes itself.
package func sentence(of error: any Error) -> String { "\(error)" }
