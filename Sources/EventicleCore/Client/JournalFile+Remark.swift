extension JournalFile {
  /// What is different from the run that wrote last, as a sentence: the declarations of the domain,
  /// or else the program; `nil` when nothing is, or when none wrote before.
  ///
  /// - Parameters:
  ///   - kinds: What the step did in which groups were opened and closed.
  ///   - world: The world after it.
  ///   - last: The last entry before it.
  package func remark(
    on domain: Domain, _ kinds: [JournalEntry.Kind], in world: World, upTo last: JournalIndex
  ) -> String? {
    guard let previous = previousRun, !domain.isInferred else { return nil }
    let new = DomainShape(domain)
    if let text = previous.shape, !isSameText(text, new.text), let old = DomainShape(text) {
      return new.sentence(since: old, upTo: last, kinds, of: domain, in: world)
    }
    guard let old = previous.code, let code = run.code, !isSameText(old, code) else { return nil }
    return "The program is not the one that wrote up to \(last); verify --rerun says whether it "
      + "would decide the same."
  }
}
