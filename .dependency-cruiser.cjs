// The rooms of docs/architecture.md as rules: a room sees only the rooms below it, and enters them through index.ts.
const ROOMS = {
  core: [],
  dicom: ['core'],
  config: ['core'],
  net: ['core', 'config'],
  phantom: ['core', 'dicom'],
  store: ['core', 'config'],
  archive: ['core', 'dicom', 'config', 'net'],
  model: ['core', 'dicom', 'config'],
  routing: ['core', 'dicom', 'config', 'model'],
  objects: ['core', 'dicom'],
  telemetry: ['core', 'config', 'store'],
  notify: ['core', 'config', 'net', 'store', 'telemetry'],
  intake: ['core', 'dicom', 'config', 'store', 'archive'],
  pipeline: ['core', 'dicom', 'config', 'archive', 'model', 'routing', 'objects', 'telemetry'],
  worker: ['core', 'dicom', 'config', 'store', 'model', 'routing', 'objects', 'telemetry', 'pipeline'],
  access: ['core', 'config', 'net', 'store'],
  audit: ['core', 'config', 'net', 'store'],
  dicomweb: ['access', 'audit', 'core', 'dicom', 'config', 'net', 'store', 'archive', 'intake'],
  doctor: ['audit', 'core', 'dicom', 'config', 'net', 'store', 'archive', 'model', 'routing', 'phantom'],
  admin: [
    'access',
    'audit',
    'core',
    'dicom',
    'config',
    'net',
    'store',
    'archive',
    'model',
    'routing',
    'objects',
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
      to: {
        path: '^src/[^/]+/',
        pathNot: ['^src/$1/', '^src/[^/]+/index[.]ts$', '^src/model/in-process[.]ts$'],
      },
    },
    {
      // Inference blocks its process, and ONNX Runtime is large: everybody else forks an engine.
      name: 'only-checks-run-the-network-in-process',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/gpu-check/' },
      to: { path: '^src/model/in-process[.]ts$' },
    },
    {
      name: 'only-store-imports-ioredis',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/store/' },
      to: { path: 'node_modules/(@types/)?ioredis' },
    },
    {
      // A BullMQ worker is opened where it works, on what the store hands out; queues are opened in the store.
      name: 'only-store-opens-queues',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(store|worker|notify)/' },
      to: { path: 'node_modules/bullmq', dependencyTypesNot: ['type-only'] },
    },
    ...looksDown,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
