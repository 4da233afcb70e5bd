import type { AdminParts } from '../parts.js';
import type { Endpoint } from '../http/index.js';
import { cancelStudy } from './cancel-study.js';
import { listStudies } from './list-studies.js';
import { previewStudy } from './preview/index.js';
import { reprocessStudy } from './reprocess-study.js';
import { showStudy } from './show-study.js';

/** Everything below `/admin/v1/studies`. */
export function studiesEndpoints(parts: AdminParts): Endpoint[] {
  return [
    listStudies(parts),
    showStudy(parts),
    reprocessStudy(parts),
    cancelStudy(parts),
    previewStudy(parts),
  ];
}
