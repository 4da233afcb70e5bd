/** A name in the DICOM JSON model (PS3.18 F.2.2) as PN: its component groups joined by `=`. */
export function personName(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  const groups = value as { Alphabetic?: unknown; Ideographic?: unknown; Phonetic?: unknown };
  return [groups.Alphabetic, groups.Ideographic, groups.Phonetic]
    .map((group) => (typeof group === 'string' ? group : ''))
    .join('=')
    .replace(/=+$/, '');
}
