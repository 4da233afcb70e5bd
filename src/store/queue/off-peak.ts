/** The hours in which off-peak studies are taken, as `HH:MM` of this machine's clock; empty = always. */
export interface OffPeakHours {
  readonly offpeakFrom: string;
  readonly offpeakTo: string;
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Whether off-peak studies may be taken at a moment. The window may pass midnight; its end is not part of it. */
export function isOffPeak(hours: OffPeakHours, at: Date): boolean {
  if (hours.offpeakFrom === '' || hours.offpeakTo === '') return true;
  const [from, to] = [minutesOf(hours.offpeakFrom), minutesOf(hours.offpeakTo)];
  const minute = at.getHours() * 60 + at.getMinutes();
  return from < to ? from <= minute && minute < to : from <= minute || minute < to;
}

/** Milliseconds from a moment until off-peak studies may be taken; 0 within the window. */
export function untilOffPeak(hours: OffPeakHours, at: Date): number {
  if (isOffPeak(hours, at)) return 0;
  const from = minutesOf(hours.offpeakFrom);
  // Built from the calendar and not by adding 24 hours: a day of a clock change has 23 or 25.
  const opening = new Date(at);
  opening.setHours(Math.floor(from / 60), from % 60, 0, 0);
  if (opening <= at) {
    opening.setDate(opening.getDate() + 1);
    opening.setHours(Math.floor(from / 60), from % 60, 0, 0);
  }
  return opening.getTime() - at.getTime();
}
