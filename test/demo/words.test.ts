import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StudyView } from '../../src/demo/gateway-client.js';
import { readOptions } from '../../src/demo/read-options.js';
import { resultLines, timeLeft } from '../../src/demo/result-lines.js';
import { sentenceOf } from '../../src/demo/sentence.js';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'esp-demo-words-'));
  writeFileSync(join(root, 'one.dcm'), '');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const GIVEN = { data: '.demo', fresh: false, once: false, port: '0' };

describe('wrong options of the demo are errors that say so', () => {
  it.each([
    [
      'a file for --studies',
      () => ({ studies: join(root, 'one.dcm') }),
      /--studies takes a folder.*is a file/,
    ],
    ['no such folder', () => ({ studies: join(root, 'none') }), /--studies: there is no folder/],
    ['a file for --masks', () => ({ masks: join(root, 'one.dcm') }), /--masks takes a folder.*is a file/],
    ['a folder without masks', () => ({ masks: root }), /--masks takes .*has no \.png file/],
    ['a word for --port', () => ({ port: 'http' }), /--port takes a number.*"http" is none/],
    ['a port too high', () => ({ port: '65536' }), /--port takes a number/],
    ['a negative port', () => ({ port: '-1' }), /--port takes a number/],
  ])('%s', (_, wrong, message) => {
    expect(() => readOptions({ ...GIVEN, ...wrong() })).toThrow(message);
  });

  it('masks beside the studies are found without being named', () => {
    mkdirSync(join(root, 'masks'));
    expect(readOptions({ ...GIVEN, studies: root }).masks).toBe(join(root, 'masks'));
  });
});

describe('errors of the system are one sentence each', () => {
  it('a full disk', () => {
    let thrown: unknown;
    try {
      writeFileSync('/dev/full', 'x');
    } catch (error) {
      thrown = error;
    }
    expect(sentenceOf(thrown)).toMatch(/^The disk is full: make room/);
  });

  it('no permission', () => {
    const error = Object.assign(new Error('EACCES'), { code: 'EACCES', path: '/root/x' });
    expect(sentenceOf(error)).toMatch(/^You have no permission to use \/root\/x: give a folder of your own/);
  });
});

const STUDY = {
  studyInstanceUid: '2.25.1',
  state: 'done',
  outcome: 'segmented',
  seconds: 3.5,
  workSeconds: 0.7,
  units: [
    {
      outcome: 'segmented',
      channel: 'dermoscopy',
      reasons: [],
      sourceSeriesUid: '2.25.2',
      sourceInstanceUids: [],
      segInstanceUid: '2.25.3',
    },
  ],
  events: [{ at: '2026-01-01T00:00:02.000Z', event: 'done' }],
} as unknown as StudyView;

describe('a line of the demo', () => {
  it('names study, channel, outcome, work, waiting and result', () => {
    const [line] = resultLines({ name: 'skin.dcm', since: '2026-01-01T00:00:01.000Z' }, STUDY);
    expect(line?.split(/\s{2,}/)).toEqual([
      'skin.dcm',
      'dermoscopy',
      'segmented',
      '0.7 s',
      '2.8 s',
      'SEG 2.25.3',
    ]);
  });

  it('says that a result of before still holds, instead of its times', () => {
    const [line] = resultLines({ name: 'skin.dcm', since: '2026-01-02T00:00:00.000Z' }, STUDY);
    expect(line).toMatch(/unchanged/);
    expect(line).not.toMatch(/\d s/);
  });

  it('estimates the time left from what was done', () => {
    expect(timeLeft(0, 10, 5000)).toBe('');
    expect(timeLeft(5, 10, 5000)).toBe(', about 5 s left');
    expect(timeLeft(10, 2000, 10_000)).toBe(', about 33 min left');
    expect(timeLeft(10, 10, 5000)).toBe('');
  });
});
