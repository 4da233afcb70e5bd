import { type DicomJson, itemsOf, stringsOf, tagOf } from '../../dicom/index.js';

const UTF_8 = 'ISO_IR 192';

/**
 * SpecificCharacterSet to write, as values. The text of DICOM JSON is already decoded and we write UTF-8. Plain ASCII
 * reads the same in the source's character set, which is then kept; anything else is declared as ISO_IR 192.
 */
export function characterSetFor(dataset: DicomJson, source: DicomJson): readonly string[] | undefined {
  const declared = source[tagOf('SpecificCharacterSet')]?.Value?.map((value) => String(value ?? ''));
  if (!isAscii(dataset)) return [UTF_8];
  if (!declared?.some((value) => value !== '')) return undefined;
  // JIS X 0201 has a yen sign and an overline in the place of backslash and tilde.
  return declared.some((value) => value.endsWith(' 13')) ? [UTF_8] : declared;
}

function isAscii(dataset: DicomJson): boolean {
  return Object.entries(dataset).every(([tag, { vr, Value = [] }]) => {
    if (vr === 'SQ') return itemsOf(dataset, tag).every(isAscii);
    if (vr === 'PN') return Value.every((name) => isAsciiText(Object.values(name ?? {}).join('')));
    return isAsciiText(stringsOf(dataset, tag).join(''));
  });
}

function isAsciiText(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /^[\x00-\x7f]*$/.test(text);
}
