import type { DoctorReport, Finding, FindingStatus } from '../doctor/index.js';
import type { SelfTest, SelfTestStep } from '../store/index.js';

/** Status as a word and as a colour of the terminal; the word alone says everything. */
const SHOWN: Readonly<Record<FindingStatus, readonly [word: string, colour: number]>> = {
  ok: ['ok', 32],
  warn: ['WARN', 33],
  fail: ['FAIL', 31],
  skipped: ['-', 90],
};
const STEP_AS: Readonly<Record<SelfTestStep['status'], FindingStatus>> = {
  ok: 'ok',
  failed: 'fail',
  running: 'skipped',
  waiting: 'skipped',
  skipped: 'skipped',
};

/** How a table is written. */
export interface TableStyle {
  readonly colours: boolean;
  /** Characters in a line. */
  readonly width: number;
}

/** The findings as lines: one each, with advice below those that need it, and a sum at the end. */
export function doctorTable({ checks }: DoctorReport, style: TableStyle): string {
  const name = Math.max(...checks.map(({ id }) => id.length));
  const lines = checks.flatMap((finding) => findingLines(finding, name, style));
  const count = (status: FindingStatus) => checks.filter((check) => check.status === status).length;
  const sum = `${count('fail')} failed, ${count('warn')} to look at, ${count('ok')} right, ${count('skipped')} not asked`;
  return [...lines, '', sum].join('\n');
}

function findingLines(
  { id, status, found, advice, setting }: Finding,
  name: number,
  style: TableStyle,
): string[] {
  const indent = 7 + name + 2;
  const head = `${mark(status, style)}  ${id.padEnd(name)}  `;
  const [first = '', ...more] = wrap(found, style.width - indent);
  const pad = ' '.repeat(indent);
  const lines = [`${head}${first}`, ...more.map((line) => pad + line)];
  if (status === 'ok' || status === 'skipped' || advice === '') return lines;
  return [
    ...lines,
    ...wrap(`→ ${advice}`, style.width - indent).map((line) => pad + line),
    ...(setting ? wrap(`Setting: ${setting}`, style.width - indent).map((line) => pad + line) : []),
  ];
}

/** A finished step of the self-test as a line. */
export function stepLine({ status, title, seconds, detail }: SelfTestStep, style: TableStyle): string {
  const time = seconds === undefined ? '' : `${seconds.toFixed(1)} s`;
  return `${mark(STEP_AS[status], style)}  ${title.padEnd(50)} ${time.padStart(8)}  ${detail ?? ''}`.trimEnd();
}

/** How the self-test ended. */
export function selfTestEnd({ state, seconds, removed, studyInstanceUid }: SelfTest): string {
  const left = removed ? '' : `\nIts study may still be in the archive: ${studyInstanceUid}`;
  return `Self-test ${state} in ${seconds.toFixed(1)} s${left}`;
}

function mark(status: FindingStatus, { colours }: TableStyle): string {
  const [word, colour] = SHOWN[status];
  const padded = word.padEnd(5);
  return colours ? `\u001b[${colour}m${padded}\u001b[0m` : padded;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.trim().split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > Math.max(30, width)) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
