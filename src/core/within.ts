/**
 * Waits for work for so long, and no longer; the work itself goes on.
 * @param late what is thrown then
 */
export async function within<T>(
  ms: number,
  work: Promise<T>,
  late: () => Error = () => new Error('no answer in time'),
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    clearTimeout(timer);
  }
}
