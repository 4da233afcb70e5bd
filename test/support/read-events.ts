import { fetch } from 'undici';

/** An event as a client of the stream sees it. */
export interface SentEvent {
  readonly id: string | undefined;
  readonly type: string;
  readonly data: Record<string, unknown>;
}

/** An open event stream. */
export interface OpenEvents {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** What has come so far. */
  readonly events: SentEvent[];
  /** Everything as sent. */
  text(): string;
  readonly ended: Promise<void>;
  close(): void;
}

/** Opens an event stream and keeps what it sends, as the HTML standard says to read it. */
export async function readEvents(url: string, headers: Record<string, string> = {}): Promise<OpenEvents> {
  const stop = new AbortController();
  const response = await fetch(url, { headers, signal: stop.signal });
  const events: SentEvent[] = [];
  let whole = '';
  let rest = '';
  async function read(): Promise<void> {
    try {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
        whole += chunk as string;
        rest += chunk as string;
        const blocks = rest.split('\n\n');
        rest = blocks.pop()!;
        for (const block of blocks) take(block);
      }
    } catch {
      // Closed by us, or cut by the gateway: `ended` says that it is over.
    }
  }
  function take(block: string): void {
    const fields = new Map(
      block
        .split('\n')
        .filter((line) => !line.startsWith(':'))
        .map((line) => line.split(/: (.*)/s) as [string, string]),
    );
    const type = fields.get('event');
    if (type === undefined) return;
    events.push({
      id: fields.get('id'),
      type,
      data: JSON.parse(fields.get('data')!) as Record<string, unknown>,
    });
  }
  return {
    status: response.status,
    headers: response.headers,
    events,
    text: () => whole,
    ended: read(),
    close: () => stop.abort(),
  };
}
