import { describe, expect, it } from 'vitest';
import { foldEvents } from '../../console/src/pages/study/fold-events.js';

let second = 0;
const events = (...names: string[]) =>
  names.map((event) => ({ at: new Date((second += 1) * 1000).toISOString(), event }));
const kinds = (...names: string[]) =>
  foldEvents(events(...names)).map(({ kind, event, events: all }) => `${kind}:${event.event}:${all.length}`);

describe('the timeline in words of what happened', () => {
  it('says once that a study arrived, however many signals told of it', () => {
    expect(kinds('signal', 'signal', 'queued', 'signal', 'started', 'done')).toEqual([
      'arrived:signal:3',
      'event:queued:1',
      'event:started:1',
      'event:done:1',
    ]);
  });

  it('does not say that it arrived when only our own result came back', () => {
    expect(kinds('signal', 'queued', 'started', 'done', 'signal', 'queued', 'started', 'unchanged')).toEqual([
      'arrived:signal:1',
      'event:queued:1',
      'event:started:1',
      'event:done:1',
      'looked:unchanged:4',
    ]);
  });

  it('says that the archive told of more when there was something to do', () => {
    expect(kinds('signal', 'done', 'signal', 'queued', 'unit', 'done')).toContain('changed:signal:1');
  });

  it('hides nothing of a look that somebody asked for', () => {
    expect(kinds('reprocess', 'queued', 'started', 'unchanged')).toContain('event:reprocess:1');
  });

  it('shows a round that goes on', () => {
    expect(kinds('signal', 'queued')).toEqual(['arrived:signal:1', 'event:queued:1']);
  });
});
