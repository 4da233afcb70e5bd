import type { AdminDependencies } from '../dependencies.js';
import type { Endpoint } from '../http/index.js';
import { cancelStudy } from './cancel-study.js';
import { listStudies } from './list-studies.js';
import { previewStudy } from './preview/index.js';
import { listRefusedStudies } from './refused-studies.js';
import { reprocessStudy } from './reprocess-study.js';
import { showStudy } from './show-study.js';

/** Everything below `/admin/v1/studies`. */
export function studiesEndpoints(dependencies: AdminDependencies): Endpoint[] {
  return [
    listStudies(dependencies),
    listRefusedStudies(dependencies),
    showStudy(dependencies),
    reprocessStudy(dependencies),
    cancelStudy(dependencies),
    previewStudy(dependencies),
  ];
}
