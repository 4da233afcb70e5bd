import { readFileSync } from 'node:fs';
import { loadModalities, openRoutingVersions, routingText } from '../../routing/index.js';
import type { Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { editRules } from './edit-rules.js';
import { explainStudy } from './explain-study.js';
import { listVersions } from './list-versions.js';

/** Everything below `/admin/v1/routing`. */
export function routingEndpoints({ settings, store }: AdminDependencies): Endpoint[] {
  const path = settings.model.modalities;
  const modalities = loadModalities(path);
  const channels = Object.keys(modalities.channels);
  const file = { text: routingText(readFileSync(path, 'utf8')), rules: modalities.routing };
  const versions = openRoutingVersions(store.routingTexts, file);
  return [
    ...editRules(versions, channels),
    ...listVersions(versions),
    explainStudy(store.workerAsker, channels),
  ];
}
