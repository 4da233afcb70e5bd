import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { patternCost } from '../../src/routing/pattern-cost.js';
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
  });

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
    '(a+)+$',
    '(a|a)*x',
    '(a|ab)(c|bcd)*d',
    'a?'.repeat(30) + 'a'.repeat(30),
    '.*.*.*x',
    '(?:a{1,9}){1,9}x',
  ])('cannot bring a pattern that hangs a worker: %s', (pattern) => {
    expect(problemsOf(withPattern(pattern))).toMatchObject([
      { path: 'rules.0.when.description.0', message: expect.stringMatching(/too long/) },
    ]);
  });

  it.each(['(a)\\1', '(?=a)b', '(?<name>a)', '(?i:a)', '\\p{L}', '(', '[a', 'a)'])(
    'cannot bring a pattern that is not counted: %s',
    (pattern) => {
      expect(problemsOf(withPattern(pattern))).toMatchObject([{ path: 'rules.0.when.description.0' }]);
    },
  );

  it('may use what patterns are for', () => {
    for (const pattern of [
      '\\bcxr\\b',
      'derm(at)?oscop',
      'skin.*lesion',
      '[a-z\\]]{2,5}x',
      'a|b|(?:cd)+',
      'x{2}?',
    ]) {
      expect(problemsOf(withPattern(pattern)), pattern).toEqual([]);
    }
  });

  it('cannot bring too many of the dear ones', () => {
    const rules = shipped();
    rules.rules[0]!.when.description = Array.from({ length: 30 }, (_, i) => `a${i}.*b`);
    expect(problemsOf(rules)).toMatchObject([{ path: 'rules', message: expect.stringMatching(/together/) }]);
  });
});

describe('the cost of a pattern', () => {
  it('bounds what the matcher needs: the dearest that is accepted takes no time to speak of', () => {
    const dear = ['.*x', 'a.{0,40}a.{0,40}x', '(a|b|c)(a|b|c)(a|b|c)(a|b|c)(a|b|c)(a|b|c)x'];
    for (const pattern of dear) {
      expect(patternCost(pattern)).toBeLessThanOrEqual(2e6);
      const begun = performance.now();
      expect(new RegExp(pattern, 'i').test('a'.repeat(1024))).toBe(false);
      expect(performance.now() - begun).toBeLessThan(500);
    }
    expect(patternCost('(a+)+$')).toBe(Infinity);
  });
});

describe('the text of the rules that the file brings', () => {
  it('is YAML of its own and keeps the comments', () => {
    const text = routingText(FILE);
    expect(parse(text)).toEqual(shipped());
    expect(text).toContain('# Image SOP classes we read.');
  });
});
