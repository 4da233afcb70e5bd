import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routeOf } from '../../src/telemetry/route-of.js';

describe('the route of a request', () => {
  it.each([
    ['/admin/v1/studies/1.2.3', '/studies/:uid', '/admin/v1/studies/{uid}'],
    ['/ADMIN/v1/studies/1.2.3', '/studies/:uid', '/admin/v1/studies/{uid}'],
    ['/admin/v1/nothing', undefined, '/admin/v1/other'],
    ['/dicom-web/studies', undefined, '/dicom-web/studies'],
    ['/dicom-web/studies/1.2/series/1.3/metadata', undefined, '/dicom-web/studies/{}/series/{}/metadata'],
    [
      '/dicom-web/studies/1.2/series/1.3/instances/1.4/frames/7',
      undefined,
      '/dicom-web/studies/{}/series/{}/instances/{}/frames/{}',
    ],
    ['/dicom-web/Doe^John/x', undefined, '/dicom-web/other'],
    ['/viewer/app.bundle.js', undefined, '/viewer'],
    ['/metrics', undefined, '/metrics'],
    ['/studies/1.2.3', undefined, 'other'],
  ])('%s is %s', (path, pattern, expected) => {
    expect(routeOf(path, pattern)).toBe(expected);
  });

  it('never repeats what was sent, and is one of few names', () => {
    const names = new Set<string>();
    const word = fc.oneof(
      fc.constantFrom('dicom-web', 'studies', 'series', 'instances', 'frames', 'admin', 'v1'),
      fc.stringMatching(/^[0-9.]{1,20}$/),
      fc.stringMatching(/^secret[A-Za-z0-9]{1,8}$/),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 14 }), (words) => {
        const route = routeOf(`/${words.join('/')}`, undefined);
        names.add(route);
        return !route.includes('secret') && !/\d/.test(route.replace('/v1', ''));
      }),
      { numRuns: 3000, seed: 4 },
    );
    expect(names.size).toBeLessThan(400);
  });
});
