/** How we log in to an archive. */
export interface ArchiveLogin {
  /**
   * Headers of the next request.
   * @throws AppError `ARCHIVE_DENIED`, `ARCHIVE_UNREACHABLE` when a token cannot be had
   */
  headers(): Promise<Record<string, string>>;
  /**
   * Told of a 401 to a request with these headers.
   * @returns true when the next ones are worth a try: a token that has been withdrawn or exchanged
   */
  refused(headers: Readonly<Record<string, string>>): boolean;
}

/** Headers that never change. */
export const fixedLogin = (headers: Record<string, string>): ArchiveLogin => ({
  headers: async () => headers,
  refused: () => false,
});

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
