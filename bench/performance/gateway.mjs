import { request } from 'undici';
import { eventLoopDelay } from '../../dist/faults/event-loop-delay.js';
import { residentBytes } from '../../dist/model/index.js';
import { phantomInstance } from '../../dist/phantom/index.js';
import { median } from './figures.mjs';
import { withStack } from './stack.mjs';

/** (c) The gateway beside the archive itself, in turn: a large instance and a listing, for 1 client and for 16. */
export async function gateway({ quick }) {
  return withStack(async ({ start, orthanc }) => {
    const running = await start('serve');
    const frames = quick ? 4 : 64;
    const large = phantomInstance({
      kind: 'ultrasound-cine',
      frames,
      width: 1280,
      height: 1024,
      salt: 'bench',
    });
    await running.client.store(large.bytes);
    const path = `/dicom-web/studies/${large.studyInstanceUid}`;
    const instance = `${path}/series/${large.seriesInstanceUid}/instances/${large.sopInstanceUid}`;
    const bases = { through: running.base, direct: orthanc.orthancUrl };
    const figures = [];
    await eventLoopDelay(`${running.base}/metrics`); // What came of the start is no reader's.
    for (const clients of [1, 16]) {
      const rounds = quick ? 1 : clients === 1 ? 7 : 3;
      const before = residentBytes(running.pid);
      const wado = await inTurn(
        bases,
        rounds,
        clients,
        instance,
        'multipart/related; type="application/dicom"; transfer-syntax=*',
      );
      const growth = (residentBytes(running.pid) - before) / 1024 ** 2;
      const megabytes = large.bytes.length / 1e6;
      const part = 'gateway';
      const who = clients === 1 ? '1 client' : `${clients} clients`;
      figures.push(
        {
          part,
          name: `WADO of ${megabytes.toFixed(0)} MB, ${who}: speed beside direct`,
          unit: '×',
          value: wado.direct / wado.through,
          target: { least: 0.8 },
          note: `${wado.through.toFixed(2)} s through, ${wado.direct.toFixed(2)} s direct`,
        },
        { part, name: `memory that it took, ${who}`, value: growth, unit: 'MB' },
      );
      const qido = await inTurn(bases, rounds * 5, clients, `${path}/instances`, 'application/dicom+json');
      figures.push({
        part,
        name: `QIDO of a study, ${who}: added by the gateway`,
        value: (qido.through - qido.direct) * 1000,
        unit: 'ms',
      });
    }
    figures.push({
      part: 'gateway',
      name: 'event-loop delay under all of this, 99th percentile',
      value: await eventLoopDelay(`${running.base}/metrics`),
      unit: 'ms',
      target: { most: 50 },
    });
    return figures;
  });
}

/** Median seconds until every client has all bytes, measured in turn so that other load hits both alike. */
async function inTurn(bases, rounds, clients, path, accept) {
  const times = { through: [], direct: [] };
  for (let round = 0; round < rounds + 1; round += 1) {
    for (const [way, base] of Object.entries(bases)) {
      const started = performance.now();
      await Promise.all(Array.from({ length: clients }, () => drain(`${base}${path}`, accept)));
      // The first warms both up.
      if (round > 0) times[way].push((performance.now() - started) / 1000);
    }
  }
  return { through: median(times.through), direct: median(times.direct) };
}

/** `request`, not `fetch`: a web stream is so slow that the client itself would be measured. */
async function drain(url, accept) {
  const { statusCode, body } = await request(url, { headers: { accept } });
  if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`);
  for await (const chunk of body) void chunk;
}
