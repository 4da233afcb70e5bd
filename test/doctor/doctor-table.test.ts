import { describe, expect, it } from 'vitest';
import { doctorTable } from '../../src/cli/doctor-table.js';
import type { DoctorReport } from '../../src/doctor/index.js';

const report: DoctorReport = {
  ok: false,
  at: '2026-01-01T00:00:00.000Z',
  checks: [
    { id: 'a.right', title: '', status: 'ok', found: 'as it should be', advice: 'unasked', seconds: 0 },
    {
      id: 'b.wrong',
      title: '',
      status: 'fail',
      found: 'this is not as it should be and takes more room than the line has',
      advice: 'change it',
      setting: 'x.y (ESP_X_Y)',
      seconds: 0,
    },
  ],
};

describe('the table of findings', () => {
  it('names advice and setting where something is wrong, and nowhere else', () => {
    expect(doctorTable(report, { colours: false, width: 60 }).split('\n')).toEqual([
      'ok     a.right  as it should be',
      'FAIL   b.wrong  this is not as it should be and takes more',
      '                room than the line has',
      '                → change it',
      '                Setting: x.y (ESP_X_Y)',
      '',
      '1 failed, 0 to look at, 1 right, 0 not asked',
    ]);
  });

  it('adds colours to the words of the status alone', () => {
    const coloured = doctorTable(report, { colours: true, width: 60 });
    expect(coloured).toContain('\u001b[31mFAIL \u001b[0m  b.wrong');
    // eslint-disable-next-line no-control-regex
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(doctorTable(report, { colours: false, width: 60 }));
  });
});
