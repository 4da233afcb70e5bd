// The rooms of docs/architecture.md as rules: a room sees only the rooms below it, and enters them through index.ts.
const ROOMS = {
  core: [],
  dicom: ['core'],
  config: ['core'],
  phantom: ['core', 'dicom'],
  store: ['core', 'config'],
  archive: ['core', 'dicom', 'config'],
  model: ['core', 'dicom', 'config'],
  routing: ['core', 'dicom', 'config', 'model'],
  objects: ['core', 'dicom'],
  telemetry: ['core', 'config', 'store'],
  notify: ['core', 'config', 'store', 'telemetry'],
  intake: ['core', 'dicom', 'config', 'store', 'archive'],
  pipeline: ['core', 'dicom', 'config', 'archive', 'model', 'routing', 'objects', 'telemetry'],
  worker: ['core', 'dicom', 'config', 'store', 'model', 'routing', 'objects', 'telemetry', 'pipeline'],
  dicomweb: ['core', 'dicom', 'config', 'store', 'archive', 'intake'],
  doctor: ['core', 'dicom', 'config', 'store', 'archive', 'model', 'routing', 'phantom'],
  admin: [
    'core',
    'dicom',
    'config',
    'store',
    'archive',
    'model',
    'routing',
    'intake',
    'notify',
    'telemetry',
    'doctor',
  ],
};

const looksDown = Object.entries(ROOMS).map(([room, below]) => ({
  name: `${room}-looks-down`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...below].join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'enter-a-room-through-its-index',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', '^src/[^/]+/index[.]ts$'] },
    },
    ...looksDown,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
