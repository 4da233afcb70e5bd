/** An element of XML. */
export interface Xml {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: readonly (Xml | string)[];
}

export const element = (
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  content: readonly (Xml | string)[] = [],
): Xml => ({ name, attributes, content });

/** A document on one line, in US-ASCII: syslog then needs no byte order mark (RFC 5424 §6.4). */
export function xmlText(root: Xml): string {
  return `<?xml version="1.0" encoding="US-ASCII"?>${written(root)}`;
}

function written({ name, attributes, content }: Xml): string {
  const set = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inner = content.map((part) => (typeof part === 'string' ? escaped(part) : written(part)));
  return inner.length === 0
    ? `<${name}${set.join('')}/>`
    : `<${name}${set.join('')}>${inner.join('')}</${name}>`;
}

/** What XML 1.0 has no place for (§2.2) becomes a question mark; what is not plain ASCII a reference. */
const escaped = (text: string) =>
  text.replace(/[&<>"']|[^\x20-\x7e]/gu, (sign) => {
    const point = sign.codePointAt(0)!;
    return hasNoPlace(point) ? '?' : `&#${point};`;
  });

const hasNoPlace = (point: number) =>
  (point < 0x20 && ![0x09, 0x0a, 0x0d].includes(point)) ||
  (point >= 0xd800 && point <= 0xdfff) ||
  point === 0xfffe ||
  point === 0xffff;
