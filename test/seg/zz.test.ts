import { it } from 'vitest';
import { buildSeg } from '../../src/seg/index.js';
import { packBits } from '../../src/seg/pack-bits.js';
import { validateInput } from '../../src/seg/validate-input.js';
import { segDataset } from '../../src/seg/dataset.js';
import { segIdentity } from '../../src/seg/identity.js';
import { checkSeg } from '../../src/seg/check.js';
import { encodePart10 } from '../../src/seg/encode.js';
import { segInput } from './support/input.js';
import { SOP, source } from './support/sources.js';
it('x', { timeout: 100000 }, () => {
  for (const [rows, n] of [[1024,200],[1023,200],[64,2000]] as const) for (let k=0;k<2;k++) {
  const long = source({ SOPClassUID: SOP.ultrasoundMultiFrame, NumberOfFrames: n, Rows: rows, Columns: rows });
  const frames = Array.from({ length: n }, (_, i) => { const data = new Uint8Array(rows*rows); for (let j=0;j<data.length;j++) data[j] = (j>>4)%3===0?1:0; return { sourceIndex: 0, frameNumber: i + 1, mask: { rows, columns: rows, data } };});
  const input = { ...segInput(), sources: [long], frames };
  const m0 = process.memoryUsage(); const t=[performance.now()];
  validateInput(input); t.push(performance.now());
  const id = segIdentity(input); const ds = segDataset(input, id); t.push(performance.now());
  const px = packBits(frames.map(f=>f.mask.data)); t.push(performance.now());
  checkSeg(ds,{profile:'viewer',sources:[long],pixelDataLength:px.length}); t.push(performance.now());
  encodePart10(ds,px); t.push(performance.now());
  const m1 = process.memoryUsage();
  console.log(rows,n,'validate,dataset,pack,check,encode', t.slice(1).map((v,i)=>Math.round(v-t[i]!)).join(' '), 'rss+', (m1.rss-m0.rss)>>20);
  const s=performance.now(); buildSeg(input); console.log('buildSeg', Math.round(performance.now()-s));
  }
});
