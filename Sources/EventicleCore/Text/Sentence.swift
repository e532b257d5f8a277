/// The sentence that an error says about itself.
package func sentence(of error: any Error) -> String { "\(error)" }
