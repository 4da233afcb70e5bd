/** What the operating system's errors mean to somebody who starts the demo. */
const SENTENCES: Readonly<Record<string, (path: string) => string>> = {
  ENOSPC: () => 'The disk is full: make room, or give a folder on another disk with --data',
  EDQUOT: () => 'Your quota on this disk is used up: make room, or give another folder with --data',
  EACCES: (path) => `You have no permission to use ${path}: give a folder of your own with --data`,
  EPERM: (path) => `You have no permission to use ${path}: give a folder of your own with --data`,
  EROFS: (path) => `${path} is on a disk that cannot be written: give another folder with --data`,
  ENOTDIR: (path) => `${path} lies below a file: give another folder with --data`,
  EMFILE: () => 'Too many files are open: raise the limit (ulimit -n 4096)',
};

/** An error as one sentence. */
export function sentenceOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const { code, path } = thrown as NodeJS.ErrnoException;
  return SENTENCES[code ?? '']?.(path ?? 'that place') ?? thrown.message;
}
