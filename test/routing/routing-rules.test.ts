import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { type DicomJson, TAG } from '../../src/dicom/index.js';
import { headerFacts, matchCondition } from '../../src/routing/header-facts.js';
import { parseRoutingRules, type RoutingConfig, routingText } from '../../src/routing/index.js';

const FILE = readFileSync('config/modalities.yaml', 'utf8');
const shipped = (): RoutingConfig => (parse(FILE) as { routing: RoutingConfig }).routing;
const problemsOf = (given: unknown) => {
  const result = parseRoutingRules(given);
  return 'problems' in result ? result.problems : [];
};
const withPattern = (pattern: string) => {
  const rules = shipped();
  rules.rules[0]!.when.description = [pattern];
  return rules;
};

describe('rules that somebody wrote', () => {
  it('are taken as a value, as JSON and as YAML, with or without the key around them', () => {
    const expected = { rules: shipped() };
    for (const given of [
      shipped(),
      JSON.stringify(shipped()),
      stringify(shipped()),
      stringify({ routing: shipped() }),
    ]) {
      expect(parseRoutingRules(given)).toEqual(expected);
    }
  }, 60_000);

  it('are refused with the path of each mistake', () => {
    const wrong = { ...shipped(), weak: 0.9, strong: 0.5 };
    wrong.rules[1]!.channel = 'C T';
    wrong.vetoes[0]!.when = {};
    const paths = problemsOf(wrong).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['rules.1.channel', 'vetoes.0.when']));
    expect(parseRoutingRules(shipped(), ['dermoscopy', 'xray'])).toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({
          path: 'bodyPartEvidence.ultrasound',
          message: expect.stringMatching(/dermoscopy, xray/),
        }),
      ]),
    });
    expect(problemsOf({ ...shipped(), weak: 0.9, strong: 0.5 })).toMatchObject([{ path: 'weak' }]);
    expect(problemsOf({ ...shipped(), rules: [...shipped().rules, shipped().rules[0]] })).toMatchObject([
      { path: 'rules', message: 'an id is used twice' },
    ]);
    expect(problemsOf('{ rules: [')).toMatchObject([
      { path: '', message: expect.stringMatching(/^not YAML, see line 1/) },
    ]);
    expect(problemsOf(undefined)).not.toEqual([]);
  });

  it('cannot bring a bomb of aliases', () => {
    const bomb = 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n';
    expect(problemsOf(bomb)).toMatchObject([{ path: '', message: expect.stringMatching(/not YAML/) }]);
  });

  it.each([
    'chest( pa| ap)*',
    '(?:left|right) (breast|mamma)( us)?',
    'skin( |-)?(lesion|naevus)s?',
    '^(cxr|chest|thorax)( (pa|ap|lat))+$',
    '\\bcxr\\b',
    'derm(at)?oscop',
    'skin.*lesion',
    '[a-z\\]]{2,5}x',
    'a|b|(?:cd)+',
    'x{2}?',
    '(?i:a)',
    '(?<view>pa|ap)',
    '\\p{L}+ scan',
  ])('may use what patterns are for: %s', (pattern) => {
    expect(problemsOf(withPattern(pattern))).toEqual([]);
  });

  it.each(['(a)\\1', '(?=a)b', '(?<!a)b', '(', '[a', 'a)', 'a**'])(
    'cannot bring a pattern that RE2 does not read: %s',
    (pattern) => {
      expect(problemsOf(withPattern(pattern))).toMatchObject([
        { path: 'rules.0.when.description.0', message: expect.stringMatching(/RE2/) },
      ]);
    },
  );

  it.each(['a{1000}', '(?:.{0,30}a){30}x', '(a{20}){20}{20}', 'x'.repeat(201)])(
    'cannot bring a pattern that is too long, as written or with its repetitions: %s',
    (pattern) => {
      expect(problemsOf(withPattern(pattern))).toMatchObject([{ path: 'rules.0.when.description.0' }]);
    },
  );

  it('cannot bring too many of the dear ones', () => {
    const rules = shipped();
    rules.rules[0]!.when.description = Array.from({ length: 60 }, (_, i) => `a${i}.{0,200}b`);
    expect(problemsOf(rules)).toMatchObject([{ path: 'rules', message: expect.stringMatching(/together/) }]);
  });
});

describe('a pattern over the descriptions of an image', () => {
  const image = (description: string): DicomJson => ({
    [TAG.SeriesDescription]: { vr: 'LO', Value: [description] },
  });
  const matches = (pattern: string, description: string) =>
    matchCondition(headerFacts(image(description)), { description: [pattern] }) !== undefined;

  it('matches anywhere, without regard to case', () => {
    expect(matches('chest( pa| ap)*', 'CHEST AP PA')).toBe(true);
    expect(matches('^(cxr|chest)( (pa|ap|lat))+$', 'Chest PA LAT')).toBe(true);
    expect(matches('^(cxr|chest)( (pa|ap|lat))+$', 'Chest')).toBe(false);
    expect(matches('derm(at)?oscop', 'Dermatoscopy')).toBe(true);
  });

  // With a matcher that tries every way, each of these takes longer than the test may run.
  it.each([
    '(a+)+$',
    '(a|a)*x',
    '(a|ab)(c|bcd)*d',
    'a?'.repeat(30) + 'a'.repeat(30) + 'x',
    '.*.*.*.*.*.*x',
    '(?:a{1,9}){1,9}x',
    '(.*)*(.*)*(.*)*x',
  ])('ends, however it is made: %s', (pattern) => {
    expect(problemsOf(withPattern(pattern))).toEqual([]);
    expect(matches(pattern, `${'a'.repeat(1023)}!`)).toBe(false);
  });
});

describe('the text of the rules that the file brings', () => {
  it('is YAML of its own and keeps the comments', () => {
    const text = routingText(FILE);
    expect(parse(text)).toEqual(shipped());
    expect(text).toContain('# Image SOP classes we read.');
  });
});
