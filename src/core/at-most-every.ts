/** One answer for all who ask while it is being found, and for so many ms after. One that failed is forgotten at once. */
export function atMostEvery<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let kept: { readonly answer: Promise<T>; until: number } | undefined;
  return () => {
    if (kept !== undefined && Date.now() < kept.until) return kept.answer;
    const asked = { answer: ask(), until: Infinity };
    kept = asked;
    asked.answer.then(
      () => (asked.until = Date.now() + ms),
      () => (asked.until = 0),
    );
    return asked.answer;
  };
}
