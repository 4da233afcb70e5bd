import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStowResponse } from '../../src/archive/stow-response.js';
import { studiesIn } from '../../src/intake/index.js';
import { loggablePath } from '../../src/dicomweb/http/request-log.js';
import { boundaryOf, joinDicomParts, splitMultipart } from '../../src/dicom/index.js';

describe('multipart/related', () => {
  it('comes apart as it was put together, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (files) => {
        const parts = splitMultipart(joinDicomParts(files, 'bound-7'), 'bound-7');
        expect(parts.map(({ body }) => Buffer.from(body).toString('hex'))).toEqual(
          files.map((bytes) => Buffer.from(bytes).toString('hex')),
        );
        for (const { headers } of parts) expect(headers['content-type']).toBe('application/dicom');
      }),
    );
  });

  it('that was cut off is refused, wherever it was cut', () => {
    const body = joinDicomParts([Buffer.from('abc'), Buffer.from('def')], 'b');
    for (let length = 0; length < body.length - 4; length += 1) {
      expect(() => splitMultipart(body.subarray(0, length), 'b')).toThrowError(/closing delimiter/);
    }
  });

  it.each([
    ['multipart/related; boundary=abc; type="x"', 'abc'],
    ['multipart/related; type="x"; boundary="a b"', 'a b'],
  ])('%s names its boundary', (header, boundary) => expect(boundaryOf(header)).toBe(boundary));

  it('without a boundary is refused', () => expect(() => boundaryOf('text/plain')).toThrowError(/boundary/));
});

describe('a STOW response', () => {
  const item = (uid: string, reason?: number) => ({
    '00081155': { vr: 'UI', Value: [uid] },
    ...(reason === undefined ? {} : { '00081197': { vr: 'US', Value: [reason] } }),
  });

  it('tells stored from failed instances, with the reason in words', () => {
    const answer = {
      '00081199': { vr: 'SQ', Value: [item('1.1')] },
      '00081198': { vr: 'SQ', Value: [item('1.2', 0xa900), item('1.3', 0x9999)] },
    };
    expect(readStowResponse(answer)).toEqual({
      stored: ['1.1'],
      failed: [
        { instance: '1.2', reason: 'data set does not match SOP class (A900H)' },
        { instance: '1.3', reason: 'failure (9999H)' },
      ],
    });
  });

  it('with both sequences empty names nothing as stored', () => {
    expect(readStowResponse({})).toEqual({ stored: [], failed: [] });
  });

  it('that is no data set is refused', () => expect(() => readStowResponse([])).toThrowError(/data set/));

  it.each([
    '{"00081190":{"vr":"UR","Value":["http://x/dicom-web/studies/1.2.3"]}}',
    '<Value number="1">http:\\/\\/x\\/dicom-web\\/studies\\/1.2.3</Value>',
    'http://x/dicom-web/studies/1.2.3/series/4.5/instances/6.7"',
  ])('names its studies in JSON and in XML: %s', (text) => expect([...studiesIn(text)]).toEqual(['1.2.3']));
});

describe('a path in the log', () => {
  it('has no UID and no query', () => {
    expect(loggablePath('/dicom-web/studies/1.2.840.1/series/2.25.99?PatientName=Doe')).toBe(
      '/dicom-web/studies/{uid}/series/{uid}',
    );
  });
});
