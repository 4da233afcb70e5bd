import { describe, expect, it } from 'vitest';
import { knownQuery } from '../../../src/dicomweb/passthrough/query.js';
import { resourceAt } from '../../../src/dicomweb/passthrough/resource.js';

const LEVELS = ['/studies/1.2', '/studies/1.2/series/1.3', '/studies/1.2/series/1.3/instances/1.4'];
const INSTANCE = LEVELS[2]!;

describe('what is offered', () => {
  it.each([
    ['/studies', 'search'],
    ['/series', 'search'],
    ['/instances', 'search'],
    ['/studies/1.2/series', 'search'],
    ['/studies/1.2/instances', 'search'],
    ['/studies/1.2/series/1.3/instances', 'search'],
    [`${INSTANCE}/frames/1`, 'frames'],
    [`${INSTANCE}/frames/1,2,30`, 'frames'],
    [`${INSTANCE}/frames/1/rendered`, 'rendered'],
    [`${INSTANCE}/bulk/7fe00010`, 'bulkdata'],
    [`${INSTANCE}/bulk/00081115/1/00081140`, 'bulkdata'],
    [`${INSTANCE}/bulkdata/00420011`, 'bulkdata'],
    ...LEVELS.flatMap((level) => [
      [level, 'instances'],
      [`${level}/`, 'instances'],
      [`${level}/metadata`, 'metadata'],
      [`${level}/rendered`, 'rendered'],
      [`${level}/thumbnail`, 'rendered'],
    ]),
  ])('%s is a resource of the kind %s', (path, kind) => {
    expect(resourceAt(path)).toMatchObject({ kind, path: path.replace(/\/$/, '') });
  });

  it.each(['/studies', '/studies/1.2'])('%s takes POST, and nothing else does', (path) => {
    expect(resourceAt(path)?.methods).toEqual(['GET', 'HEAD', 'POST']);
    expect(resourceAt(`${LEVELS[1]}`)?.methods).toEqual(['GET', 'HEAD']);
  });
});

describe('what is not offered', () => {
  it.each([
    '',
    '/',
    '/servers',
    '/servers/x',
    '/servers/x/stow',
    '/info',
    '/app/client/index.html',
    '/studies/1.2/archive',
    '/studies/1.2/modify',
    '//studies',
    '/studies//',
    '/studies/..',
    '/studies/1..2',
    '/studies/1.2/../../../system',
    '/studies/%31.2',
    '/studies/1.2%2fmetadata',
    '/studies/1.2;x=1/metadata',
    '/studies/1.2\\metadata',
    `/studies/${'1'.repeat(65)}`,
    `${INSTANCE}/frames/`,
    `${INSTANCE}/frames/x`,
    `${INSTANCE}/bulk/..`,
    `${INSTANCE}/bulk/../../../../../../system`,
    `${INSTANCE}/bulk/.hidden`,
    '/Studies',
  ])('%s', (path) => {
    expect(resourceAt(path)).toBeUndefined();
  });
});

describe('the query', () => {
  it('keeps what the resource knows, as it was sent', () => {
    const query = 'PatientName=Doe%5E*&00100020=7&limit=5&offset=0&includefield=00081030&fuzzymatching=true';
    expect(knownQuery('search', query)).toBe(`?${query}`);
    expect(knownQuery('search', 'ReferencedRequestSequence.AccessionNumber=1')).not.toBe('');
    expect(knownQuery('rendered', 'viewport=64,64&window=40,400,linear')).toBe(
      '?viewport=64,64&window=40,400,linear',
    );
  });

  it.each(['_method=DELETE', '%5fmethod=DELETE', '_METHOD=DELETE', 'x', '', '&&', 'full=1', 'a%00=1'])(
    'leaves %j out',
    (query) => {
      expect(knownQuery('search', query)).toBe('');
      expect(knownQuery('search', `${query}&limit=1`)).toBe('?limit=1');
    },
  );

  it('knows matching in searches only', () => {
    expect(knownQuery('metadata', 'PatientName=Doe&limit=1')).toBe('');
  });
});

describe('the list of attributes that the viewer asks for', () => {
  it('reaches the archive with plain commas, however the browser writes them', () => {
    expect(knownQuery('search', 'limit=101&includefield=00081030%2C00080060%2c00080020')).toBe(
      '?limit=101&includefield=00081030,00080060,00080020',
    );
  });

  it('leaves a comma within a value to match as it came', () => {
    expect(knownQuery('search', 'StudyDescription=A%2CB')).toBe('?StudyDescription=A%2CB');
  });
});
