import type { AdminDependencies } from '../dependencies.js';
import type { Endpoint } from '../http/index.js';
import { cancelStudy } from './cancel-study.js';
import { describeStudies } from './describe-studies.js';
import { exportStudies } from './export-studies.js';
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
    exportStudies(dependencies),
    describeStudies(dependencies),
    showStudy(dependencies),
    reprocessStudy(dependencies),
    cancelStudy(dependencies),
    previewStudy(dependencies),
  ];
}
