import { describe, expect, it } from 'vitest';
import { isOffPeak } from '../../src/store/index.js';
import { untilOffPeak } from '../../src/store/queue/off-peak.js';

const night = { offpeakFrom: '20:00', offpeakTo: '06:00' };
const noon = { offpeakFrom: '12:15', offpeakTo: '13:00' };
const at = (hour: number, minute = 0) => new Date(2026, 5, 10, hour, minute);
const HOUR = 3_600_000;

describe('off-peak hours', () => {
  it.each([
    [night, at(19, 59), false],
    [night, at(20), true],
    [night, at(0), true],
    [night, at(5, 59), true],
    [night, at(6), false],
    [noon, at(12, 14), false],
    [noon, at(12, 15), true],
    [noon, at(13), false],
    [{ offpeakFrom: '', offpeakTo: '' }, at(12), true],
  ])('%o at %s: %s', (hours, moment, open) => {
    expect(isOffPeak(hours, moment)).toBe(open);
    expect(untilOffPeak(hours, moment) === 0).toBe(open);
  });

  it('tells how long it is until they begin, today or tomorrow', () => {
    expect(untilOffPeak(night, at(18, 30))).toBe(1.5 * HOUR);
    expect(untilOffPeak(noon, at(13, 15))).toBe(23 * HOUR);
  });

  it('the wait always ends at the opening by the clock of the machine, on any day of the year', () => {
    for (let day = 0; day < 366; day += 1) {
      const moment = new Date(2026, 0, 1 + day, 13, 20);
      const opening = new Date(moment.getTime() + untilOffPeak(noon, moment));
      expect([opening.getHours(), opening.getMinutes()]).toEqual([12, 15]);
      expect(opening.getDate()).toBe(new Date(2026, 0, 2 + day).getDate());
    }
  });
});
