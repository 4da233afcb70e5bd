/** Lines that stay and one line that changes, on a terminal; on anything else only the lines that stay. */
export interface Progress {
  /** Replaces the changing line. */
  status(text: string): void;
  /** Adds a line above it. */
  line(text: string): void;
  end(): void;
}

/** A progress display on a stream. */
export function openProgress(stream: NodeJS.WriteStream): Progress {
  const terminal = stream.isTTY === true;
  const clear = () => {
    if (terminal) stream.write('\r\x1b[K');
  };
  let current = '';
  return {
    status(text) {
      current = text;
      clear();
      if (terminal) stream.write(text.slice(0, (stream.columns ?? 80) - 1));
    },
    line(text) {
      clear();
      stream.write(`${text}\n`);
      if (terminal) stream.write(current.slice(0, (stream.columns ?? 80) - 1));
    },
    end: clear,
  };
}

/** `████░░░░ 4/8` */
export function bar(done: number, total: number, width = 24): string {
  const filled = total === 0 ? width : Math.round((done / total) * width);
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done}/${total}`;
}
