/** A moment as DA `YYYYMMDD` and TM `HHMMSS.fff`. */
export interface DicomDateTime {
  readonly date: string;
  readonly time: string;
}

/**
 * Writes a moment in the time zone that the object states in TimezoneOffsetFromUTC (`+0900`), since that offset
 * holds for all its dates (PS3.3 C.12.1.1.8); without one in the local time of this machine.
 */
export function dicomDateTime(moment: Date, timezoneOffset: string | undefined): DicomDateTime {
  const shifted = new Date(moment.getTime() + offsetMinutes(moment, timezoneOffset) * 60_000);
  const [date = '', time = ''] = shifted.toISOString().replaceAll('-', '').replaceAll(':', '').split('T');
  return { date, time: time.replace('Z', '') };
}

function offsetMinutes(moment: Date, offset: string | undefined): number {
  const match = /^([+-])(\d{2})(\d{2})$/.exec(offset ?? '');
  if (!match) return -moment.getTimezoneOffset();
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}
